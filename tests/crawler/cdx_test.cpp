#include "crawler/cdx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

using core::Errc;
using ::testing::HasSubstr;

const std::string header = R"([["urlkey","timestamp","original","mimetype","statuscode","digest","length"],)";
const std::string digest = "HT2DYGA5UKZCPBSFVCV3JOBXGW2G5UUA";

std::string row(const std::string& timestamp, const std::string& original = "https://example.com/terms") {
  return R"(["com,example)/terms",")" + timestamp + "\",\"" + original + R"(","text/html","200",")" + digest +
         R"(","1792"])";
}

const ListQuery all{"https://example.com/terms", "", ""};

TEST(QueryAddress, EscapesEveryValue) {
  const ListQuery query{"https://example.com/a?b=1&c=%20#d", "2004", "20051231"};
  EXPECT_EQ(query_address("http://h/cdx", query, 50, ""),
            "http://h/cdx?url=https%3A%2F%2Fexample.com%2Fa%3Fb%3D1%26c%3D%2520%23d&from=2004&to=20051231&output=json"
            "&fl=urlkey,timestamp,original,mimetype,statuscode,digest,length&limit=50&showResumeKey=true");
}

TEST(QueryAddress, SendsAResumeKeyBackExactlyAsPrinted) {
  EXPECT_THAT(query_address("http://h/cdx", all, 1, "com%2Ccnn%29%2F+2001041400593%3A"),
              HasSubstr("&resumeKey=com%252Ccnn%2529%252F%2B2001041400593%253A"));
}

TEST(ParsePage, ReadsARow) {
  const auto page = parse_page(header + "\n" + row("20020120142510") + "]\n", all).value();
  ASSERT_EQ(page.captures.size(), 1u);
  const core::Capture& capture = page.captures[0];
  EXPECT_EQ(capture.urlkey, "com,example)/terms");
  EXPECT_EQ(capture.timestamp.digits(), "20020120142510");
  EXPECT_EQ(capture.original, "https://example.com/terms");
  EXPECT_EQ(capture.mime, "text/html");
  EXPECT_EQ(capture.status, 200);
  EXPECT_EQ(capture.digest, digest);
  EXPECT_EQ(capture.length, 1792);
  EXPECT_EQ(page.resume_key, "");
}

TEST(ParsePage, FindsColumnsByTheirNames) {
  const auto page =
      parse_page(R"([["timestamp","filename","original"],["20020120142510","f","http://example.com/terms"]])", all);
  ASSERT_EQ(page->captures.size(), 1u);
  EXPECT_EQ(page->captures[0].urlkey, "com,example)/terms") << "computed when it is not there";
  EXPECT_FALSE(page->captures[0].status);
}

TEST(ParsePage, TakesDashesForUnknown) {
  const auto page = parse_page(
      header + R"(["com,example)/","20191001012455","http://example.com/","warc/revisit","-","-","-"]])", all);
  const core::Capture& capture = page->captures.at(0);
  EXPECT_TRUE(capture.is_revisit());
  EXPECT_EQ(capture.status, std::nullopt);
  EXPECT_EQ(capture.digest, "");
  EXPECT_EQ(capture.length, std::nullopt);
}

TEST(ParsePage, AcceptsNoRows) {
  EXPECT_EQ(parse_page("[]\n", all)->captures.size(), 0u);
  EXPECT_EQ(parse_page("", all)->captures.size(), 0u);
}

TEST(ParsePage, FindsTheResumeKeyAlsoOnAnEmptyPage) {
  EXPECT_EQ(parse_page(header + row("20020120142510") + R"(,[],["k+/="]])", all)->resume_key, "k+/=");
  EXPECT_EQ(parse_page(R"([[],["key"]])", all)->resume_key, "key");
}

TEST(ParsePage, RepairsMonthZeroAndKeepsTheRawDigits) {
  const auto page = parse_page(header + row("20000012170449") + "]", all);
  EXPECT_EQ(page->captures.at(0).timestamp.digits(), "20001217044900");
  EXPECT_EQ(page->captures.at(0).raw_timestamp, "20000012170449");
}

TEST(ParsePage, DropsAndCountsWhatIsNoCapture) {
  const auto page = parse_page(header + row("20020120142510") + "," + row("20020120256199") + "," + row("x") +
                                   R"(,["only one"],17,)" + row("20030101000000", "mailto:me@example.com") + "," +
                                   row("20030101000000", "http://mailto:me@example.com/") + "," +
                                   row("20030101000000", "http://data:image/png;base64,AAAA") + "," +
                                   row("20030101000000", "some/not/even/url/thing") + "," + row("20060101000000") + "]",
                               {all.url, "2002", "2005"})
                        .value();
  EXPECT_EQ(page.captures.size(), 1u);
  EXPECT_EQ(page.rows, 10u);
  EXPECT_EQ(page.dropped.at("malformed"), 4u);
  EXPECT_EQ(page.dropped.at("not_http"), 4u);
  EXPECT_EQ(page.dropped.at("out_of_range"), 1u);
  EXPECT_THAT(page.warnings.at(0), HasSubstr("20020120256199"));
}

TEST(ParsePage, RefusesWhatIsNotRows) {
  for (const std::string& body :
       {std::string("<html><h1>503 Service Unavailable</h1></html>"), header + row("20020120142510"),
        header + R"(["com,example)/terms","2002012)", std::string("org.archive.util.io.RuntimeIOException"),
        std::string("{}"), std::string(R"([["a","b"],["1","2"]])"), std::string(5000, '[')}) {
    const auto page = parse_page(body, all);
    ASSERT_FALSE(page) << body.substr(0, 100);
    EXPECT_EQ(page.error().code, Errc::bad_cdx);
  }
}

