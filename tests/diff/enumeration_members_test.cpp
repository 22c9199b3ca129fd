#include "diff/enumeration_members.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waydiff::diff {
namespace {

using testing::ElementsAre;

TEST(EnumerationMembers, AreCutFromThreeOnAndOnlyWithWordsBetween) {
  EXPECT_THAT(enumeration_members("You (a) must not copy it; (b) must not sell it; and (c) must not hide it."),
              ElementsAre(4, 26, 52));
  EXPECT_THAT(enumeration_members("You (i) must pay us first; (ii) must wait for it; (iii) must sign it."),
              ElementsAre(4, 27, 50));
  EXPECT_TRUE(enumeration_members("You (a) must not copy it and (b) must not sell it.").empty());
  EXPECT_TRUE(enumeration_members("See paragraphs (a), (b) and (c) of that law.").empty());
}

}  // namespace
}  // namespace waydiff::diff
