#include <gmock/gmock.h>

#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;

class Captures : public testing::Test {
 protected:
  Scratch scratch_;
  Store store_ = open(scratch_);
  Id target_ = example_target(store_);
  Id archive_ = wayback(store_);
};

TEST_F(Captures, AreReadAsTheyWereListed) {
  core::Capture capture = captured("20180525103000");
  capture.status.reset();
  capture.length.reset();
  capture.mime = "warc/revisit";
  capture.file = "captures/one.warc.gz";
  capture.offset = 4711;
  EXPECT_EQ(list(store_, target_, archive_, {capture}), 1u);

  const auto rows = got(store_.captures(target_));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].capture, capture);
  EXPECT_EQ(rows[0].target, target_);
  EXPECT_EQ(rows[0].archive, archive_);
  EXPECT_EQ(rows[0].outcome, Outcome::unselected);
  EXPECT_EQ(rows[0].body, std::nullopt);
  EXPECT_EQ(rows[0].body_sha256, "");
}

TEST_F(Captures, KeepTheRawDigitsOfAShiftedTimestamp) {
  core::Capture capture = captured("20000012170449");
  list(store_, target_, archive_, {capture});
  const auto rows = got(store_.captures(target_));
  EXPECT_EQ(rows[0].capture.raw_timestamp, "20000012170449");
  EXPECT_EQ(rows[0].capture.timestamp, capture.timestamp);
}

TEST_F(Captures, AreKeptOnceWithTheGreaterLength) {
  core::Capture shorter = captured("20180525103000");
  core::Capture longer = shorter;
  longer.length = 2000;
  EXPECT_EQ(list(store_, target_, archive_, {shorter, longer, shorter}), 1u);
  EXPECT_EQ(list(store_, target_, archive_, {shorter}), 0u);
  const auto rows = got(store_.captures(target_));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].capture.length, 2000);
}

TEST_F(Captures, OfOneSecondAreTwoWhenTheirDigestsDiffer) {
  EXPECT_EQ(list(store_, target_, archive_, {captured("20180525103000", "B"), captured("20180525103000", "A")}), 2u);
  const auto rows = got(store_.captures(target_));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].capture.digest, "A");
  EXPECT_EQ(rows[1].capture.digest, "B");
}

TEST_F(Captures, KeepTheirOutcomeWhenListedAgain) {
  list(store_, target_, archive_, {captured("20180525103000")});
  CaptureRow row = got(store_.captures(target_))[0];
  row.outcome = Outcome::unplayable;
  done(store_.update_capture(row));
  list(store_, target_, archive_, {captured("20180525103000")});
  EXPECT_EQ(got(store_.captures(target_))[0].outcome, Outcome::unplayable);
}

TEST_F(Captures, AreWhereTheirRecordWasSeenLast) {
  core::Capture capture = captured("20180525103000");
  capture.file = "old/place.warc.gz";
  capture.offset = 1;
  list(store_, target_, archive_, {capture});
  capture.file = "new/place.warc.gz";
  capture.offset = 2;
  EXPECT_EQ(list(store_, target_, archive_, {capture}), 0u);
  EXPECT_EQ(got(store_.captures(target_))[0].capture, capture);
}

TEST_F(Captures, ComeInOrderOfTime) {
  list(store_, target_, archive_,
       {captured("20200101000000"), captured("20180525103000", "A", "https://example.com/privacy"),
        captured("20180525103000", "A", "http://example.com/privacy"), captured("19991231235959")});
  std::vector<std::string> order;
  for (const auto& row : got(store_.captures(target_))) {
    order.push_back(row.capture.timestamp.date() + " " + row.capture.original);
  }
  EXPECT_THAT(order,
              testing::ElementsAre("1999-12-31 https://example.com/privacy", "2018-05-25 http://example.com/privacy",
                                   "2018-05-25 https://example.com/privacy", "2020-01-01 https://example.com/privacy"));
}