TEST(ReadIndexAnswer, TellsRefusalsApart) {
  const auto code = [](int status, std::string body, decltype(Response::headers) headers = {}) {
    return read_index_answer(Response{status, std::move(headers), std::move(body)}, all).error().code;
  };
  const std::string java =
      "org.archive.util.io.RuntimeIOException: org.archive.wayback.exception.AdministrativeAccessControlException: "
      "Blocked Site Error";
  EXPECT_EQ(code(403, java), Errc::excluded);
  EXPECT_EQ(code(200, java), Errc::excluded);
  EXPECT_EQ(code(403, "", {{"x-archive-wayback-runtime-error", "AdministrativeAccessControlException: Blocked"}}),
            Errc::excluded);
  EXPECT_EQ(code(200, "org.archive.util.io.RuntimeIOException: RobotAccessControlException: Blocked By Robots"),
            Errc::excluded);
  EXPECT_EQ(code(403, "<html>go away</html>"), Errc::rate_limited);
  EXPECT_EQ(code(429, "<html>429</html>"), Errc::rate_limited);
  EXPECT_EQ(code(503, "<html>503</html>"), Errc::http_status);
  EXPECT_EQ(code(504, "<html>504</html>"), Errc::timed_out);
  EXPECT_EQ(code(302, ""), Errc::http_status);
  EXPECT_EQ(code(400, "bad parameter"), Errc::bad_argument);
}

TEST(ReadIndexAnswer, AcceptsPywbsWayToSayNone) {
  const Response response{404, {}, R"({"message": "No Captures found for: example.com"})"};
  EXPECT_EQ(read_index_answer(response, all)->captures.size(), 0u);
}

TEST(DropRepeated, KeepsSiblingsOfOneSecond) {
  const CaptureList parsed =
      parse_page(header + row("20030101000000") + "," + row("20020120142510") + "," + row("20020120142510") + "," +
                     row("20020120142510", "http://example.com/terms") + "]",
                 all)
          ->captures;
  CaptureList captures;
  for (std::size_t n = 0; n < parsed.size(); ++n) {
    core::Capture capture = parsed[n];
    if (n == 2) capture.length = 5000;
    captures.push_back(capture);
  }
  EXPECT_EQ(captures.drop_repeated(), 1u);
  ASSERT_EQ(captures.size(), 3u);
  EXPECT_EQ(captures[0].original, "http://example.com/terms");
  EXPECT_EQ(captures[1].length, 5000);
  EXPECT_EQ(captures[2].raw_timestamp, "20030101000000");
}

}  // namespace
}  // namespace waydiff::crawler
