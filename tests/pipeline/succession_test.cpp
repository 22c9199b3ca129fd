#include "pipeline/succession.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "captures.hpp"
#include "core/url.hpp"
#include "pipeline/process.hpp"

namespace waydiff::pipeline {
namespace {

using storage::AliasReason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// "ADDRESS since DAY" of each.
std::vector<std::string> shown(const std::vector<storage::AliasRow>& aliases) {
  std::vector<std::string> out;
  for (const storage::AliasRow& alias : aliases) {
    out.push_back(std::string(storage::name(alias.reason)) + " " + alias.url + " since " + alias.since.date());
  }
  return out;
}

std::vector<std::string> moves(const std::vector<Pointer>& pointers) {
  return shown(
      moved_to(pointers, "privacy policy", {core::url_key("http://e.example/privacy.html")}, AliasReason::redirect));
}

TEST(MovedTo, IsWhereARedirectLeadsToAPolicy) {
  EXPECT_THAT(moves({{at("2010"), "http://e.example/privacy.html", "https://www.e.example/legal/privacy#top"},
                     {at("2011"), "http://e.example/privacy.html", "https://e.example/legal/privacy"}}),
              ElementsAre("redirect https://www.e.example/legal/privacy since 2010-01-01"));
}

TEST(MovedTo, IsNoSinkNoVariantAndNoChance) {
  EXPECT_THAT(moves({{at("2010"), "http://e.example/privacy.html", "http://e.example/"},
                     {at("2010"), "http://e.example/privacy.html", "http://e.example/login?next=privacy"},
                     {at("2010"), "http://e.example/privacy.html", "http://e.example/maintenance"},
                     {at("2010"), "http://e.example/privacy.html", "https://www.e.example/privacy.html"},
                     {at("2010"), "http://e.example/privacy.html", "http://e.example/p/17"},
                     {at("2010"), "http://e.example/privacy.html", "http://elsewhere.example/p/17"},
                     {at("2011"), "http://e.example/privacy.html", "http://elsewhere.example/p/17"}}),
              IsEmpty());
}

TEST(MovedTo, IsAnUnnamedAddressWhenItIsSeenTwice) {
  EXPECT_THAT(moves({{at("2010"), "http://e.example/privacy.html", "http://e.example/p/17"},
                     {at("2011"), "http://e.example/privacy.html", "http://e.example/p/17"}}),
              ElementsAre("redirect http://e.example/p/17 since 2010-01-01"));
}

TEST(MovedTo, IsAnotherOwnersPolicyWhenItIsNamedLikeOne) {
  EXPECT_THAT(moves({{at("2010"), "http://e.example/privacy.html", "https://buyer.example/privacy"}}),
              ElementsAre("redirect https://buyer.example/privacy since 2010-01-01"));
}

core::Document document(const std::string& text) {
  core::Document out;
  core::Block block;
  block.runs.push_back({text, false, false, false, ""});
  out.blocks.push_back(block);
  return out;
}

TEST(SharedWording, IsAllOfEqualTextsAndNothingOfOthers) {
  EXPECT_EQ(
      shared_wording(document("We keep your orders for two years."), document("we keep YOUR orders, for two years")),
      1.0);
  EXPECT_EQ(
      shared_wording(document("We keep your orders for two years."), document("Nothing is kept here at any time.")),
      0.0);
  EXPECT_EQ(shared_wording(document(""), document("")), 0.0);
}

/// A store with targets whose captures have bodies.
class Successions : public testing::Test {
 protected:
  Successions()
      : folder_(std::filesystem::temp_directory_path() /
                ("waydiff-succession-" + std::to_string(::getpid()) + "-" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())),
        store_(open()) {
    archive_ = store_.put_archive({0, "a", "wayback", "http://i", "http://p", {}}).value();
  }
  ~Successions() override { std::filesystem::remove_all(folder_); }

  storage::Store open() const {
    std::filesystem::create_directories(folder_);
    return storage::Store::open(folder_ / "s.db", storage::Mode::write).value();
  }

  storage::Id target(const std::string& url) {
    return store_.put_target({0, url, core::url_key(url), "e.example", "privacy policy", {}}).value();
  }

  void capture(storage::Id target, const std::string& day, const std::string& url, int status, const std::string& body,
               const std::string& location = "") {
    storage::CaptureRow row = pending(day);
    row.capture.original = url;
    row.capture.urlkey = core::url_key(url);
    row.capture.status = status;
    storage::ListingRow listing;
    listing.target = target;
    listing.archive = archive_;
    listing.complete = true;
    listing.rows = 1;
    ASSERT_TRUE(store_.put_listing(listing, {row.capture}));
    auto rows = store_.captures(target).value();
    for (storage::CaptureRow& known : rows) {
      if (known.capture.raw_timestamp != row.capture.raw_timestamp) continue;
      known.outcome = storage::Outcome::fetched;
      known.http_status = status;
      known.content_type = "text/html; charset=utf-8";
      known.location = location;
      known.body = store_.put_body(body).value();
      ASSERT_TRUE(store_.update_capture(known));
    }
  }

