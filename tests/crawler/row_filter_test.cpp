#include "crawler/row_filter.hpp"

#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

using core::FilterStyle;

RowFilter filter(const char* text) {
  return RowFilter::parse(text).value();
}

IndexRow page(std::string_view status, std::string_view mime = "text/html") {
  IndexRow row;
  row.original = "https://example.com/feature/a";
  row.status = status;
  row.mime = mime;
  return row;
}

TEST(RowFilter, ComparesTheWholeValue) {
  EXPECT_TRUE(filter("statuscode:200").check(page("200")));
  EXPECT_FALSE(filter("statuscode:2").check(page("200")));
  EXPECT_TRUE(filter("statuscode:2..").check(page("200")));
  EXPECT_TRUE(filter("!statuscode:[45]..").check(page("200")));
  EXPECT_FALSE(filter("!statuscode:[45]..").check(page("404")));
  EXPECT_TRUE(filter("original:.*feature.*").check(page("200")));
  EXPECT_TRUE(filter("mimetype:image/svg.xml").check(page("200", "image/svg+xml")));
}

TEST(RowFilter, TakesAnUnknownValueForADashAndAMissingColumnForGiven) {
  EXPECT_FALSE(filter("statuscode:200").check(page("-")));
  EXPECT_TRUE(filter("!statuscode:404").check(page("-")));
  EXPECT_TRUE(filter("digest:ABC").check(page("200"))) << "no such column";
}

TEST(RowFilter, AsksWhatHoldsForServersOfEitherKind) {
  EXPECT_EQ(filter("statuscode:200").asked(FilterStyle::regex), "statuscode:200");
  // Anchored: a server that looks at the beginning alone would leave out text/htmlx as well.
  EXPECT_EQ(filter("!mimetype:text/html").asked(FilterStyle::regex), "!mimetype:text/html$");
  EXPECT_EQ(filter("!statuscode:4..|5..").asked(FilterStyle::regex), "!statuscode:(4..|5..)$");
  EXPECT_EQ(filter("!urlkey:.*feature.*").asked(FilterStyle::regex), "!urlkey:.*feature.*");
}

TEST(RowFilter, IsTranslatedForPywb) {
  EXPECT_EQ(filter("!statuscode:404").asked(FilterStyle::pywb), "!=status:404");
  EXPECT_EQ(filter("mimetype:.*pdf.*").asked(FilterStyle::pywb), "~mime:.*pdf.*");
  EXPECT_EQ(filter("original:http://e.example/").asked(FilterStyle::pywb), "~url:http://e.example/");
  EXPECT_EQ(filter("statuscode:200").asked(FilterStyle::literal), "status:200");
  EXPECT_EQ(filter("!statuscode:404").asked(FilterStyle::literal), "!status:404");
  EXPECT_EQ(filter("!mimetype:text").asked(FilterStyle::literal), "") << "would leave out text/html";
  EXPECT_EQ(filter("statuscode:2..").asked(FilterStyle::literal), "");
  EXPECT_EQ(filter("statuscode:200").asked(FilterStyle::none), "");
}

TEST(RowFilter, RefusesWhatIsNone) {
  for (const char* text : {"", "200", "status:200", "statuscode:(", "!nothing:x"}) {
    const auto parsed = RowFilter::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, core::Errc::bad_argument);
  }
}

TEST(RowFilter, DoesNotHangOnExpressionsThatTakeForEver) {
  IndexRow row;
  const std::string value(40, 'a');
  row.original = value;
  // What it gives up on is kept: better a row too many than one too few.
  EXPECT_NO_THROW(static_cast<void>(filter("original:(a+)+b").check(row)));
}

}  // namespace
}  // namespace waydiff::crawler
