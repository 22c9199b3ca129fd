#include "diff/address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace waydiff::diff {
namespace {

std::string at_start(std::string_view text) {
  return std::string(text.substr(0, address_length(text, 0)));
}

TEST(Address, IsFoundInItsForms) {
  EXPECT_EQ(at_start("https://a.example/x?y=1#z, and"), "https://a.example/x?y=1#z");
  EXPECT_EQ(at_start("HTTP://WWW.A.EXAMPLE."), "HTTP://WWW.A.EXAMPLE");
  EXPECT_EQ(at_start("www.a.example/b) or"), "www.a.example/b");
  EXPECT_EQ(at_start("first.last+tag@mail.a.example: now"), "first.last+tag@mail.a.example");
  EXPECT_EQ(at_start("Shop.com is"), "Shop.com");
  EXPECT_EQ(at_start("shop.co.uk/help."), "shop.co.uk/help");
  EXPECT_EQ(at_start("https://a.example/をご覧"), "https://a.example/");
}

TEST(Address, IsNotFoundInWordsAndNumbers) {
  for (const char* text : {"deleted.You can", "e.g. this", "U.S.C. 2703", "opt-out of it", "3.1 Data", "30,000",
                           "and/or", "a@b", "@home", "10:30", "https://", "end.", "", "...com"}) {
    EXPECT_EQ(at_start(text), "") << text;
  }
}

TEST(Address, IsTakenOnceInALongDottedRun) {
  std::string dotted;
  for (int i = 0; i < 100000; ++i) dotted += "a.";
  EXPECT_EQ(address_length(dotted, 0), 0U);
}

TEST(Address, IsToldFromOtherWords) {
  for (const char* word : {"a@b.example", "https://a.example", "shop.com", "a.example/b"})
    EXPECT_TRUE(is_address(word));
  for (const char* word : {"3.1", "30,000", "we're", "2nd", ""}) EXPECT_FALSE(is_address(word));
}

}  // namespace
}  // namespace waydiff::diff
