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

}  // namespace
}  // namespace waydiff::extract
