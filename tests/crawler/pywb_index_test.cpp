#include "crawler/pywb_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

using core::Errc;
using core::FilterStyle;
using ::testing::HasSubstr;
using ::testing::Not;

const ListQuery all{"https://example.com/terms", "", ""};

// As Common Crawl prints it.
const std::string row =
    R"({"urlkey": "com,example)/terms", "timestamp": "20250802232428", "url": "http://www.example.com/terms", )"
    R"("mime": "text/html", "mime-detected": "text/html", "status": "200", "digest": "JI6OR3QR4CI526JD6TMMNZNV4QPMPQCH", )"
    R"("length": "1219", "offset": "34323482", "filename": "crawl-data/x.warc.gz", "languages": "eng"})"
    "\n";

std::string with(std::string key_and_value) {
  return R"({"urlkey": "com,example)/terms", "timestamp": "20250802232428", "url": "http://example.com/terms", )" +
         std::move(key_and_value) + "}\n";
}

TEST(PywbAddress, SpeaksPywb) {
  ListQuery query{"https://example.com/a?b=1", "2004", "20051231"};
  query.match = Match::prefix;
  query.filters = {"statuscode:200", "!mimetype:text/.*", "original:.*feature.*"};
  EXPECT_EQ(
      pywb_address("http://h/c/cdx", query, 50, FilterStyle::pywb),
      "http://h/c/cdx?url=https%3A%2F%2Fexample.com%2Fa%3Fb%3D1&matchType=prefix&from=2004&to=20051231&output=json"
      "&fields=urlkey,timestamp,url,mime,status,digest,length,offset,filename,access,is_fuzzy"
      "&filter=%3Dstatus%3A200&filter=%21~mime%3Atext%2F.%2A&filter=~url%3A.%2Afeature.%2A&limit=50");
  EXPECT_THAT(pywb_address("http://h/c/cdx", query, 50, FilterStyle::literal),
              HasSubstr("&filter=status%3A200&limit=50"))
      << "regexes are not sent where they bring the server down";
  EXPECT_THAT(pywb_address("http://h/cdx", all, 5, FilterStyle::pywb), Not(HasSubstr("matchType")));
}

TEST(ParsePywbRows, ReadsARowWithThePlaceOfItsRecord) {
  const auto page = parse_pywb_rows(row, all).value();
  ASSERT_EQ(page.captures.size(), 1u);
  const core::Capture& capture = page.captures[0];
  EXPECT_EQ(capture.urlkey, "com,example)/terms");
  EXPECT_EQ(capture.raw_timestamp, "20250802232428");
  EXPECT_EQ(capture.original, "http://www.example.com/terms");
  EXPECT_EQ(capture.mime, "text/html");
  EXPECT_EQ(capture.status, 200);
  EXPECT_EQ(capture.digest, "JI6OR3QR4CI526JD6TMMNZNV4QPMPQCH");
  EXPECT_EQ(capture.length, 1219);
  EXPECT_EQ(capture.file, "crawl-data/x.warc.gz");
  EXPECT_EQ(capture.offset, 34323482);
}

TEST(ParsePywbRows, AcceptsCdxjNumbersAndClassicNames) {
  const auto page = parse_pywb_rows(
      "com,example)/terms 20250802232428 {\"original\": \"http://example.com/terms\", \"statuscode\": 404, "
      "\"mimetype\": \"text/html; charset=x\", \"length\": 77}\r\n",
      all);
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_EQ(page->captures.at(0).status, 404);
  EXPECT_EQ(page->captures.at(0).mime, "text/html");
  EXPECT_EQ(page->captures.at(0).length, 77);
}

TEST(ParsePywbRows, TakesDashesAndAHiddenLengthForUnknown) {
  const auto page = parse_pywb_rows(with(R"("mime": "warc/revisit", "status": "-", "length": "0")"), all).value();
  EXPECT_TRUE(page.captures.at(0).is_revisit());
  EXPECT_EQ(page.captures[0].status, std::nullopt);
  EXPECT_EQ(page.captures[0].length, std::nullopt);
}

TEST(ParsePywbRows, DropsTheGuessesAtOtherAddresses) {
  for (const char* flag : {R"("is_fuzzy": "1")", R"("is_fuzzy": 1)", R"("is_fuzzy": true)"}) {
    const auto page = parse_pywb_rows(with(flag) + row, all).value();
    EXPECT_EQ(page.captures.size(), 1u);
    EXPECT_EQ(page.dropped.at("fuzzy"), 1u);
  }
  EXPECT_EQ(parse_pywb_rows(with(R"("is_fuzzy": "0")"), all)->captures.size(), 1u);
}

TEST(ParsePywbRows, SaysWhenAllIsBlocked) {
  EXPECT_EQ(parse_pywb_rows(with(R"("access": "block")"), all).error().code, Errc::excluded);
  EXPECT_EQ(parse_pywb_rows(with(R"("access": "block")") + row, all)->dropped.at("blocked"), 1u);
  EXPECT_EQ(parse_pywb_rows(with(R"("access": "allow")"), all)->captures.size(), 1u);
}

TEST(ParsePywbRows, ChecksFiltersThatTheServerMayHaveIgnored) {
  ListQuery query = all;
  query.filters = {"statuscode:20.", "!mimetype:.*pdf"};
  const auto page =
      parse_pywb_rows(row + with(R"("status": "404")") + with(R"("status": "200", "mime": "x/pdf")"), query);
  EXPECT_EQ(page->captures.size(), 1u);
  EXPECT_EQ(page->dropped.at("filtered"), 2u);
}

TEST(ParsePywbRows, RefusesWhatIsCutOrNone) {
  EXPECT_EQ(parse_pywb_rows("", all)->captures.size(), 0u);
  for (const std::string& body :
       {std::string("<html>503</html>"), row + row.substr(0, 60), std::string("[[\"urlkey\"]]"), row.substr(0, 9),
        std::string(R"({"message": "Internal Error: tuple index out of range"})")}) {
    const auto page = parse_pywb_rows(body, all);
    ASSERT_FALSE(page) << body;
    EXPECT_EQ(page.error().code, Errc::bad_cdx) << body;
  }
  const auto page = parse_pywb_rows(row + "garbage\n" + row, all).value();
  EXPECT_EQ(page.captures.size(), 2u);
  EXPECT_EQ(page.dropped.at("malformed"), 1u);
}

TEST(ReadPywbAnswer, TellsNothingFromRefusals) {
  const auto read = [](int status, std::string body) { return read_pywb_answer({status, {}, std::move(body)}, all); };
  EXPECT_TRUE(read(404, R"({"message": "No Captures found for: example.com"})")->captures.empty());
  EXPECT_TRUE(read(404, R"({"error": "nothing here"})")->captures.empty());
  EXPECT_EQ(read(404, "<html>no such page</html>").error().code, Errc::bad_argument) << "a wrong address of ours";
  EXPECT_EQ(read(451, "{}").error().code, Errc::excluded);
  EXPECT_EQ(read(400, R"({"message": "Page 1 invalid: First Page is 0, Last Page is 0"})").error().code,
            Errc::bad_argument);
  EXPECT_EQ(read(403, "too fast").error().code, Errc::rate_limited);
  EXPECT_EQ(read(503, "<Code>SlowDown</Code>").error().code, Errc::rate_limited);
  EXPECT_EQ(read(504, "").error().code, Errc::timed_out);
}

}  // namespace
}  // namespace waydiff::crawler
