#include "diff/word_list.hpp"

#include <gtest/gtest.h>

namespace waydiff::diff {
namespace {

TEST(WordList, HoldsItsWordsAndNoParts) {
  constexpr auto list = word_list(
      "not no zwölf "
      "cannot a");
  for (const char* word : {"not", "no", "zwölf", "cannot", "a"}) EXPECT_TRUE(list.holds(word)) << word;
  for (const char* word : {"", "n", "nota", "ot", "can", "not no", " ", "zwolf", "an"}) {
    EXPECT_FALSE(list.holds(word)) << word;
  }
}

TEST(WordList, TellsWhatAWordStandsFor) {
  constexpr auto table = word_list("two=2 thirty=30 x=");
  EXPECT_EQ(table.find("two"), "2");
  EXPECT_EQ(table.find("thirty"), "30");
  EXPECT_EQ(table.find("x"), "");
  EXPECT_EQ(table.find("two="), "");
  EXPECT_EQ(table.find("three"), "");
}

TEST(WordList, TakesWordsOfAnySize) {
  constexpr auto list = word_list("a-word-of-more-than-fifteen-bytes another-word-of-more-than-fifteen");
  EXPECT_TRUE(list.holds("a-word-of-more-than-fifteen-bytes"));
  EXPECT_FALSE(list.holds("a-word-of-more-than-fifteen-Bytes"));
}

}  // namespace
}  // namespace waydiff::diff
