#include "storage/plan_rows.hpp"

#include <gmock/gmock.h>

#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

class PlanRowsTest : public testing::Test {
 protected:
  Scratch scratch_;
  Store store_ = open(scratch_);
  Id target_ = example_target(store_);
  Id archive_ = wayback(store_);
};

TEST_F(PlanRowsTest, HoldWhatTheLedgerHolds) {
  core::Capture revisit = captured("20190525103000");
  revisit.mime = "warc/revisit";
  revisit.status.reset();
  revisit.length.reset();
  list(store_, target_, archive_, {captured("20180525103000"), revisit});
  CaptureRow row = got(store_.captures(target_))[0];
  row.outcome = Outcome::unplayable;
  row.retry_after = at("20240101000000").time();
  row.body = got(store_.put_body("<p>We share nothing."));
  row.http_status = 404;
  row.content_type = "text/html; charset=utf-8";
  row.digest_check = "suspect";
  row.offered = "20180526000000 https://example.com/privacy";
  done(store_.update_capture(row));

  const std::vector<Id> archives = {archive_};
  const PlanRows found = got(store_.plan_rows(target_, archives));
  ASSERT_EQ(found.rows.size(), 2u);
  const PlanRow& first = found.rows[0];
  EXPECT_EQ(first.id, row.id);
  EXPECT_EQ(first.archive, archive_);
  EXPECT_EQ(first.time, at("20180525103000"));
  EXPECT_EQ(first.body, row.body);
  EXPECT_EQ(first.retry_after, row.retry_after);
  EXPECT_EQ(first.length, 1000);
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.http_status, 404);
  EXPECT_EQ(first.outcome, Outcome::unplayable);
  EXPECT_EQ(first.check, PlanRow::Check::suspect);
  EXPECT_FALSE(first.revisit);
  EXPECT_EQ(found.pages[first.page].original, "https://example.com/privacy");
  EXPECT_EQ(found.pages[first.page].content_type, "text/html; charset=utf-8");
  ASSERT_EQ(found.offers.size(), 1u);
  EXPECT_EQ(found.offers[0].capture, row.id);
  EXPECT_EQ(found.offers[0].hash, offer_hash(row.offered));

  const PlanRow& second = found.rows[1];
  EXPECT_TRUE(second.revisit);
  EXPECT_EQ(second.body, 0);
  EXPECT_EQ(second.length, -1);
  EXPECT_EQ(second.status, -1);
  EXPECT_EQ(second.http_status, -1);
  EXPECT_EQ(second.outcome, Outcome::unselected);
  EXPECT_EQ(second.digest, first.digest);
  EXPECT_EQ(found.pages[second.page].content_type, "");
}

TEST_F(PlanRowsTest, AreOfTheArchivesAskedForByTime) {
  ArchiveRow other;
  other.name = "other";
  const Id elsewhere = got(store_.put_archive(other));
  list(store_, target_, archive_, {captured("20200101000000"), captured("20180101000000")});
  list(store_, target_, elsewhere, {captured("20190101000000")});
  const std::vector<Id> one = {archive_}, both = {elsewhere, archive_};
  const PlanRows found = got(store_.plan_rows(target_, one));
  ASSERT_EQ(found.rows.size(), 2u);
  EXPECT_LT(found.rows[0].time, found.rows[1].time);
  EXPECT_EQ(got(store_.plan_rows(target_, both)).rows.size(), 3u);
}

TEST(PlanRowsMaker, NumbersEqualDigestsAlikeAndThoseThatTellNothingNot) {
  PlanRowsMaker maker(5);
  for (const char* digest : {"B", "", "A", "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "B"}) {
    CaptureRow row;
    row.capture.digest = digest;
    maker.add(row);
  }
  const PlanRows made = std::move(maker).done();
  std::vector<std::uint32_t> numbers;
  for (const PlanRow& row : made.rows) numbers.push_back(row.digest);
  EXPECT_EQ(numbers[0], numbers[4]);
  EXPECT_NE(numbers[0], numbers[2]);
  EXPECT_NE(numbers[0], 0u);
  EXPECT_NE(numbers[2], 0u);
  EXPECT_EQ(numbers[1], 0u);
  EXPECT_EQ(numbers[3], 0u);
  EXPECT_EQ(made.digests, 2u);
  EXPECT_EQ(made.pages.size(), 1u);
}

TEST(PlanRowsMaker, TellsDigestsApartThatDifferInOneCharacter) {
  const std::string digest = "AAAABBBBCCCCDDDDEEEEFFFFGGGG2347";
  PlanRowsMaker maker(33);
  for (std::size_t at = 0; at <= digest.size(); ++at) {
    CaptureRow row;
    row.capture.digest = digest;
    if (at < digest.size()) row.capture.digest[at] = 'Z';
    maker.add(row);
  }
  EXPECT_EQ(std::move(maker).done().digests, 33u);
}

TEST_F(PlanRowsTest, LeadToSingleCaptures) {
  list(store_, target_, archive_,
       {captured("20180101000000", "A"), captured("20180101000000", "B"), captured("20190101000000", "A")});
  std::vector<Id> seen;
  done(store_.each_capture(target_, [&](const CaptureRow& row) { seen.push_back(row.id); }));
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(got(store_.capture(seen[2])).capture, captured("20190101000000", "A"));
  EXPECT_EQ(store_.capture(77).error().code, core::Errc::not_found);
  EXPECT_EQ(got(store_.captures_at(target_, archive_, "20180101000000")).size(), 2u);
  EXPECT_EQ(got(store_.newest_capture(target_, archive_, "com,example)/privacy")), at("20190101000000"));
  EXPECT_EQ(got(store_.newest_capture(target_, archive_, "com,example)/terms")), std::nullopt);
  EXPECT_EQ(got(store_.count_captures(target_, archive_, "com,example)/privacy", at("20180101000001"))), 1u);
  done(store_.set_outcome(seen[0], Outcome::pending));
  EXPECT_EQ(got(store_.capture(seen[0])).outcome, Outcome::pending);
  EXPECT_EQ(store_.set_outcome(77, Outcome::pending).error().code, core::Errc::not_found);
  EXPECT_THAT(got(store_.offers(target_)), testing::IsEmpty());
}

}  // namespace
}  // namespace waydiff::storage
