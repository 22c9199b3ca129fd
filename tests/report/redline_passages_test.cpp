#include "report/redline_passages.hpp"

#include <gtest/gtest.h>

#include "compared.hpp"
#include "real_pairs.hpp"
#include "report/plain_text.hpp"

namespace waydiff::report {
namespace {

std::string joined(const std::vector<core::Clause>& clauses) {
  std::string out;
  for (const core::Clause& clause : clauses) out += visible(clause.text) + " ";
  return out;
}

/// What a column says of one side: of the newer text without `-` words and without what moved away.
std::string said(const std::vector<RedlineParagraph>& column, char without, bool is_new) {
  std::string out;
  for (const RedlineParagraph& paragraph : column) {
    for (const RedlinePiece& piece : paragraph.pieces) {
      if (is_new && piece.kind == RedlineRow::Kind::left) continue;
      std::string words;
      for (const core::WordOp& op : piece.words) words += op.op == without ? "" : op.text;
      if (!words.empty()) out += words + " ";
    }
  }
  return out;
}

void expect_both_texts(const Compared& compared, const std::string& name) {
  const Redline redline = compared.redline();
  std::string was, is;
  std::size_t clauses = 0;
  for (const RedlinePassage& passage : redline_passages(redline, redline_rows(redline))) {
    is += said(passage.both, '-', true);
    was += said(passage.changed ? passage.before : passage.both, '+', false);
    clauses += passage.clauses;
  }
  EXPECT_EQ(is, joined(compared.new_clauses())) << name;
  EXPECT_EQ(was, joined(compared.old_clauses())) << name;
  EXPECT_EQ(clauses, compared.new_clauses().size()) << name;
}

TEST(RedlinePassages, HoldEveryWordOfBothTexts) {
  expect_both_texts(Compared(sample_before, sample_after), "sample");
  expect_both_texts(Compared(sample_after, sample_before), "sample, backwards");
  expect_both_texts(Compared(sample_before, sample_before), "the same");
  expect_both_texts(Compared("One.\n", "Something else entirely.\n"), "nothing in common");
}

TEST(RedlinePassages, HoldEveryWordOfRealTexts) {
  const auto pairs = real_pairs();
  if (pairs.empty()) GTEST_SKIP() << "no corpus";
  for (const auto& [before, after] : pairs) {
    expect_both_texts(Compared(bytes_of(before), bytes_of(after)), after.string());
  }
}

TEST(RedlinePassages, KeepSentencesOfAParagraphTogether) {
  const Compared compared("We may share it. Write to us.\n\nBye.\n", "We will share it. Write to us.\n\nBye.\n");
  const Redline redline = compared.redline();
  const auto passages = redline_passages(redline, redline_rows(redline));
  ASSERT_EQ(passages.size(), 2u);
  EXPECT_TRUE(passages[0].changed);
  ASSERT_EQ(passages[0].both.size(), 1u);
  EXPECT_EQ(passages[0].both[0].pieces.size(), 2u);
  EXPECT_FALSE(passages[1].changed);
  EXPECT_TRUE(passages[1].before.empty()) << "what is the same is there once";
}

TEST(RedlinePassages, SetWhatWasRemovedBesideWhatCameInItsPlace) {
  const Compared compared("Start here.\n\n  * an item that goes away altogether\n\nEnd here.\n",
                          "Start here.\n\n  * telegrams, letters, parcels\n\nEnd here.\n");
  const Redline redline = compared.redline();
  const auto passages = redline_passages(redline, redline_rows(redline));
  ASSERT_EQ(passages.size(), 3u);
  EXPECT_EQ(passages[1].both.size(), 2u);
  EXPECT_EQ(passages[1].before.size(), 1u);
  EXPECT_EQ(passages[1].both[0].kind, core::BlockKind::list_item);
  EXPECT_TRUE(passages[1].both[0].one_sided);
}

}  // namespace
}  // namespace waydiff::report
