#include "core/timestamp.hpp"

#include <gtest/gtest.h>

namespace waydiff::core {

TEST(Timestamp, PrintsWhatItRead) {
  const auto time = Timestamp::parse("20040229235958");
  ASSERT_TRUE(time);
  EXPECT_EQ(time->digits(), "20040229235958");
  EXPECT_EQ(time->date(), "2004-02-29");
  EXPECT_EQ(time->iso(), "2004-02-29T23:59:58Z");
  EXPECT_EQ(time->http_date(), "Sun, 29 Feb 2004 23:59:58 GMT");
}

TEST(Timestamp, RefusesWhatIsNoTime) {
  for (const char* digits : {"", "2004", "20040230000000", "20041301000000", "20040101240000", "2004010100000x",
                             "200401010000000", "00000101000000"}) {
    const auto time = Timestamp::parse(digits);
    ASSERT_FALSE(time) << digits;
    EXPECT_EQ(time.error().code, Errc::bad_timestamp);
    EXPECT_NE(time.error().detail.find(digits), std::string::npos);
  }
}

TEST(Timestamp, MendsTheShiftedOnesOfTheYear2000) {
  EXPECT_EQ(Timestamp::parse("20000012170449")->digits(), "20001217044900");
  EXPECT_EQ(Timestamp::parse("20000800241623")->digits(), "20000824162300");
}

TEST(Timestamp, TakesPrefixesAsRanges) {
  EXPECT_EQ(Timestamp::parse_from("2004")->digits(), "20040101000000");
  EXPECT_EQ(Timestamp::parse_to("2004")->digits(), "20041231235959");
  EXPECT_EQ(Timestamp::parse_from("200402")->digits(), "20040201000000");
  EXPECT_EQ(Timestamp::parse_to("200402")->digits(), "20040229235959");
  EXPECT_EQ(Timestamp::parse_to("20040210")->digits(), "20040210235959");
  EXPECT_EQ(Timestamp::parse_to("20040210120000")->digits(), "20040210120000");
  EXPECT_FALSE(Timestamp::parse_from("204"));
  EXPECT_FALSE(Timestamp::parse_to("200413"));
  EXPECT_FALSE(Timestamp::parse_to("20040231"));
}

TEST(Timestamp, ReadsWarcAndHttpDates) {
  EXPECT_EQ(Timestamp::parse_iso("2017-11-24T15:13:15.123Z")->digits(), "20171124151315");
  EXPECT_EQ(Timestamp::parse_http_date("Fri, 24 Nov 2017 15:13:15 GMT")->digits(), "20171124151315");
  for (const char* text : {"", "yesterday", "Fri, 24 Foo 2017 15:13:15 GMT", "Fri, 24 Nov 2017"}) {
    EXPECT_FALSE(Timestamp::parse_http_date(text)) << text;
  }
  EXPECT_FALSE(Timestamp::parse_iso("2017-11-24"));
}

}  // namespace waydiff::core
