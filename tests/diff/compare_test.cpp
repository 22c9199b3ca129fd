#include "diff/compare.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "documents.hpp"

namespace waydiff::diff {
namespace {

constexpr const char* a = "Alpha clauses explain which information the service collects.\n";
constexpr const char* b = "Bravo clauses describe how partners receive the reports.\n";
constexpr const char* c = "Charlie clauses tell visitors about cookies on their devices.\n";
constexpr const char* d = "Delta clauses set out the retention of server logs.\n";
constexpr const char* e = "Echo clauses name the courts that decide disputes.\n";

std::string doc(std::initializer_list<const char*> lines) {
  std::string text;
  for (const char* line : lines) text += line;
  return text;
}

TEST(Compare, FindsNothingInEqualDocuments) {
  const core::ChangeSet set = compared(doc({a, b, c, b}), doc({a, b, c, b}));
  EXPECT_TRUE(set.changes.empty());
  EXPECT_EQ(set.unchanged, 4U);
}

TEST(Compare, FindsWhatWasAddedAndRemovedInPlace) {
  EXPECT_EQ(shown(compared(doc({a, b, c}), doc({a, c, d}))),
            "removed substantive removed: Bravo clauses describe how partners receive the reports.\n"
            "added substantive added: Delta clauses set out the retention of server logs.\n");
}

TEST(Compare, TakesEmptyDocuments) {
  EXPECT_TRUE(compared("", "").changes.empty());
  EXPECT_EQ(compared(a, "").changes.size(), 1U);
  EXPECT_EQ(compared("", a).changes.at(0).kind, core::ChangeKind::added);
}

TEST(Compare, ShowsRewordingWithItsWords) {
  EXPECT_EQ(
      shown(compared(doc({a, "We may share your address with the shops you visit.\n", c}),
                     doc({a, "We will share your address with the shops you visit.\n", c}))),
      "modified substantive reworded +modality: We [-may-]{+will+} share your address with the shops you visit.\n");
}

TEST(Compare, CallsTheSmallestSetMoved) {
  EXPECT_EQ(shown(compared(doc({a, b, c, d, e}), doc({b, c, d, a, e}))),
            "moved structural moved: Alpha clauses explain which information the service collects.\n");
}

TEST(Compare, MarksARewordedMove) {
  const core::ChangeSet set = compared(
      doc({a, b, c, d, e}), doc({b, c, d, "Alpha clauses explain which information our service collects.\n", e}));
  ASSERT_EQ(set.changes.size(), 1U);
  EXPECT_EQ(set.changes[0].kind, core::ChangeKind::modified);
  EXPECT_TRUE(set.changes[0].moved);
}

TEST(Compare, FindsSplitsAndMerges) {
  const std::string whole =
      doc({a, "We collect the address of your home, and our partners receive it every month.\n", c});
  const std::string parts = doc({a, "We collect the address of your home. Our partners receive it every month.\n", c});
  const core::ChangeSet split = compared(whole, parts);
  ASSERT_EQ(split.changes.size(), 1U);
  EXPECT_EQ(split.changes[0].kind, core::ChangeKind::split);
  EXPECT_EQ(split.changes[0].significance, core::Significance::structural);
  EXPECT_EQ(split.changes[0].after->count, 2U);
  const core::ChangeSet merged = compared(parts, whole);
  ASSERT_EQ(merged.changes.size(), 1U);
  EXPECT_EQ(merged.changes[0].kind, core::ChangeKind::merged);
  EXPECT_EQ(merged.changes[0].before->count, 2U);
}

TEST(Compare, FindsASplitIntoThree) {
  const core::ChangeSet set = compared(
      doc({a, "We collect your home address, and partners receive monthly reports, and courts may demand the logs.\n",
           c}),
      doc({a, "We collect your home address. Partners receive monthly reports. Courts may demand the logs.\n", c}));
  ASSERT_EQ(set.changes.size(), 1U);
  EXPECT_EQ(set.changes[0].after->count, 3U);
}

TEST(Compare, SeesNoChangeInReflowedParagraphsAndNewBlocks) {
  EXPECT_TRUE(compared("We keep logs. You may ask.\n", "We keep logs.\nYou may ask.\n").changes.empty());
}

TEST(Compare, HandlesRepeatedClauses) {
  EXPECT_EQ(shown(compared(doc({a, "None.\n", b, "None.\n", c, "None.\n"}), doc({a, "None.\n", b, c, "None.\n"}))),
            "removed substantive removed: None.\n");
  EXPECT_EQ(shown(compared(doc({a, b, a, b}), doc({a, b, a, b, a, b}))),
            "added substantive added: Alpha clauses explain which information the service collects.\n"
            "added substantive added: Bravo clauses describe how partners receive the reports.\n");
}

TEST(Compare, RenumberedHeadingsAreEditorial) {
  const core::ChangeSet set =
      compared("# 1. Data\nWe keep it.\n# 2. Use\nWe use it.\n",
               "# 1. Data\nWe keep it.\n# 2. Children\nNot for children under thirteen.\n# 3. Use\nWe use it.\n");
  EXPECT_EQ(shown(set),
            "added substantive added: 2. Children\n"
            "added substantive added: Not for children under thirteen.\n"
            "modified editorial numbering: [-2-]{+3+}. Use\n");
}

TEST(Compare, AnswersSoonForLargeUnrelatedDocuments) {
  std::string left, right;
  for (int i = 0; left.size() < 1000000; ++i) {
    const auto word = [&](int n) { return std::to_string((i * 7919 + n * 104729) % 3000); };
    left += "Left w" + word(1) + " says x" + word(2) + " of y" + word(3) + " and the z" + word(4) + " goes on.\n";
    right += "Right q" + word(5) + " tells r" + word(6) + " to s" + word(7) + " for a t" + word(8) + " at last.\n";
  }
  const auto before = clauses_of(left), after = clauses_of(right);
  const auto start = std::chrono::steady_clock::now();
  const core::ChangeSet set = compare(before, after);
  // about a tenth of a second in a release build; sanitizers and a loaded machine take their share
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
  EXPECT_EQ(set.before_clauses, before.size());
}

TEST(Compare, AnswersSoonForLargeRepetitiveDocuments) {
  std::string left, right;
  for (int i = 0; i < 20000; ++i) {
    left += i % 3 == 0 ? "Yes.\n" : "No.\n";
    right += i % 5 == 0 ? "Yes.\n" : "No.\n";
  }
  const auto start = std::chrono::steady_clock::now();
  const core::ChangeSet set = compared(left, right);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
  EXPECT_GT(set.unchanged, 10000U);
}

}  // namespace
}  // namespace waydiff::diff
