#include "soak/scene.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <random>
#include <string_view>

#include "core/timestamp.hpp"

namespace waydiff::soak {
namespace {

using test::FakeCapture;
using test::Wire;

/// Draws that are the same on every machine, which the distributions of <random> are not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  /// 0 to `sides` - 1.
  std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(engine_() % sides); }
  bool percent(std::size_t share) { return roll(100) < share; }

 private:
  std::mt19937_64 engine_;
};

constexpr std::array<std::string_view, 6> subjects = {"We",          "Our partners",  "The service", "Our support team",
                                                      "The company", "Our processors"};
constexpr std::array<std::string_view, 6> verbs = {"may collect",  "will store",  "can share",
                                                   "shall delete", "may process", "will not sell"};
constexpr std::array<std::string_view, 8> objects = {"your personal data",
                                                     "your name and address",
                                                     "records of the pages that you visit",
                                                     "your orders",
                                                     "the messages you send us",
                                                     "your location",
                                                     "details of your device",
                                                     "your payment details"};
constexpr std::array<std::string_view, 6> purposes = {
    "to deliver what you ordered", "to answer your questions",   "for as long as the law asks",
    "to keep the service safe",    "when you agree to it first", "in order to improve our products"};

std::string sentence(Dice& dice) {
  std::string text(subjects[dice.roll(subjects.size())]);
  text += ' ';
  text += verbs[dice.roll(verbs.size())];
  text += ' ';
  text += objects[dice.roll(objects.size())];
  text += ' ';
  text += purposes[dice.roll(purposes.size())];
  return text + " within " + std::to_string(1 + dice.roll(90)) + " days.";
}

using Text = std::vector<std::string>;

void change(Text& text, Dice& dice) {
  const std::size_t at = dice.roll(text.size());
  switch (dice.roll(4)) {
    case 0:
      text[at] = sentence(dice);
      break;
    case 1:
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(at), sentence(dice));
      break;
    case 2:
      if (text.size() > 8) text.erase(text.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    default:
      std::swap(text[at], text[dice.roll(text.size())]);
      break;
  }
}

/// `dress` changes the bytes and not a word.
std::string page(const Text& text, std::size_t dress) {
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Privacy policy</title></head><body>\n<!-- " +
      std::to_string(dress) +
      " -->\n<h1>Privacy policy</h1>\n<p>This policy explains which personal data we collect, why we collect it, and "
      "what choices you have.</p>\n";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at % 5 == 0) html += "<h2>Part " + std::to_string(at / 5 + 1) + " of our privacy policy</h2>\n";
    html += "<p>" + text[at] + "</p>\n";
  }
  return html +
         "<p>Write to our data protection officer when you have questions about this policy.</p></body></html>\n";
}

std::string error_page(int status) {
  return "<html><body><h1>" + std::to_string(status) + "</h1><p>This page is not here at the moment.</p></body></html>";
}

/// A document's captures, one after the other.
class Document {
 public:
  /// `all`: each capture is fetched; else a grid, or the search for changes, picks some.
  Document(Dice& dice, std::string host, bool all) : dice_(dice), host_(std::move(host)), all_(all) {
    const std::size_t size = 10 + dice.roll(12);
    for (std::size_t n = 0; n < size; ++n) text_.push_back(sentence(dice));
    body_ = page(text_, 0);
    texts_.push_back(text_);
    time_ = std::chrono::sys_days(std::chrono::year(static_cast<int>(2004 + dice.roll(8))) / 1 / 1);
  }

  void add_to(Scene& scene) {
    time_ += std::chrono::hours(24 * (1 + dice_.roll(120))) + std::chrono::seconds(dice_.roll(86400));
    FakeCapture capture;
    capture.timestamp = core::Timestamp(time_).digits();
    capture.original = original();
    capture.chunked = dice_.percent(40);
    capture.wire = wire();
    const std::size_t what = dice_.roll(100);
    if (what < 6) {
      const std::array<int, 5> statuses = {404, 403, 500, 503, 429};
      capture.status = statuses[dice_.roll(statuses.size())];
      capture.body = error_page(capture.status);
      capture.headers = {{"Retry-After", "86400"}};  // of the past: binds nobody now
    } else if (what < 11) {
      capture.status = 301;
      capture.body = "<a href=\"/legal/privacy\">moved</a>";
      capture.headers = {{"Location", "https://www." + host_ + "/legal/privacy"}};
    } else {
      grow(what);
      capture.body = body_;
      capture.revisit = listed_ && what >= 90;
      capture.unplayable = what >= 84 && what < 90;
      // A grid passes over what is not given out, unless an equal capture was here first: then chance would choose.
      if (!all_ && capture.unplayable) capture.body = page(text_, ++only_once_);
      listed_ = true;
    }
    scene.captures.push_back(capture);
    // The same second again, of the other scheme: as crawlers do that try both.
    if (capture.status == 200 && dice_.percent(4)) {
      capture.original =
          capture.original.starts_with("https:") ? "http://" + host_ + ":80/privacy" : "https://" + host_ + "/privacy";
      scene.captures.push_back(capture);
    }
  }

 private:
  /// The body of the next capture: the one before, new words, old words again, or the same words in other bytes.
  void grow(std::size_t what) {
    if (what >= 84 || what < 45) return;
    if (what < 50 && texts_.size() > 2) {
      text_ = texts_[dice_.roll(texts_.size())];
    } else if (what < 76) {
      for (std::size_t n = 1 + dice_.roll(3); n > 0; --n) change(text_, dice_);
      texts_.push_back(text_);
    } else {
      ++dress_;
    }
    body_ = page(text_, dress_);
  }

  std::string original() {
    switch (dice_.roll(6)) {
      case 0:
        return "http://www." + host_ + "/privacy";
      case 1:
        return "http://" + host_ + ":80/privacy";
      case 2:
        return "https://" + host_ + "/privacy/";
      default:
        return "https://www." + host_ + "/privacy";
    }
  }

  Wire wire() {
    const std::array<Wire, 5> forms = {Wire::identity, Wire::gzip, Wire::gzip_undeclared, Wire::gzip_twice,
                                       Wire::gzip_only_declared};
    return dice_.percent(60) ? Wire::gzip : forms[dice_.roll(forms.size())];
  }

  Dice& dice_;
  std::string host_;
  bool all_;
  Text text_;
  std::vector<Text> texts_;
  std::string body_;
  std::size_t dress_ = 0;
  std::size_t only_once_ = 1000000;  ///< dresses that no other capture wears
  bool listed_ = false;
  std::chrono::sys_seconds time_;
};

}  // namespace

Scene make_scene(std::uint64_t seed) {
  Dice dice(seed * 2 + 1);
  Scene scene;
  scene.page_rows = dice.percent(50) ? static_cast<int>(5 + dice.roll(20)) : 0;
  scene.key_style = dice.percent(50) ? test::KeyStyle::readable : test::KeyStyle::opaque;
  const std::size_t documents = 3 + dice.roll(3);
  for (std::size_t n = 0; n < documents; ++n) {
    const std::string host = "shop" + std::to_string(n + 1) + ".example";
    std::string every = dice.percent(75) ? "all" : "6 months";
    if (seed % 3 == 0 && n % 2 == 0) every = "changes";
    scene.followed.push_back({"https://www." + host + "/privacy", every});
    Document document(dice, host, scene.followed.back().every == "all");
    const std::size_t captures = 12 + dice.roll(28);
    for (std::size_t at = 0; at < captures; ++at) document.add_to(scene);
  }
  if (dice.percent(15)) scene.excluded.push_back(scene.followed.back().url);
  return scene;
}

}  // namespace waydiff::soak
