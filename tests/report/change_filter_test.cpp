#include "report/change_filter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample.hpp"

namespace waydiff::report {
namespace {

using testing::HasSubstr;

std::size_t shown(std::string_view ignore, std::string_view only) {
  return ChangeFilter::parse(ignore, only)
      .value()
      .count_shown(sample::change_set(
          {sample::added(), sample::removed(), sample::reworded(), sample::moved(), sample::renumbered()}));
}

TEST(ChangeFilter, ShowsAllUnlessTold) {
  EXPECT_EQ(shown("", ""), 5u);
  EXPECT_TRUE(ChangeFilter().shows_all());
}

TEST(ChangeFilter, LeavesOutSignificances) {
  EXPECT_EQ(shown("editorial", ""), 4u);
  EXPECT_EQ(shown("editorial,structural", ""), 3u);
  EXPECT_EQ(shown("substantive", ""), 2u);
}

TEST(ChangeFilter, KeepsKinds) {
  EXPECT_EQ(shown("", "added"), 1u);
  EXPECT_EQ(shown("", "added,removed"), 2u);
  EXPECT_EQ(shown("editorial", "modified,moved"), 2u);
  EXPECT_EQ(ChangeFilter::parse("editorial", "modified,moved").value().text(),
            "--ignore editorial --only modified,moved");
}

TEST(ChangeFilter, NamesTheChoicesForAWordThatIsNone) {
  const auto ignore = ChangeFilter::parse("editorial,trivial", "");
  ASSERT_FALSE(ignore);
  EXPECT_EQ(ignore.error().code, core::Errc::bad_argument);
  EXPECT_THAT(ignore.error().detail, HasSubstr("--ignore: \"trivial\" is none of substantive, structural, editorial"));
  const auto only = ChangeFilter::parse("", "added,,moved");
  ASSERT_FALSE(only);
  EXPECT_THAT(only.error().detail, HasSubstr("\"\" is none of added, removed, modified, moved, split, merged"));
}

}  // namespace
}  // namespace waydiff::report
