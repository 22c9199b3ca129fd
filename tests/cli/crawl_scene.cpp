#include "crawl_scene.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <sstream>
#include <thread>
#include <utility>

#include "storage/store.hpp"

namespace waydiff::cli {
namespace {

namespace json = boost::json;

json::value parsed(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  EXPECT_FALSE(error) << text;
  return value;
}

}  // namespace

std::string policy(std::string_view sentence) {
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Privacy policy</title></head><body>\n"
      "<h1>Privacy policy</h1>\n"
      "<p>This policy explains which personal data our shop collects, why we collect it, and what choices you "
      "have.</p>\n"
      "<h2>What we collect</h2>\n"
      "<p>When you order from us, we collect your name, your address and the way you pay. "
      "Our servers keep a record of the pages that you visit.</p>\n"
      "<h2>How we use it</h2>\n"
      "<p>We use your personal data to deliver what you ordered and to answer your questions. ";
  page += sentence;
  page +=
      "</p>\n<h2>Your rights</h2>\n"
      "<p>You may ask us at any time which data we hold about you. You may have it corrected or deleted.</p>\n"
      "<h2>Contact</h2>\n"
      "<p>Write to our data protection officer when you have questions about this policy.</p>\n</body></html>\n";
  return page;
}

std::string policy_number(int version) {
  return policy("We keep your orders for " + std::to_string(version + 1) + " years.");
}

CrawlScene::CrawlScene() = default;

void CrawlScene::capture(const std::string& day, std::string body) {
  archive.add({.timestamp = day + "120000", .original = policy_address, .body = std::move(body)});
}

void CrawlScene::configure() const {
  folder.write("waydiff.toml",
               "db = \"policies.db\"\nreport = \"report\"\n"
               "[archive.fake]\nprofile = \"wayback\"\nindex = \"" +
                   archive.index() + "\"\nplayback = \"" + archive.playback() +
                   "\"\nindex_per_minute = 6000\n"
                   "playback_per_minute = 60000\npause_seconds = 1\nconnections = " +
                   std::to_string(connections) + "\nattempts = " + std::to_string(attempts) +
                   "\n[defaults]\nevery = \"" + every + "\"\n[[target]]\nurl = \"" + policy_address + "\"\n");
}

Ended CrawlScene::waydiff(const std::vector<std::string>& arguments) const {
  configure();
  return cli::waydiff(folder.path(), arguments);
}

std::size_t CrawlScene::index_requests() const {
  std::size_t count = 0;
  for (const test::SeenRequest& request : archive.requests()) count += request.is_index();
  return count;
}

std::size_t CrawlScene::playback_requests(std::string_view part) const {
  std::size_t count = 0;
  for (const test::SeenRequest& request : archive.requests()) {
    count += !request.is_index() && request.target.find(part) != std::string::npos;
  }
  return count;
}

std::string CrawlScene::cause_of(std::string_view timestamp) const {
  auto store = storage::Store::open(folder.path() / "policies.db", storage::Mode::read);
  const auto targets = store ? store->targets() : tl::unexpected(store.error());
  if (!targets) return targets.error().detail;
  for (const storage::Target& target : *targets) {
    const auto rows = store->captures(target.id);
    if (!rows) return rows.error().detail;
    for (const storage::CaptureRow& row : *rows) {
      if (row.capture.raw_timestamp == timestamp) return row.cause;
    }
  }
  return "no such capture";
}

bool CrawlScene::wait_for_playbacks(std::size_t count) const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (playback_requests() < count) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

json::object receipt_of(const Ended& ended, std::size_t target) {
  const json::value receipts = parsed(ended.out);
  if (!receipts.is_array() || receipts.as_array().size() <= target) {
    ADD_FAILURE() << "no receipt in: " << ended.out << ended.err;
    return {};
  }
  json::object receipt = receipts.as_array()[target].as_object();
  std::int64_t sum = 0;
  for (const char* outcome :
       {"fetched", "duplicate", "revisit", "unplayable", "excluded", "failed", "pending", "unselected"}) {
    sum += count(receipt, outcome);
  }
  EXPECT_EQ(sum, count(receipt, "listed")) << ended.out;
  return receipt;
}

std::int64_t count(const json::object& receipt, std::string_view column) {
  const json::value* const found = receipt.if_contains(column);
  return found != nullptr && found->is_number() ? found->to_number<std::int64_t>() : -1;
}

std::vector<json::object> lines_of(const Ended& ended) {
  std::vector<json::object> lines;
  std::istringstream in(ended.out);
  for (std::string line; std::getline(in, line);) lines.push_back(parsed(line).as_object());
  return lines;
}

}  // namespace waydiff::cli
