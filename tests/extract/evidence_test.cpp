#include "extract/evidence.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

core::Document text(std::string_view markdown) {
  return read_markdown(markdown);
}

std::string cleaned(std::string_view markdown, const Evidence& evidence) {
  return to_markdown(without_clutter(text(markdown), evidence));
}

constexpr std::string_view policy =
    "## Privacy\n\nWe collect the data that you give us when you register.\n\nWe delete it when you leave us, and tell "
    "nobody.\n";

TEST(Evidence, DropsMenusThatStandOnAnotherPage) {
  Evidence evidence;
  evidence.add_page(text("## Welcome\n\n[Shop](http://a.example/shop)\n\n[Blog](http://a.example/blog)\n"),
                    Evidence::Role::other);
  EXPECT_EQ(
      cleaned(std::string(policy) + "\n[Shop](http://a.example/shop)\n\n[Blog](http://a.example/blog)\n", evidence),
      policy);
}

TEST(Evidence, KeepsProseThatTwoPoliciesShare) {
  Evidence evidence;
  evidence.add_page(text(policy), Evidence::Role::policy);
  evidence.add_page(text(policy), Evidence::Role::other);
  EXPECT_EQ(cleaned(policy, evidence), policy);
}

TEST(Evidence, KeepsTheAddressThatClosesAllPolicies) {
  const std::string page =
      std::string(policy) + "\nTern Ltd.\n\n4 Quay Street\n\n[us@a.example](mailto:us@a.example)\n";
  Evidence evidence;
  evidence.add_page(text("## Terms\n\nThese are the terms that apply to you.\n\nTern Ltd.\n\n4 Quay Street\n"),
                    Evidence::Role::policy);
  evidence.add_page(text("## Cookies\n\nThese are the cookies that we set.\n\nTern Ltd.\n\n4 Quay Street\n"),
                    Evidence::Role::policy);
  EXPECT_EQ(cleaned(page, evidence), page);
}

TEST(Evidence, DropsLinesOfTheSiteThatItsHomePageHasToo) {
  Evidence evidence;
  evidence.add_page(text("Fresh terns daily\n\nBuy one.\n"), Evidence::Role::other);
  evidence.add_page(text("Fresh terns daily\n\n## Terms\n\nThese are the terms.\n"), Evidence::Role::policy);
  EXPECT_EQ(cleaned("Fresh terns daily\n\n" + std::string(policy), evidence), policy);
}

TEST(Evidence, DropsWhatVariesOnEveryCapture) {
  Evidence evidence;
  for (const char* const line : {"You are visitor 12345", "You are visitor 12399", "You are visitor 13001"}) {
    evidence.add_capture(text(std::string(policy) + "\n" + line + "\n"));
  }
  EXPECT_EQ(cleaned(std::string(policy) + "\nYou are visitor 13002\n", evidence), policy);
}

TEST(Evidence, DropsTheDateOfTheDay) {
  Evidence evidence;
  for (const char* const line : {"Friday, May 3, 2019", "Monday, June 10, 2019", "Sunday, January 5, 2020"}) {
    evidence.add_capture(text(std::string(line) + " on this page\n\n" + std::string(policy)));
  }
  EXPECT_EQ(cleaned("Sunday, January 5, 2020 on this page\n\n" + std::string(policy), evidence), policy);
}

TEST(Evidence, KeepsANumberThatChangesWithTheText) {
  Evidence evidence;
  const auto capture = [](std::string_view days, std::string_view rest) {
    return "## Privacy\n\nWe keep it for " + std::string(days) + " days.\n\nWe collect the data that you give us" +
           std::string(rest) + ".\n";
  };
  evidence.add_capture(text(capture("30", "")));
  evidence.add_capture(text(capture("60", " when you register")));
  evidence.add_capture(text(capture("90", " when you register or call")));
  evidence.add_capture(text(capture("90", " when you register or call")));
  const std::string page = capture("90", " when you register or call");
  EXPECT_EQ(cleaned(page, evidence), page);
}

TEST(Evidence, KeepsTheDateTheDocumentStates) {
  Evidence evidence;
  for (const char* const line :
       {"Last updated: 3 May 2019", "Last updated: 10 June 2019", "Last updated: 5 July 2019"}) {
    evidence.add_capture(text(std::string(line) + "\n\n" + std::string(policy)));
  }
  core::Document page = text("Last updated: 5 July 2019\n\n" + std::string(policy));
  page.dates.push_back({"updated", "2019-07-05", "Last updated: 5 July 2019"});
  EXPECT_EQ(without_clutter(page, evidence).blocks, page.blocks);
}

TEST(Evidence, GivesTheSameTextInWhateverOrderItCame) {
  std::array<std::string, 4> captures;
  for (std::size_t i = 0; i < captures.size(); ++i) {
    captures[i] = std::string(policy) + "\nToken a" + std::to_string(i) + "f\n";
  }
  std::array<std::size_t, 4> order{0, 1, 2, 3};
  do {
    Evidence evidence;
    for (const std::size_t i : order) evidence.add_capture(text(captures[i]));
    ASSERT_EQ(cleaned(captures[0], evidence), policy);
  } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace
}  // namespace waydiff::extract
