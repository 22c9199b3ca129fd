#include "extract/evidence.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

core::Document text(std::string_view markdown) {
  return read_markdown(markdown);
}

std::string cleaned(std::string_view markdown, const Evidence& evidence) {
  core::Document document = text(markdown);
  static_cast<void>(take_clutter(document, evidence));
  return to_markdown(document);
}

/// Adds texts, one a day from 2019 on, or one every `days`.
template <class Texts>
void add_daily(Evidence& evidence, const Texts& texts, int days = 1) {
  std::chrono::sys_days day = std::chrono::year(2019) / 1 / 1;
  for (const auto& one : texts) {
    const core::Timestamp time{day};
    evidence.add_text(text(one), std::span(&time, 1));
    day += std::chrono::days(days);
  }
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

std::vector<std::string> with_lines(std::initializer_list<std::string_view> lines) {
  std::vector<std::string> out;
  for (const std::string_view line : lines) out.push_back(std::string(policy) + "\n" + std::string(line) + "\n");
  return out;
}

TEST(Evidence, DropsWhatVariesOnEveryCapture) {
  Evidence evidence;
  add_daily(evidence, with_lines({"You are visitor 12345", "You are visitor 12399", "You are visitor 13001"}));
  EXPECT_EQ(cleaned(std::string(policy) + "\nYou are visitor 13002\n", evidence), policy);
}

TEST(Evidence, SaysWhatItTookAndWhy) {
  Evidence evidence;
  add_daily(evidence, with_lines({"You are visitor 12345", "You are visitor 12399", "You are visitor 13001"}));
  core::Document page = text(std::string(policy) + "\nYou are visitor 13002\n");
  const auto taken = take_clutter(page, evidence);
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].text, "You are visitor 13002");
  EXPECT_EQ(name(taken[0].why), "varies_always");
  ASSERT_EQ(page.notes.size(), 1u);
}

TEST(Evidence, KeepsATermThatChangesFromYearToYear) {
  Evidence evidence;
  const auto pages = with_lines({"Version 12", "Version 13", "Version 14", "Version 15"});
  add_daily(evidence, pages, 180);
  EXPECT_EQ(cleaned(pages.front(), evidence), pages.front());
}

TEST(Evidence, DropsWhatHasVariedOnEightCapturesHoweverFarApart) {
  Evidence evidence;
  add_daily(
      evidence,
      with_lines({"Hits: 10", "Hits: 23", "Hits: 31", "Hits: 49", "Hits: 55", "Hits: 60", "Hits: 71", "Hits: 88"}),
      180);
  EXPECT_EQ(cleaned(std::string(policy) + "\nHits: 99\n", evidence), policy);
}

TEST(Evidence, KeepsANumberThatLasted) {
  Evidence evidence;
  const auto pages = with_lines({"Fee: 10 EUR", "Fee: 12 EUR", "Fee: 15 EUR", "Fee: 10 EUR"});
  add_daily(evidence, pages, 3);
  EXPECT_EQ(cleaned(pages.front(), evidence), pages.front()) << "10 came back";
}

TEST(Evidence, DropsTheDateOfTheDay) {
  Evidence evidence;
  std::vector<std::string> pages;
  for (const char* const line : {"Friday, May 3, 2019", "Monday, May 6, 2019", "Thursday, May 9, 2019"}) {
    pages.push_back(std::string(line) + " on this page\n\n" + std::string(policy));
  }
  add_daily(evidence, pages, 3);
  EXPECT_EQ(cleaned("Sunday, January 5, 2020 on this page\n\n" + std::string(policy), evidence), policy);
}

TEST(Evidence, KeepsANumberThatChangesWithTheText) {
  Evidence evidence;
  const auto capture = [](std::string_view days, std::string_view rest) {
    return "## Privacy\n\nWe keep it for " + std::string(days) + " days.\n\nWe collect the data that you give us" +
           std::string(rest) + ".\n";
  };
  const std::string page = capture("90", " when you register or call");
  add_daily(evidence, std::vector{capture("30", ""), capture("60", " when you register"), page});
  EXPECT_EQ(cleaned(page, evidence), page);
}

TEST(Evidence, KeepsTheDateTheDocumentStates) {
  Evidence evidence;
  std::vector<std::string> pages;
  for (const char* const line :
       {"Last updated: 3 May 2019", "Last updated: 10 May 2019", "Last updated: 15 May 2019"}) {
    pages.push_back(std::string(line) + "\n\n" + std::string(policy));
  }
  add_daily(evidence, pages);
  core::Document page = text(pages.back());
  page.dates.push_back({"updated", "2019-05-15", "Last updated: 15 May 2019"});
  const auto blocks = page.blocks;
  EXPECT_TRUE(take_clutter(page, evidence).empty());
  EXPECT_EQ(page.blocks, blocks);
}

TEST(Evidence, GivesTheSameTextInWhateverOrderItCame) {
  std::array<std::string, 4> captures;
  for (std::size_t i = 0; i < captures.size(); ++i) {
    captures[i] = std::string(policy) + "\nToken a" + std::to_string(i) + "f\n";
  }
  std::array<std::size_t, 4> order{0, 1, 2, 3};
  do {
    Evidence evidence;
    for (const std::size_t i : order) {
      const core::Timestamp time{std::chrono::sys_days(std::chrono::year(2019) / 1 / 1) +
                                 std::chrono::days(static_cast<int>(i))};
      evidence.add_text(text(captures[i]), std::span(&time, 1));
    }
    ASSERT_EQ(cleaned(captures[0], evidence), policy);
  } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace
}  // namespace waydiff::extract
