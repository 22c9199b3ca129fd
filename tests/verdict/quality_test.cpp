// How well verdicts tell policies from what stands in for them, on labelled pages and on the policies of the corpora.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "extract/extract.hpp"
#include "labelled_pages.hpp"

namespace waydiff {
namespace {

struct Tally {
  int policies = 0, policies_good = 0;  ///< is a policy; and called good
  int others = 0, others_good = 0;
  int named_right = 0;  ///< others, quarantined for the right reason
  std::map<std::string, int> confusion;

  [[nodiscard]] double precision() const { return 1.0 * policies_good / std::max(1, policies_good + others_good); }
  [[nodiscard]] double recall() const { return 1.0 * policies_good / std::max(1, policies); }
  void print(const std::string& what) const {
    std::cout << what << ": " << policies_good << " of " << policies << " policies and " << others_good << " of "
              << others << " other pages are good; precision " << precision() << ", recall " << recall() << "; "
              << named_right << " of " << others << " others have the right reason\n";
    for (const auto& [pair, times] : confusion) std::cout << "  " << pair << ": " << times << "\n";
  }
};

core::Document read(const std::string& html) {
  auto document = extract::extract(html, {"https://www.example.org/legal/page", "text/html"});
  return document ? *document : core::Document();
}

void judge(const std::vector<test::LabelledPage>& pages, bool explain, Tally& tally) {
  for (const test::LabelledPage& page : pages) {
    const core::Verdict verdict = read(page.html).verdict;
    const std::string got(core::name(verdict.reason));
    const bool policy = page.wants.front() == "good";
    const bool right = std::find(page.wants.begin(), page.wants.end(), got) != page.wants.end();
    (policy ? tally.policies : tally.others) += 1;
    if (verdict.good()) (policy ? tally.policies_good : tally.others_good) += 1;
    if (!policy && right) ++tally.named_right;
    if (right) continue;
    ++tally.confusion[page.wants.front() + " taken for " + got];
    if (explain)
      std::cout << "  " << page.title << ": " << got << " " << verdict.score << " " << verdict.detail << "\n";
  }
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<test::LabelledPage> own_pages(const std::string& file) {
  return test::labelled_pages(std::string(WAYDIFF_SOURCE_DIR) + "/tests/verdict/" + file);
}

TEST(VerdictQuality, OfThePagesItWasMadeWith) {
  Tally tally;
  judge(own_pages("tuned.pages"), true, tally);
  tally.print("tuned");
  EXPECT_GE(tally.recall(), 0.98);
  EXPECT_GE(tally.others - tally.others_good, tally.others * 95 / 100);
  EXPECT_GE(tally.named_right, tally.others * 9 / 10);
}

TEST(VerdictQuality, OfPagesKeptAside) {
  Tally tally;
  // What goes wrong here is not shown, so that nobody makes the rules fit it.
  judge(own_pages("held_out.pages"), false, tally);
  tally.print("held out");
  EXPECT_GE(tally.recall(), 0.92);
  EXPECT_GE(tally.others - tally.others_good, tally.others * 85 / 100);
}

TEST(VerdictQuality, OfPoliciesOfTheCorpora) {
  const std::filesystem::path corpus = std::filesystem::path(WAYDIFF_SHARED_DIR) / "corpus";
  if (!std::filesystem::exists(corpus)) GTEST_SKIP() << corpus << " is not there";
  int policies = 0, good = 0;
  for (const char* const folder : {"princeton", "ota", "hard"}) {
    for (const auto& entry : std::filesystem::directory_iterator(corpus / folder)) {
      if (entry.path().extension() != ".html") continue;
      const core::Verdict verdict = read(contents(entry.path())).verdict;
      ++policies;
      good += verdict.good();
      if (!verdict.good() || verdict.score < 0.7) {
        std::cout << "  " << entry.path().filename() << ": " << core::name(verdict.reason) << " " << verdict.score
                  << " " << verdict.detail << "\n";
      }
    }
  }
  // The first text of every document: the later ones are nearly the same.
  std::map<std::filesystem::path, std::filesystem::path> first;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus / "versions")) {
    if (entry.path().extension() != ".md" || entry.path().filename() == "README.md") continue;
    auto [at, is_new] = first.try_emplace(entry.path().parent_path(), entry.path());
    at->second = std::min(at->second, entry.path());
  }
  for (const auto& [folder, file] : first) {
    const auto document = extract::extract(contents(file), {"", "text/markdown"});
    const core::Verdict verdict = document ? document->verdict : core::Verdict();
    ++policies;
    good += verdict.good();
    if (!verdict.good() || verdict.score < 0.7) {
      std::cout << "  " << file.lexically_relative(corpus) << ": " << core::name(verdict.reason) << " " << verdict.score
                << " " << verdict.detail << "\n";
    }
  }
  std::cout << "corpora: " << good << " of " << policies << " policies are good\n";
  EXPECT_GE(good, policies * 98 / 100);
}

}  // namespace
}  // namespace waydiff
