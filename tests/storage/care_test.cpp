#include <gmock/gmock.h>

#include <filesystem>

#include "storage/backup.hpp"
#include "storage/merge.hpp"
#include "tests/storage/example_history.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// An example store that somebody has damaged.
void damaged(const Scratch& scratch, const std::string& sql) {
  {
    ExampleStore example(scratch);
    done(example.store.put_history(example.target, example.history, {1, 1}));
  }
  meddle(scratch.file(), "PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = ON;" + sql);
}

Mended mended(const Scratch& scratch) {
  Store store = open(scratch);
  const Mended out = got(store.mend(got(store.check())));
  EXPECT_THAT(got(store.check()), IsEmpty());
  return out;
}

TEST(Mend, ForgetsADamagedBodySoThatItIsAskedForAgain) {
  const Scratch scratch;
  damaged(scratch, "UPDATE body SET zstd = x'00' WHERE id = 1");
  const Mended made = mended(scratch);
  EXPECT_EQ(made.bodies, 1u);
  EXPECT_EQ(made.captures, 2u) << "a fetched one and its duplicate";
  EXPECT_EQ(made.targets, 1u);
  EXPECT_THAT(select(scratch.file(), "outcome, body IS NULL", "FROM capture ORDER BY id"),
              ElementsAre("pending|1", "fetched|0", "fetched|0", "pending|1"));
  EXPECT_THAT(select(scratch.file(), "history_key", "FROM target"), ElementsAre(""));
}

TEST(Mend, ForgetsADamagedTextSoThatItIsExtractedAgain) {
  const Scratch scratch;
  damaged(scratch, "UPDATE text SET size = size + 1 WHERE id = 1");
  const Mended made = mended(scratch);
  EXPECT_EQ(made.bodies, 0u);
  EXPECT_EQ(made.captures, 0u);
  EXPECT_EQ(made.texts, 1u);
  EXPECT_THAT(select(scratch.file(), "count(*)", "FROM extraction WHERE body = 1"), ElementsAre("0"));
}

TEST(Mend, DropsFormerHistoriesThatShowALostText) {
  const Scratch scratch;
  damaged(scratch, "UPDATE target SET extract_generation = 3");
  {
    Store store = open(scratch);
    const Id target = got(store.targets()).front().id;
    done(store.put_history(target, got(store.history(target)), {4, 1}));
    EXPECT_THAT(got(store.former_generations(target)), ElementsAre(Generation{3, 1}));
  }
  meddle(scratch.file(), "UPDATE text SET size = size + 1 WHERE id = 1");
  const Mended made = mended(scratch);
  EXPECT_EQ(made.targets, 1u);
  EXPECT_EQ(made.former, 1u);
  EXPECT_THAT(select(scratch.file(), "count(*)", "FROM former_change"), ElementsAre("0"));
}

TEST(Mend, MakesIndexesAnew) {
  const Scratch scratch;
  damaged(scratch, "DELETE FROM change_words_data WHERE id > 10; UPDATE body SET chain = 5 WHERE id = 2");
  std::vector<std::string> lines;
  for (const Finding& finding : got(open(scratch, Mode::read).check())) {
    EXPECT_EQ(finding.mend, Mend::rebuild) << finding.what;
    lines.push_back(finding.what);
  }
  EXPECT_THAT(lines,
              ElementsAre("body 2: said to stand on 5 bodies of 0 bytes", HasSubstr("search index change_words")));
  EXPECT_EQ(mended(scratch).targets, 0u);
}

TEST(Mend, AsksAgainForBodiesThatAreMissing) {
  const Scratch scratch;
  damaged(scratch,
          "UPDATE capture SET body = NULL WHERE id = 4; DELETE FROM capture_state WHERE capture = 4;"
          "DELETE FROM change WHERE transition = 2; DELETE FROM transition WHERE id = 2;"
          "INSERT INTO change_words (change_words) VALUES ('rebuild')");
  EXPECT_EQ(mended(scratch).captures, 1u);
}

std::filesystem::path beside(const Scratch& scratch, const char* name) {
  return std::filesystem::path(scratch.file()).parent_path() / name;
}

