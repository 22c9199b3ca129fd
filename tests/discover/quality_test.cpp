#include <gtest/gtest.h>

#include <iostream>

#include "core/url.hpp"
#include "crawler/policy_links.hpp"
#include "extract/page_links.hpp"
#include "labelled_pages.hpp"

namespace waydiff::test {
namespace {

/// The address that the ranking chooses; empty when nothing is good enough.
std::string chosen(const LabelledQuestion& question) {
  const auto links = extract::page_links(question.html, {question.url, "text/html; charset=utf-8"});
  if (!links) return links.error().detail;
  const auto ranked = crawler::rank_policy_links(*links, question.kind);
  return ranked.empty() || ranked.front().score < crawler::good_enough ? std::string() : ranked.front().url;
}

/// The share of questions answered rightly; the wrong answers are printed.
double share_right(const std::string& name) {
  const auto questions = labelled_questions(std::string(WAYDIFF_SOURCE_DIR) + "/tests/discover/" + name);
  std::size_t right = 0;
  for (const LabelledQuestion& question : questions) {
    const std::string got = chosen(question);
    if (core::url_key(got) == core::url_key(question.wanted)) {
      ++right;
    } else {
      std::cout << "  " << question.page << ", " << question.kind << ": wanted \"" << question.wanted << "\", got \""
                << got << "\"\n";
    }
  }
  std::cout << name << ": " << right << " of " << questions.size() << " right\n";
  return questions.empty() ? 0 : static_cast<double>(right) / static_cast<double>(questions.size());
}

TEST(DiscoverQuality, FindsTheDocumentOnThePagesItWasTunedOn) {
  EXPECT_GE(share_right("tuned.pages"), 0.95);
}

TEST(DiscoverQuality, FindsTheDocumentOnPagesItHasNeverSeen) {
  EXPECT_GE(share_right("held_out.pages"), 0.95);
}

}  // namespace
}  // namespace waydiff::test
