#include "diff/json.hpp"

#include <gtest/gtest.h>

#include "documents.hpp"

namespace waydiff::diff {
namespace {

TEST(DiffJson, IsTheDocumentedForm) {
  const core::ChangeSet set =
      compared("# Cookies\nWe may share \"it\" with others today.\nGone for good is this clause.\n",
               "# Cookies\nWe will share \"it\" with others today.\n");
  EXPECT_EQ(
      to_json(set, "old.md", "new.md"),
      R"({"schema": "waydiff.diff/1", "old": {"source": "old.md", "clauses": 3}, "new": {"source": "new.md", "clauses": 2}, )"
      R"("changes": [{"kind": "modified", "significance": "substantive", "reason": "reworded", "moved": false, )"
      R"("similarity": 0.8, "flags": ["modality"], )"
      R"("old": {"index": 1, "count": 1, "path": ["Cookies"], "text": "We may share \"it\" with others today."}, )"
      R"("new": {"index": 1, "count": 1, "path": ["Cookies"], "text": "We will share \"it\" with others today."}, )"
      R"("ops": [["=", "We "], ["-", "may"], ["+", "will"], ["=", " share \"it\" with others today."]]}, )"
      R"({"kind": "removed", "significance": "substantive", "reason": "removed", "moved": false, "similarity": 0, "flags": [], )"
      R"("old": {"index": 2, "count": 1, "path": ["Cookies"], "text": "Gone for good is this clause."}, "new": null}], )"
      R"("summary": {"unchanged": 1, "added": 0, "removed": 1, "modified": 1, "moved": 0, "split": 0, "merged": 0, "editorial": 0}})");
}

TEST(DiffJson, ReadsItsListsBack) {
  const std::vector<core::WordOp> ops = {{'=', "We \"x\"\n"}, {'-', "é"}, {'+', ""}};
  EXPECT_EQ(ops_from_json(ops_to_json(ops)).value(), ops);
  const std::vector<std::string> strings = {"a", "\\", "情報"};
  EXPECT_EQ(strings_from_json(strings_to_json(strings)).value(), strings);
  EXPECT_EQ(strings_to_json({}), "[]");
}

TEST(DiffJson, RefusesWhatIsNotItsOwn) {
  for (const char* text : {"", "{}", "[1]", "[[\"=\"]]", "[[\"x\", \"a\"]]", "[[\"=\", 1]]", "[", "[[\"\", \"a\"]]"}) {
    ASSERT_FALSE(ops_from_json(text).has_value()) << text;
    EXPECT_EQ(ops_from_json(text).error().code, core::Errc::bad_json);
  }
  EXPECT_FALSE(strings_from_json("[1]").has_value());
}

}  // namespace
}  // namespace waydiff::diff