TEST(Backup, IsTheStoreAsItWasWhileItIsWritten) {
  const Scratch scratch;
  ExampleStore example(scratch);
  const auto copy = beside(scratch, "copy.db");
  done(back_up(scratch.file(), copy));
  got(example.store.put_body("written later"));
  EXPECT_THAT(got(got(Store::open(copy, Mode::read)).check()), IsEmpty());
  EXPECT_THAT(select(copy.string(), "count(*)", "FROM body"), ElementsAre("3"));
  EXPECT_FALSE(back_up(scratch.file(), copy)) << "it is there already";
  EXPECT_TRUE(std::filesystem::exists(copy));
  const auto missing = back_up(beside(scratch, "nowhere.db"), beside(scratch, "other.db"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::not_found);
}

/// A store with one capture of one page.
void one_capture(const std::filesystem::path& file, const std::string& site, const std::string& body) {
  Store store = got(Store::open(file, Mode::write));
  const std::string url = "https://" + site + "/privacy";
  const Id target = got(store.put_target({0, url, "", site, "privacy policy", {}}));
  const Id archive = got(store.put_archive({0, "wayback", "wayback", "i", "p", {}}));
  core::Capture capture;
  capture.urlkey = site;
  capture.raw_timestamp = "20180101000000";
  capture.timestamp = core::Timestamp::parse("20180101000000").value();
  capture.original = url;
  ListingRow listing;
  listing.target = target;
  listing.archive = archive;
  listing.rows = 1;
  got(store.put_listing(listing, std::vector{capture}));
  CaptureRow row = got(store.captures(target)).front();
  row.body = got(store.put_body(NewBody{body, target, capture.timestamp}));
  row.outcome = Outcome::fetched;
  done(store.update_capture(row));
}

TEST(Merge, PutsStoresTogether) {
  const Scratch scratch;
  const auto one = beside(scratch, "one.db"), two = beside(scratch, "two.db"), out = beside(scratch, "out.db");
  one_capture(one, "one.example", "<p>We share nothing.");
  one_capture(two, "two.example", "<p>We share all.");
  { got(Store::open(out, Mode::write)); }
  for (const auto& from : {one, two, one}) done(merge_into(out, from));
  EXPECT_THAT(select(out.string(), "site, outcome, body_sha256 <> ''", "FROM captures ORDER BY site"),
              ElementsAre("one.example|fetched|1", "two.example|fetched|1"));
  EXPECT_THAT(select(out.string(), "count(*)", "FROM listing"), ElementsAre("2"));
  Store store = got(Store::open(out, Mode::read));
  EXPECT_THAT(got(store.check()), IsEmpty());
  EXPECT_EQ(got(store.body(2)), "<p>We share all.");
}

TEST(Merge, TakesFormerHistoriesAlong) {
  const Scratch scratch;
  const auto out = beside(scratch, "out.db");
  ExampleStore example(scratch);
  done(example.store.put_history(example.target, example.history, {1, 1}));
  done(example.store.put_history(example.target, example.history, {2, 1}));
  {
    // Other ids than there.
    Store store = got(Store::open(out, Mode::write));
    got(store.put_archive({0, "another", "wayback", "i", "p", {}}));
    example_target(store, "https://other.example/privacy");
  }
  for (int twice = 0; twice < 2; ++twice) done(merge_into(out, scratch.file()));
  for (const char* const what :
       {"generation, captured_at, state, state_key, snapshot FROM former_captures ORDER BY captured_at",
        "url, generation, sequence, transition, not_before, not_after, old_snapshot, new_snapshot, position, change,"
        " flags, ops FROM former_changes ORDER BY sequence, position"}) {
    const std::string query = what;
    const auto from = query.find(" FROM ");
    const auto rows = select(out.string(), query.substr(0, from), query.substr(from + 1));
    EXPECT_EQ(rows, select(scratch.file(), query.substr(0, from), query.substr(from + 1)));
    EXPECT_GT(rows.size(), 2u);
  }
  EXPECT_THAT(got(got(Store::open(out, Mode::read)).check()), IsEmpty());
}

TEST(Merge, RefusesStoresThatDisagreeAndAddsNothing) {
  const Scratch scratch;
  const auto one = beside(scratch, "one.db"), two = beside(scratch, "two.db");
  one_capture(one, "one.example", "<p>We share nothing.");
  one_capture(two, "one.example", "<p>We share all.");
  const auto refused = merge_into(one, two);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::bad_argument);
  EXPECT_THAT(refused.error().detail, HasSubstr("two.db disagrees with the stores before it: capture 20180101000000 of "
                                                "https://one.example/privacy in wayback: fetched "));
  EXPECT_THAT(select(one.string(), "count(*)", "FROM body"), ElementsAre("1"));
}

}  // namespace
}  // namespace waydiff::storage