  static std::string policy(const std::string& sentence, const std::string& head = "") {
    return "<html><head><title>Privacy policy</title>" + head +
           "</head><body><h1>Privacy policy</h1><p>This policy explains which personal data we collect and why we do "
           "so. We keep "
           "your name, your address and your orders. You may ask us which data we hold about you, and have them "
           "deleted. " +
           sentence + "</p></body></html>";
  }

  std::vector<std::string> found(storage::Id target) {
    EXPECT_TRUE(process(store_, quiet_));
    EXPECT_TRUE(find_successions(store_, quiet_, {}));
    return shown(store_.aliases(target).value());
  }

  class Quiet final : public Observer {
   public:
    void warning(const std::string& text) override { ADD_FAILURE() << text; }
    void detail(const std::string&) override {}
    void progress(const std::string&, std::size_t, std::size_t) override {}
  };

  std::filesystem::path folder_;
  storage::Store store_;
  storage::Id archive_ = 0;
  Quiet quiet_;
};

TEST_F(Successions, FollowArchivedRedirectsOnce) {
  const auto id = target("http://e.example/privacy.html");
  capture(id, "20080101000000", "http://e.example/privacy.html", 200, policy("One."));
  capture(id, "20100101000000", "http://e.example/privacy.html", 301, "moved", "http://e.example/legal/privacy");
  EXPECT_THAT(found(id), ElementsAre("redirect http://e.example/legal/privacy since 2010-01-01"));
  EXPECT_EQ(find_successions(store_, quiet_, {}).value(), 0U);
}

TEST_F(Successions, ReadCanonicalLinksAndRefreshes) {
  const auto id = target("http://e.example/privacy.html");
  capture(id, "20080101000000", "http://e.example/privacy.html", 200,
          policy("One.", "<link rel=canonical href='https://www.e.example/about/privacy'>"));
  capture(id, "20100101000000", "http://e.example/privacy.html", 200,
          "<html><head><meta http-equiv=refresh content='0;url=/legal/privacy-policy'></head><body></body></html>");
  EXPECT_THAT(found(id), ElementsAre("canonical https://www.e.example/about/privacy since 2008-01-01",
                                     "redirect http://e.example/legal/privacy-policy since 2010-01-01"));
}

TEST_F(Successions, KnowATextThatGoesOnAtAnotherAddress) {
  const auto old = target("http://e.example/privacy.html");
  const auto next = target("http://e.example/data");
  capture(old, "20080101000000", "http://e.example/privacy.html", 200, policy("We answer within two weeks."));
  capture(next, "20100101000000", "http://e.example/data", 200, policy("We answer within two weeks."));
  EXPECT_THAT(found(old), ElementsAre("same_text http://e.example/data since 2010-01-01"));
  EXPECT_THAT(store_.aliases(next).value(), IsEmpty());
  EXPECT_THAT(store_.aliases(old).value().front().evidence, HasSubstr("100 %"));
}

TEST_F(Successions, LeaveDocumentsApartThatLiveSideBySide) {
  const auto old = target("http://e.example/privacy.html");
  const auto twin = target("http://e.example/data");
  for (const char* const year : {"2008", "2012"}) {
    capture(old, std::string(year) + "0101000000", "http://e.example/privacy.html", 200, policy("One."));
    capture(twin, std::string(year) + "0101000000", "http://e.example/data", 200, policy("One."));
  }
  EXPECT_THAT(found(old), IsEmpty());
}

TEST_F(Successions, HearWhatTheHomePagesSay) {
  const auto id = target("http://e.example/privacy.html");
  capture(id, "20080101000000", "http://e.example/privacy.html", 200, policy("One."));
  storage::DiscoveryRow now;
  now.url = "http://e.example/legal/privacy";
  now.urlkey = core::url_key(now.url);
  now.first_seen = now.last_seen = at("2012");
  now.evidence = "[]";
  now.chosen = true;
  storage::DiscoveryRow before = now;
  before.url = "http://e.example/privacy.html";
  before.urlkey = core::url_key(before.url);
  before.chosen = false;
  ASSERT_TRUE(store_.put_discoveries("e.example", "privacy policy", {now, before}));
  EXPECT_THAT(found(id), ElementsAre("home_page http://e.example/legal/privacy since 2012-01-01"));
}

}  // namespace
}  // namespace waydiff::pipeline
