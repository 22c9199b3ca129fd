#include "core/nearest.hpp"

#include <gtest/gtest.h>

namespace waydiff::core {

TEST(Nearest, FindsWhatWasMeant) {
  const std::vector<std::string> commands = {"run", "report", "extract", "diff"};
  EXPECT_EQ(nearest("reprot", commands), "report");
  EXPECT_EQ(nearest("extrct", commands), "extract");
  EXPECT_EQ(nearest("rum", commands), "run");
}

TEST(Nearest, GuessesNothingFarFetched) {
  EXPECT_EQ(nearest("banana", {"run", "report"}), "");
  EXPECT_EQ(nearest("", {"run"}), "");
}

}  // namespace waydiff::core
