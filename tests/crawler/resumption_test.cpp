#include "crawler/resumption.hpp"

#include <gtest/gtest.h>

namespace waydiff::crawler {
namespace {

constexpr const char* date = "Fri, 24 Nov 2017 15:13:15 GMT";

Response cut(std::string body, std::string length = "10") {
  return {
      200,
      {{"memento-datetime", date}, {"content-length", std::move(length)}, {"accept-ranges", "bytes"}, {"etag", "e"}},
      std::move(body)};
}

Response rest(std::string range, std::string body) {
  return {206, {{"memento-datetime", date}, {"content-range", std::move(range)}, {"etag", "e"}}, std::move(body)};
}

TEST(Resumption, PutsTheRestToWhatIsThere) {
  Resumption resumption;
  EXPECT_EQ(resumption.range(), "");
  resumption.keep(cut("0123"));
  EXPECT_EQ(resumption.range(), "4-");
  resumption.keep(rest("bytes 4-9/10", "45"));
  EXPECT_EQ(resumption.range(), "6-");
  Response answer = rest("bytes 6-9/10", "6789");
  ASSERT_TRUE(resumption.complete(answer));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "0123456789");
  EXPECT_EQ(resumption.range(), "");
}

TEST(Resumption, KeepsNothingThatCannotBeContinued) {
  for (const char* lacking : {"memento-datetime", "content-length", "accept-ranges"}) {
    Response response = cut("0123");
    std::erase_if(response.headers, [&](const auto& header) { return header.first == lacking; });
    Resumption resumption;
    resumption.keep(std::move(response));
    EXPECT_EQ(resumption.range(), "") << lacking;
  }
  Response coded = cut("0123");
  coded.headers.emplace_back("content-encoding", "gzip");
  Resumption resumption;
  resumption.keep(std::move(coded));
  resumption.keep({});
  EXPECT_EQ(resumption.range(), "");
}

TEST(Resumption, DoesNotMixTwoAnswers) {
  for (Response answer : {rest("bytes 5-9/10", "56789"), rest("bytes 4-11/12", "456789ab"), [] {
                            Response other = rest("bytes 4-9/10", "456789");
                            other.headers[0].second = "Sat, 25 Nov 2017 15:13:15 GMT";
                            return other;
                          }()}) {
    Resumption resumption;
    resumption.keep(cut("0123"));
    EXPECT_FALSE(resumption.complete(answer));
    EXPECT_EQ(resumption.range(), "") << "all is asked for again";
  }
}

TEST(Resumption, LeavesOtherAnswersAlone) {
  Resumption resumption;
  resumption.keep(cut("0123"));
  Response limited{429, {}, "slow down"};
  EXPECT_TRUE(resumption.complete(limited));
  EXPECT_EQ(resumption.range(), "4-") << "it may go on later";
  Response whole{200, {{"memento-datetime", date}}, "0123456789"};
  EXPECT_TRUE(resumption.complete(whole));
  EXPECT_EQ(resumption.range(), "");
}

}  // namespace
}  // namespace waydiff::crawler
