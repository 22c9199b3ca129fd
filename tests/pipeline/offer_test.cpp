#include "pipeline/offer.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "captures.hpp"
#include "pipeline/redirect_remark.hpp"

namespace waydiff::pipeline {
namespace {

using testing::HasSubstr;

storage::CaptureRow row(storage::Id id, std::string_view digits) {
  storage::CaptureRow out = pending(digits, "A");
  out.id = id;
  out.archive = 1;
  out.capture.urlkey = "com,example)/privacy";
  return out;
}

crawler::Offer offer(std::string_view digits, std::string original = "https://example.com/privacy") {
  return {at(digits).digits(), at(digits), std::move(original)};
}

OfferVerdict judged(const std::vector<storage::CaptureRow>& rows, const crawler::Offer& made,
                    std::string_view every = "all") {
  return judge_offer(rows.front(), made, rows, config::Every::parse(every).value());
}

TEST(Offer, WithinADayIsTakenForAllAndChanges) {
  const auto verdict = judged({row(1, "20180101")}, offer("20180101200000"));
  ASSERT_TRUE(verdict.capture);
  EXPECT_EQ(verdict.capture->raw_timestamp, "20180101200000");
  EXPECT_EQ(verdict.capture->urlkey, "com,example)/privacy");
  EXPECT_EQ(verdict.capture->digest, "");
  EXPECT_TRUE(judged({row(1, "20180101")}, offer("20180101200000"), "changes").capture);
}

TEST(Offer, FartherAwayIsRefusedWithTheDistance) {
  const auto verdict = judged({row(1, "20180101")}, offer("20180105"));
  EXPECT_FALSE(verdict.capture);
  EXPECT_THAT(verdict.cause, HasSubstr("20180105000000 https://example.com/privacy, 4 days later: refused, too far"));
}

TEST(Offer, WithinHalfAPeriodIsTakenForAGrid) {
  EXPECT_TRUE(judged({row(1, "20180101")}, offer("20180501"), "1 year").capture);
  EXPECT_FALSE(judged({row(1, "20180101")}, offer("20180801"), "1 year").capture);
}

TEST(Offer, OfAListedCaptureIsLeftToThePlan) {
  const auto verdict = judged({row(1, "20180101"), row(2, "20180301")}, offer("20180301"));
  EXPECT_FALSE(verdict.capture);
  EXPECT_TRUE(verdict.listed);
  EXPECT_THAT(verdict.cause, HasSubstr("59 days later, which is listed"));
}

TEST(Offer, OfAnotherAddressIsRefused) {
  EXPECT_FALSE(judged({row(1, "20180101")}, offer("20180101100000", "https://example.com/")).capture);
}

TEST(Offer, OfAnOfferIsRefusedSoThatThereAreNoRings) {
  storage::CaptureRow first = row(2, "20180101100000");
  first.offered = "20180101000000 https://example.com/privacy";
  const auto verdict = judged({row(1, "20180101"), first}, offer("20180101120000"));
  EXPECT_FALSE(verdict.capture);
  EXPECT_THAT(verdict.cause, HasSubstr("itself given in place of another"));
}

std::string remark(std::string_view to) {
  return redirect_remark("https://www.example.com/privacy", to);
}

TEST(RedirectRemark, NamesWhereSitesSendWhatIsGone) {
  EXPECT_EQ(remark("https://example.com/"), "redirects to the home page, https://example.com/");
  EXPECT_EQ(remark("https://example.com/en-us"), "redirects to the home page, https://example.com/en-us");
  EXPECT_EQ(remark("https://other.example/index.html"), "redirects to a home page, https://other.example/index.html");
  EXPECT_EQ(remark("https://example.com/account/login?next=/privacy"),
            "redirects to a log-in page, https://example.com/account/login?next=/privacy");
  EXPECT_EQ(remark("https://example.com/errors/404.html"),
            "redirects to an error page, https://example.com/errors/404.html");
}

TEST(RedirectRemark, NamesLoopsAndOtherSpellings) {
  EXPECT_EQ(remark("https://www.example.com/privacy"), "redirects to itself");
  EXPECT_EQ(remark("http://example.com/privacy/"),
            "redirects to another spelling of its address, http://example.com/privacy/");
  EXPECT_EQ(remark(""), "redirects without saying where to");
}

TEST(RedirectRemark, HasNothingToSayOfAMove) {
  EXPECT_EQ(remark("https://example.com/legal/privacy"), "");
  EXPECT_EQ(remark("https://example.com/loginsights"), "");
}

}  // namespace
}  // namespace waydiff::pipeline
