#include "core/holds_any.hpp"

#include <gtest/gtest.h>

#include <string>

namespace waydiff::core {
namespace {

TEST(HoldsAny, FindsASignAtEveryPlace) {
  for (std::size_t size = 1; size < 70; ++size) {
    std::string text(size, 'x');
    EXPECT_FALSE((holds_any<'*', '\xC2'>(text)));
    for (std::size_t at = 0; at < size; ++at) {
      for (const char sign : {'*', '\xC2'}) {
        text[at] = sign;
        EXPECT_TRUE((holds_any<'*', '\xC2'>(text))) << size << " " << at;
      }
      text[at] = 'x';
    }
  }
}

TEST(HoldsAny, FindsNothingInNothing) {
  EXPECT_FALSE(holds_any<'*'>(""));
}

}  // namespace
}  // namespace waydiff::core
