#include "extract/verdict.hpp"

#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

core::Quarantine reason(std::string_view html) {
  return document_of(html).verdict.reason;
}

TEST(Verdict, TakesAShortPolicyForGood) {
  EXPECT_EQ(reason("<h1>Terms</h1><p>The terms, one second after the redirect.</p>"), core::Quarantine::none);
}

TEST(Verdict, KnowsPagesThatAreNot) {
  EXPECT_EQ(reason(""), core::Quarantine::empty);
  EXPECT_EQ(reason("<title>Oops</title><h1>Page not found</h1><p>Sorry about that.</p>"), core::Quarantine::soft_404);
  EXPECT_EQ(reason("<title>Just a moment...</title><p>Checking your browser before you go on.</p>"),
            core::Quarantine::block_page);
  EXPECT_EQ(reason("<p>This domain is for sale. Buy this domain now.</p>"), core::Quarantine::parked);
}

TEST(Verdict, KnowsPagesThatForwardTheReader) {
  const core::Verdict verdict = document_of(
                                    "<head><meta http-equiv=Refresh content=\"0; URL='/en/terms'\"></head>"
                                    "<body><p>You should be redirected, if not <a href=/en/terms>click</a>.")
                                    .verdict;
  EXPECT_EQ(verdict.reason, core::Quarantine::redirect);
  EXPECT_EQ(verdict.detail, "forwards to https://example.org/en/terms");
}

std::string long_page(std::string_view heading, std::string_view sentence) {
  std::string html = "<h1>" + std::string(heading) + "</h1>";
  for (int i = 0; i < 40; ++i) html += "<p>" + std::string(sentence) + "</p>";
  return html;
}

TEST(Verdict, KnowsALongPageThatIsNoPolicy) {
  constexpr std::string_view advertisement =
      "Come and meet people near you at one of our evenings, for dinner or a walk.";
  EXPECT_EQ(reason(long_page("Find someone today!", advertisement)), core::Quarantine::not_a_policy);
  EXPECT_EQ(reason(long_page("House rules", advertisement)), core::Quarantine::none);
  EXPECT_EQ(reason(long_page("Welcome", "When you come to dinner, we collect the name that you give us at the door.")),
            core::Quarantine::none);
}

TEST(Verdict, KnowsAPageThatWasCutOff) {
  const std::string policy =
      "<html><body><div><h1>Terms</h1><p>You agree to these terms when you use our services.</p>";
  EXPECT_EQ(reason(policy + "<div class=\"fo"), core::Quarantine::truncated);
  EXPECT_EQ(
      reason(policy + "<p>To the extent permitted by law, our liability to you is limited to the amount that you"),
      core::Quarantine::truncated);
  EXPECT_EQ(reason(policy + "<p>Last changed on 3 May 1999 by the owner of this site in the town of Leeds, England"),
            core::Quarantine::none);
  EXPECT_EQ(reason(policy + "</body></html>"), core::Quarantine::none);
}

}  // namespace
}  // namespace waydiff::extract
