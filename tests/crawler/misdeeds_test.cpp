#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

#include "support/faults.hpp"
#include "with_fake.hpp"

namespace waydiff::crawler {
namespace {

using test::Misdeed;

/// Every way in which an archive of the tests misbehaves, once for each address.
class AMisdeed : public testing::TestWithParam<int> {
 protected:
  AMisdeed() {
    for (int year = 2001; year <= 2006; ++year) {
      fake.add({.timestamp = std::to_string(year) + "0101000000", .original = url, .body = page(year)});
    }
    const auto kind = static_cast<Misdeed>(GetParam());
    fake.misbehave(test::FaultPlan(test::Fault{kind, kind == Misdeed::ban ? 1 : 0}));
    settings = quick(fake);
    settings.stall_timeout = std::chrono::seconds(1);
    settings.backoff = std::chrono::milliseconds(20);
  }

  static std::string page(int year) {
    return "<html><body><p>Policy of the year " + std::to_string(year) + ".</p></body></html>";
  }

  static constexpr const char* url = "https://a.example/privacy";
  test::FakeArchive fake;
  HttpSettings settings;
};

TEST_P(AMisdeed, CostsNoRowOfAListing) {
  Client client(settings);
  const auto listing = client.list(url);
  ASSERT_TRUE(listing) << listing.error().detail;
  EXPECT_TRUE(listing->complete) << (listing->problem ? listing->problem->detail : "");
  EXPECT_EQ(listing->captures.size(), 6u);
}

TEST_P(AMisdeed, CostsNoByteOfABody) {
  Client client(settings);
  const auto playback = client.play(row_of({.timestamp = "20040101000000", .original = url, .body = page(2004)}));
  ASSERT_TRUE(playback) << playback.error().detail;
  EXPECT_EQ(playback->body, page(2004));
  EXPECT_EQ(playback->digest_check, DigestCheck::verified);
  EXPECT_LE(fake.requests().size(), 3u);
}

INSTANTIATE_TEST_SUITE_P(Each, AMisdeed, testing::Range(0, static_cast<int>(Misdeed::repeated_rows) + 1),
                         [](const auto& tested) {
                           return std::string(test::name(static_cast<Misdeed>(tested.param)));
                         });

TEST(TheFakeArchive, ListensAgainAfterABanThoughAnotherProcessHasACopyOfItsSocket) {
  test::FakeArchive fake;
  fake.add({.timestamp = "20040101000000", .original = "https://a.example/privacy", .body = "<p>Policy.</p>"});
  // What a test sees for a moment while it starts the program: all descriptors are in both.
  const pid_t other = ::fork();
  ASSERT_GE(other, 0);
  if (other == 0) {
    ::alarm(60);
    for (;;) ::pause();
  }
  fake.refuse_connections();
  HttpSettings settings = quick(fake);
  {
    Client client(settings);
    EXPECT_FALSE(client.list("https://a.example/privacy"));
  }
  fake.accept_connections();
  Client client(settings);
  const auto listing = client.list("https://a.example/privacy");
  ::kill(other, SIGKILL);
  ::waitpid(other, nullptr, 0);
  ASSERT_TRUE(listing) << listing.error().detail;
  EXPECT_EQ(listing->captures.size(), 1u);
}

}  // namespace
}  // namespace waydiff::crawler
