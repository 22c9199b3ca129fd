#include "scale/made_history.hpp"

#include <array>
#include <chrono>
#include <random>
#include <string_view>

#include "core/digest.hpp"
#include "core/url.hpp"

namespace waydiff::bench {
namespace {

constexpr std::size_t captures_of_a_page = 5;
constexpr std::array<std::string_view, 8> who{"We",  "Our partners",      "Our affiliates", "Advertisers",
                                              "You", "Service providers", "The company",    "Third parties"};
constexpr std::array<std::string_view, 8> can{"may", "will", "must", "may not", "will not", "shall", "can", "should"};
constexpr std::array<std::string_view, 10> act{"collect", "share",   "store",  "sell",     "delete",
                                               "review",  "correct", "retain", "transfer", "disclose"};
constexpr std::array<std::string_view, 12> what{"biometric data",      "personal information", "location records",
                                                "cookies and beacons", "account details",      "payment data",
                                                "device identifiers",  "usage statistics",     "contact lists",
                                                "voice recordings",    "browsing histories",   "health information"};
constexpr std::array<std::string_view, 10> why{
    "to provide the service",      "for marketing purposes",  "with your consent",      "as the law requires",
    "for security and prevention", "to improve our products", "until you object to it", "when you ask us to",
    "in the European Union",       "for legitimate interests"};

class Writer {
 public:
  explicit Writer(std::size_t target) : dice_(static_cast<unsigned>(target) * 2654435761U + 1U) {}

  std::string sentence() {
    std::string text(pick(who));
    text.append(" ").append(pick(can)).append(" ").append(pick(act)).append(" ").append(pick(what));
    text.append(" and ").append(pick(what)).append(" ").append(pick(why));
    text.append(" within ").append(std::to_string(1 + dice_() % 90)).append(" days.");
    return text;
  }
  std::size_t below(std::size_t size) { return dice_() % size; }

 private:
  template <std::size_t N>
  std::string_view pick(const std::array<std::string_view, N>& from) {
    return from[dice_() % N];
  }
  std::minstd_rand dice_;
};

std::string page_of(const std::string& site, const std::vector<std::string>& sentences) {
  std::string html = "<!DOCTYPE html><html lang=\"en\"><head><title>Privacy Policy - " + site +
                     "</title></head><body><div class=\"nav\"><a href=\"/\">Home</a> <a href=\"/shop\">Shop</a> "
                     "<a href=\"/help\">Help</a></div><h1>Privacy Policy</h1>\n";
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (i % 9 == 0) html += "<h2>Part " + std::to_string(1 + i / 9) + "</h2>\n";
    html += (i % 3 == 0 ? "<p>" : " ") + sentences[i] + (i % 3 == 2 ? "</p>\n" : "");
  }
  return html + "<div class=\"footer\">&copy; " + site + "</div></body></html>\n";
}

}  // namespace

MadeHistory made_history(std::size_t target, std::size_t captures) {
  using namespace std::chrono;
  Writer writer(target);
  MadeHistory made;
  made.site = "site" + std::to_string(target) + ".example";
  made.url = "https://www." + made.site + "/privacy";
  const std::string urlkey = core::url_key(made.url);
  std::vector<std::string> sentences(27 + writer.below(20));
  for (std::string& text : sentences) text = writer.sentence();
  const sys_seconds start = sys_days(year(2004) / 1 / 1) + seconds(writer.below(86400));
  const seconds step = duration_cast<seconds>(days(7300)) / static_cast<int>(captures + 1);
  std::string digest;
  for (std::size_t i = 0; i < captures; ++i) {
    if (i % captures_of_a_page == 0) {
      if (i > 0) sentences[writer.below(sentences.size())] = writer.sentence();
      made.pages.push_back(page_of(made.site, sentences));
      digest = core::sha1_base32(made.pages.back());
    }
    core::Capture capture;
    capture.urlkey = urlkey;
    capture.timestamp = core::Timestamp(start + step * static_cast<int>(i));
    capture.raw_timestamp = capture.timestamp.digits();
    capture.original = made.url;
    capture.mime = "text/html";
    capture.status = 200;
    capture.digest = digest;
    capture.length = static_cast<std::int64_t>(made.pages.back().size() / 3);
    made.captures.push_back(std::move(capture));
    made.page_of.push_back(made.pages.size() - 1);
  }
  return made;
}

}  // namespace waydiff::bench
