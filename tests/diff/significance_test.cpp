#include "diff/significance.hpp"

#include <gtest/gtest.h>

#include "documents.hpp"

namespace waydiff::diff {
namespace {

constexpr const char* frame = "Nothing here is ever changed at all.\n";

std::string between(const std::string& before, const std::string& after) {
  return shown(compared(frame + before + "\n" + frame, frame + after + "\n" + frame));
}

TEST(Significance, IsEditorialWhereNoWordChanged) {
  EXPECT_TRUE(between("We keep “it”.", "We keep \"it\".").starts_with("modified editorial typography"));
  EXPECT_TRUE(between("We keep it.", "WE keep it.").starts_with("modified editorial case"));
  EXPECT_TRUE(between("3. We keep it.", "4. We keep it.").starts_with("modified editorial numbering"));
  EXPECT_TRUE(between("We keep it.", "We **keep** it.").starts_with("modified editorial markup"));
  EXPECT_TRUE(between("See [it](https://a.example/).", "See [it](https://b.example/).")
                  .starts_with("modified editorial link +link"));
  EXPECT_TRUE(between("We keep it, always.", "We keep it always.").starts_with("modified editorial punctuation"));
  EXPECT_TRUE(
      between("Last updated: May 5, 2018", "Last updated: July 14, 2019").starts_with("modified editorial date"));
  EXPECT_TRUE(between("Stand: 5. Mai 2018", "Stand: 6. Juni 2019").starts_with("modified editorial date"));
}

TEST(Significance, IsSubstantiveWhereAWordChanged) {
  EXPECT_TRUE(between("We keep it here.", "We sell it here.").starts_with("modified substantive reworded"));
  EXPECT_TRUE(between("The rate is 10% now.", "The rate is 10 now.").starts_with("modified substantive reworded"));
  EXPECT_TRUE(between("Offers end on May 5, 2018 for all.", "Offers end on July 6, 2019 for all.")
                  .starts_with("modified substantive reworded +date"));
}

TEST(Significance, OfAReferenceFollowsTheRenumberingOfTheDocument) {
  const std::string before = "# 5. Cookies\nWe set them for you.\nYou can read Section 5 for the details.\n";
  EXPECT_NE(shown(compared(before, "# 6. Cookies\nWe set them for you.\nYou can read Section 6 for the details.\n"))
                .find("modified editorial numbering: You can read Section [-5-]{+6+}"),
            std::string::npos);
  EXPECT_NE(shown(compared(before, "# 5. Cookies\nWe set them for you.\nYou can read Section 6 for the details.\n"))
                .find("modified substantive reworded +number: You can read Section [-5-]{+6+}"),
            std::string::npos);
}

}  // namespace
}  // namespace waydiff::diff
