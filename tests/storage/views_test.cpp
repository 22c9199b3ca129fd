#include <gmock/gmock.h>

#include "tests/storage/example_history.hpp"

namespace waydiff::storage {
namespace {

using testing::ElementsAre;

class Views : public testing::Test {
 protected:
  Views() { done(example_.store.put_history(example_.target, example_.history, {1, 1})); }
  std::vector<std::string> rows(const std::string& columns, const std::string& rest) const {
    return select(scratch_.file(), columns, rest);
  }

  Scratch scratch_;
  ExampleStore example_{scratch_};
};

TEST_F(Views, CapturesShowOutcomeVerdictStateAndAddress) {
  EXPECT_THAT(
      rows("site, captured_at, archive, outcome, verdict, state, snapshot", "FROM captures ORDER BY captured_at"),
      ElementsAre("example.com|2018-01-01T00:00:00Z|wayback|fetched|good|1|"
                  "https://archive.test/web/20180101000000id_/https://example.com/privacy",
                  "example.com|2018-06-01T00:00:00Z|wayback|fetched|soft_404|-|"
                  "https://archive.test/web/20180601000000id_/https://example.com/privacy",
                  "example.com|2019-01-01T00:00:00Z|wayback|fetched|good|2|"
                  "https://archive.test/web/20190101000000id_/https://example.com/privacy",
                  "example.com|2020-01-01T00:00:00Z|wayback|duplicate|good|1|"
                  "https://archive.test/web/20200101000000id_/https://example.com/privacy"));
}

TEST_F(Views, CapturesOfWarcFilesNameFileAndOffset) {
  core::Capture capture = captured("20210101000000");
  capture.file = "one.warc.gz";
  capture.offset = 4711;
  list(example_.store, example_.target, got(example_.store.put_archive({0, "local", "warc", "", "", {}})), {capture});
  EXPECT_THAT(rows("archive, snapshot, verdict", "FROM captures WHERE timestamp = '20210101000000'"),
              ElementsAre("local|one.warc.gz@4711|-"));
}

TEST_F(Views, CapturesOfErrorPagesAreQuarantinedForTheirStatus) {
  CaptureRow row = example_.captures[0];
  row.http_status = 503;
  done(example_.store.update_capture(row));
  EXPECT_THAT(rows("http_status, verdict", "FROM captures ORDER BY captured_at LIMIT 1"),
              ElementsAre("503|http_error"));
}

TEST_F(Views, StatesShowFirstAndLastCapture) {
  EXPECT_THAT(
      rows("state, clauses, title, first_seen, last_seen, captures, last_snapshot", "FROM states ORDER BY state"),
      ElementsAre("1|3|Privacy|2018-01-01T00:00:00Z|2020-01-01T00:00:00Z|2|"
                  "https://archive.test/web/20200101000000id_/https://example.com/privacy",
                  "2|4|Privacy|2019-01-01T00:00:00Z|2019-01-01T00:00:00Z|1|"
                  "https://archive.test/web/20190101000000id_/https://example.com/privacy"));
}

TEST_F(Views, ChangesShowBothDatesBothAddressesAndBothTexts) {
  EXPECT_THAT(rows("kind, not_before, not_after, old_snapshot, new_snapshot, change, significance, reason, json(flags),"
                   "old_text, new_text",
                   "FROM changes WHERE sequence = 1 ORDER BY position"),
              ElementsAre("privacy policy|2018-01-01T00:00:00Z|2019-01-01T00:00:00Z|"
                          "https://archive.test/web/20180101000000id_/https://example.com/privacy|"
                          "https://archive.test/web/20190101000000id_/https://example.com/privacy|"
                          "modified|substantive|reworded|[\"modality\",\"party\"]|We may share it.|We will share it.",
                          "privacy policy|2018-01-01T00:00:00Z|2019-01-01T00:00:00Z|"
                          "https://archive.test/web/20180101000000id_/https://example.com/privacy|"
                          "https://archive.test/web/20190101000000id_/https://example.com/privacy|"
                          "added|substantive|new|[]|-|We tell you when it changes."));
}

TEST_F(Views, ReceiptsAddUpAndCoverTargetsWithoutCaptures) {
  example_target(example_.store, "https://example.com/terms");
  EXPECT_THAT(
      rows("url, listed, fetched, duplicate, revisit, unplayable, excluded, failed, pending, unselected",
           "FROM receipts ORDER BY url"),
      ElementsAre("https://example.com/privacy|4|3|1|0|0|0|0|0|0", "https://example.com/terms|0|0|0|0|0|0|0|0|0"));
}

}  // namespace
}  // namespace waydiff::storage
