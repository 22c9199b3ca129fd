// Milliseconds of clauses and comparison for policies from 10 KB to 1 MB with 5 % of their sentences changed, and for
// two unrelated ones. The texts are made here, from a seed.
// usage: diff_bench [benchmark options]
//        diff_bench --write FOLDER     writes the pairs as KB.old.md, KB.new.md, for timing whole processes

#include <benchmark/benchmark.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "diff/compare.hpp"
#include "diff/segmentation.hpp"
#include "extract/extract.hpp"

namespace {

using namespace waydiff;

constexpr std::array sizes = {10, 50, 100, 250, 500, 1000};  // KB

/// Sentences, headings and lists of made-up words: a few that are everywhere and many that are rare, as in real text.
class Policy {
 public:
  Policy(unsigned seed, std::size_t bytes) : random_(seed) {
    while (size_ < bytes) {
      lines_.push_back({below(14) == 0 ? "## " : below(4) == 0 ? "  * " : "", {}});
      const std::size_t sentences = lines_.back().mark.empty() ? 1 + below(6) : 1;
      for (std::size_t i = 0; i < sentences; ++i) {
        lines_.back().sentences.push_back(sentence(lines_.back().mark == "## " ? 4 : 8 + below(24)));
        size_ += lines_.back().sentences.back().size() + 2;
      }
    }
  }

  /// Every twentieth sentence reworded, taken out or followed by a new one.
  void change() {
    for (Line& line : lines_) {
      for (std::size_t i = 0; i < line.sentences.size(); ++i) {
        if (below(20) != 0) continue;
        switch (below(4)) {
          case 0:
            line.sentences[i] = sentence(12);
            break;
          case 1:
            line.sentences.insert(line.sentences.begin() + static_cast<std::ptrdiff_t>(i), sentence(16));
            ++i;
            break;
          default:
            line.sentences[i].insert(line.sentences[i].find(' '), " " + word());
        }
      }
    }
  }

  [[nodiscard]] std::string markdown() const {
    std::string text = "# Policy\n\n";
    for (const Line& line : lines_) {
      text += line.mark;
      for (std::size_t i = 0; i < line.sentences.size(); ++i) text += (i > 0 ? " " : "") + line.sentences[i];
      text += line.mark == "  * " ? "\n" : "\n\n";
    }
    return text;
  }

 private:
  struct Line {
    std::string mark;
    std::vector<std::string> sentences;
  };

  std::size_t below(std::size_t n) { return random_() % n; }

  std::string word() {
    static constexpr std::array syllables = {"ba",  "re", "mi",  "to", "sun", "ka",
                                             "ler", "di", "pol", "ve", "an",  "gor"};
    // the smaller of three draws: low numbers are common
    const std::size_t number = std::min({below(3000), below(3000), below(3000)});
    std::string made = syllables[number % syllables.size()];
    for (std::size_t rest = number / syllables.size(); rest > 0; rest /= syllables.size()) {
      made += syllables[rest % syllables.size()];
    }
    return made;
  }

  std::string sentence(std::size_t words) {
    std::string text = word();
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
    for (std::size_t i = 1; i < words; ++i) text += (below(12) == 0 ? ", " : " ") + word();
    return text + (words > 4 ? "." : "");
  }

  std::minstd_rand random_;
  std::vector<Line> lines_;
  std::size_t size_ = 0;
};

struct Pair {
  std::string before, after;
};

Pair similar(std::size_t kilobytes) {
  Policy policy(7, kilobytes * 1000);
  Pair pair{policy.markdown(), {}};
  policy.change();
  pair.after = policy.markdown();
  return pair;
}

void cut(benchmark::State& state, const core::Document& document) {
  for ([[maybe_unused]] const auto& round : state) benchmark::DoNotOptimize(diff::clauses(document).size());
}

void compare(benchmark::State& state, const core::Document& before, const core::Document& after) {
  const auto old_clauses = diff::clauses(before), new_clauses = diff::clauses(after);
  std::size_t changes = 0;
  for ([[maybe_unused]] const auto& round : state) changes = diff::compare(old_clauses, new_clauses).changes.size();
  state.counters["clauses"] = static_cast<double>(new_clauses.size());
  state.counters["changes"] = static_cast<double>(changes);
}

void whole(benchmark::State& state, const core::Document& before, const core::Document& after) {
  for ([[maybe_unused]] const auto& round : state) {
    const diff::SegmentedPair both(before, after);
    benchmark::DoNotOptimize(diff::compare(both.before(), both.after()).changes.size());
  }
}

int write(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  for (const int size : sizes) {
    const Pair pair = similar(static_cast<std::size_t>(size));
    std::ofstream(folder / (std::to_string(size) + ".old.md"), std::ios::binary) << pair.before;
    std::ofstream out(folder / (std::to_string(size) + ".new.md"), std::ios::binary);
    out << pair.after;
    if (!out.flush()) {
      std::cerr << folder.string() << ": cannot be written\n";
      return 1;
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--write") return write(argv[2]);
  benchmark::Initialize(&argc, argv);
  const auto add = [](const std::string& name, const auto& work) {
    benchmark::RegisterBenchmark(name.c_str(), work)->Unit(benchmark::kMillisecond);
  };
  for (const int size : sizes) {
    const Pair pair = similar(static_cast<std::size_t>(size));
    const auto before = extract::read_markdown(pair.before);
    const auto after = extract::read_markdown(pair.after);
    const std::string name = "/" + std::to_string(size) + "KB";
    add("clauses" + name, [=](benchmark::State& state) { cut(state, after); });
    add("compare" + name, [=](benchmark::State& state) { compare(state, before, after); });
    add("clauses_of_both_and_compare" + name, [=](benchmark::State& state) { whole(state, before, after); });
  }
  const auto left = extract::read_markdown(Policy(1, 1000000).markdown());
  const auto right = extract::read_markdown(Policy(2, 1000000).markdown());
  add("compare_unrelated/1000KB", [=](benchmark::State& state) { compare(state, left, right); });
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
