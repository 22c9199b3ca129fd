#include "storage/search.hpp"

#include <gmock/gmock.h>

#include "tests/storage/example_history.hpp"

namespace waydiff::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(SearchTerms, AreWordsPhrasesBeginningsAndWhatMustNotBeThere) {
  EXPECT_EQ(search_terms("share data").match, "\"share\" AND \"data\"");
  EXPECT_EQ(search_terms("\"third party\" -cookies biom*").match, "(\"third party\" AND \"biom\"*) NOT \"cookies\"");
}

TEST(SearchTerms, CannotBeAnErrorToTheIndex) {
  for (const char* const hostile :
       {"\"open", "a\"b", "NEAR(a b)", "AND", "col:x", "^x", "(", "*", "-", "- x", "x^2 + y", "''"}) {
    const Scratch scratch;
    ExampleStore example(scratch);
    done(example.store.put_history(example.target, example.history, {1, 1}));
    SearchQuery query{hostile};
    const auto found = example.store.search_changes(query);
    EXPECT_TRUE(found || found.error().code == core::Errc::bad_argument) << hostile << ": " << found.error().detail;
  }
}

TEST(SearchTerms, LeaveTextWithoutSpacesToBeFoundAsItStands) {
  const SearchTerms terms = search_terms("個人情報 -第三者 cookie");
  EXPECT_THAT(terms.contained, ElementsAre("個人情報"));
  EXPECT_THAT(terms.absent, ElementsAre("第三者"));
  EXPECT_EQ(terms.match, "\"cookie\"");
}

/// The example, with the lines of its clauses.
class Search : public testing::Test {
 protected:
  Search() : example_(scratch_) {
    ClauseLines& lines = example_.history.lines;
    lines.lines = {{"aaaa", {}}, {"bbbb", 0}};
    const Id first = example_.captures[0].id, second = example_.captures[2].id, third = example_.captures[3].id;
    lines.wordings = {{0, "We may share it, désolé.", {"Privacy"}, first, third},
                      {0, "We will share it.", {}, second, second},
                      {1, "個人情報を第三者に提供しません。", {}, second, second}};
    lines.texts = {{example_.text_a, {0}}, {example_.text_b, {1, 2}}};
    done(example_.store.put_history(example_.target, example_.history, {1, 1}));
  }

  std::vector<std::string> words(const SearchQuery& query) {
    std::vector<std::string> out;
    for (const ClauseHit& hit : got(example_.store.search_clauses(query))) out.push_back(hit.words);
    return out;
  }

  Scratch scratch_;
  ExampleStore example_;
};

TEST_F(Search, FindsWordingsWithTheCapturesThatShowThem) {
  const auto hits = got(example_.store.search_clauses({"MAY desole"}));
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].line, "aaaa");
  EXPECT_EQ(hits[0].site, "example.com");
  EXPECT_THAT(hits[0].path, ElementsAre("Privacy"));
  EXPECT_EQ(hits[0].first_seen.date(), "2018-01-01");
  EXPECT_EQ(hits[0].last_seen.date(), "2020-01-01");
  EXPECT_THAT(hits[0].last_snapshot, testing::HasSubstr("20200101000000id_/https://example.com/privacy"));
}

TEST_F(Search, FindsJapaneseAsItStands) {
  EXPECT_THAT(words({"第三者"}), SizeIs(1));
  EXPECT_THAT(words({"第三者 -個人"}), IsEmpty());
  EXPECT_THAT(words({"個%"}), IsEmpty()) << "no pattern of the user's";
}

TEST_F(Search, KeepsToSiteKindAndTime) {
  EXPECT_THAT(words({"share", "example.com"}), SizeIs(2));
  EXPECT_THAT(words({"share", "other.example"}), IsEmpty());
  SearchQuery query{"share"};
  query.to = core::Timestamp::parse_to("2018").value();
  EXPECT_THAT(words(query), ElementsAre("We may share it, désolé."));
  query = SearchQuery{"share"};
  query.document_kind = "cookie policy";
  EXPECT_THAT(words(query), IsEmpty());
}

TEST_F(Search, FindsChangesOfAKindAndWithFlags) {
  SearchQuery query{"share"};
  EXPECT_THAT(got(example_.store.search_changes(query)), SizeIs(2));
  query.flags = {"modality", "party"};
  query.kinds = {"modified"};
  query.to = core::Timestamp::parse_to("2018").value();
  const auto hits = got(example_.store.search_changes(query));
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].old_text, "We may share it.");
  EXPECT_EQ(hits[0].ops.size(), 4u);
  query.flags = {"money"};
  EXPECT_THAT(got(example_.store.search_changes(query)), IsEmpty());
}

TEST_F(Search, ForgetsWhatTheHistoryNoLongerHolds) {
  example_.history.lines = {};
  example_.history.transitions.pop_back();
  example_.history.transitions.pop_back();
  done(example_.store.put_history(example_.target, example_.history, {1, 1}));
  EXPECT_THAT(words({"share"}), IsEmpty());
  EXPECT_THAT(got(example_.store.search_changes({"share"})), IsEmpty());
}

TEST_F(Search, ReadsBackTheLinesAsTheyWereWritten) {
  const ClauseLines lines = got(example_.store.clause_lines(example_.target));
  ASSERT_THAT(lines.lines, SizeIs(2));
  EXPECT_EQ(lines.lines[1].split_from, 0u);
  ASSERT_THAT(lines.wordings, SizeIs(3));
  EXPECT_EQ(lines.wordings[1].words, "We will share it.");
  ASSERT_THAT(lines.texts, SizeIs(2));
  EXPECT_THAT(got(example_.store.check()),
              testing::Contains(testing::Field(&Finding::what, testing::HasSubstr("has 3 clauses, but 1 wordings"))));
}

}  // namespace
}  // namespace waydiff::storage