TEST_F(Captures, AreUpdatedWithTheirWholeOutcome) {
  list(store_, target_, archive_, {captured("20180525103000")});
  CaptureRow row = got(store_.captures(target_))[0];
  row.outcome = Outcome::fetched;
  row.cause = "bytes after the end of the gzip stream dropped";
  row.cut_short = "4 of 9 bytes";
  row.attempts = 2;
  row.retry_after = at("20240101000000").time();
  row.body = got(store_.put_body("<p>We share nothing."));
  row.http_status = 404;
  row.content_type = "text/html; charset=windows-1252";
  row.location = "https://example.com/moved";
  row.digest_check = "suspect";
  done(store_.update_capture(row));

  const CaptureRow read = got(store_.captures(target_))[0];
  EXPECT_EQ(read.outcome, Outcome::fetched);
  EXPECT_EQ(read.cause, row.cause);
  EXPECT_EQ(read.cut_short, row.cut_short);
  EXPECT_EQ(read.attempts, 2);
  EXPECT_EQ(read.retry_after, row.retry_after);
  EXPECT_EQ(read.body, row.body);
  EXPECT_EQ(read.body_sha256.size(), 64u);
  EXPECT_EQ(read.http_status, 404);
  EXPECT_EQ(read.content_type, row.content_type);
  EXPECT_EQ(read.location, row.location);
  EXPECT_EQ(read.digest_check, "suspect");
}

TEST_F(Captures, CannotBeUpdatedWhenUnknownNorGetAnUnknownBody) {
  list(store_, target_, archive_, {captured("20180525103000")});
  CaptureRow row = got(store_.captures(target_))[0];
  row.body = 77;
  EXPECT_EQ(store_.update_capture(row).error().code, Errc::bad_argument);
  row.body.reset();
  row.id = 77;
  EXPECT_EQ(store_.update_capture(row).error().code, Errc::not_found);
}

TEST_F(Captures, KeepBytesThatAreNotUtf8) {
  const std::string original("https://example.com/caf\xe9\0x", 26);
  list(store_, target_, archive_, {captured("20180525103000", "A", original)});
  EXPECT_EQ(got(store_.captures(target_))[0].capture.original, original);
}

TEST_F(Captures, AreCountedByOutcome) {
  list(store_, target_, archive_, {captured("20180101000000"), captured("20190101000000"), captured("20200101000000")});
  CaptureRow row = got(store_.captures(target_))[1];
  row.outcome = Outcome::excluded;
  done(store_.update_capture(row));
  const Receipt receipt = got(store_.receipt(target_));
  EXPECT_EQ(receipt.target, target_);
  EXPECT_EQ(receipt.listed, 3u);
  EXPECT_THAT(receipt.counts,
              testing::ElementsAre(testing::Pair(Outcome::unselected, 2u), testing::Pair(Outcome::excluded, 1u)));
  EXPECT_EQ(got(store_.receipt(77)).listed, 0u);
}

TEST_F(Captures, AreListedByQueriesThatAreKept) {
  ListingRow listing;
  listing.target = target_;
  listing.archive = archive_;
  listing.query = "https://example.com/privacy 2000 2020";
  listing.listed_at = at("20240101000000").time();
  listing.problem = "cut off after row 2";
  listing.pages = 3;
  listing.rows = 4;
  listing.dropped = {{"malformed", 1}, {"repeated", 2}};
  EXPECT_EQ(got(store_.put_listing(listing, {captured("20180525103000")})), 1u);
  list(store_, target_, archive_, {});

  const auto listings = got(store_.listings(target_));
  ASSERT_EQ(listings.size(), 2u);
  EXPECT_EQ(listings[0].query, listing.query);
  EXPECT_EQ(listings[0].listed_at, listing.listed_at);
  EXPECT_FALSE(listings[0].complete);
  EXPECT_EQ(listings[0].problem, listing.problem);
  EXPECT_EQ(listings[0].pages, 3u);
  EXPECT_EQ(listings[0].rows, 4u);
  EXPECT_EQ(listings[0].dropped, listing.dropped);
  EXPECT_TRUE(listings[1].complete);
}

TEST_F(Captures, OfAnUnknownTargetAreRefusedWhole) {
  ListingRow listing;
  listing.target = 77;
  listing.archive = archive_;
  EXPECT_EQ(store_.put_listing(listing, {captured("20180525103000")}).error().code, Errc::bad_argument);
  EXPECT_TRUE(got(store_.listings(77)).empty());
}

}  // namespace
}  // namespace waydiff::storage
