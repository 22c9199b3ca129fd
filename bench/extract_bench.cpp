// Milliseconds per page of `extract`, and how much of it is gumbo's own parsing, over a folder of real pages.
// usage: extract_bench [benchmark options] [FOLDER]   (default: ../shared/corpus/ota)

#include <benchmark/benchmark.h>
#include <gumbo.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "extract/extract.hpp"
#include "extract/html_tree.hpp"
#include "extract/render.hpp"
#include "extract/tag_scan.hpp"

namespace {

using namespace waydiff;

std::vector<std::string> pages_of(const std::filesystem::path& folder) {
  std::vector<std::string> pages;
  if (!std::filesystem::is_directory(folder)) return pages;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    pages.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return pages;
}

/// Each round goes over all pages; "per_page" is seconds a page.
template <class Work>
void over(benchmark::State& state, const std::vector<std::string>& pages, const Work& work) {
  std::size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  for ([[maybe_unused]] const auto& round : state) {
    for (const std::string& page : pages) work(page);
  }
  const auto rounds = static_cast<std::int64_t>(state.iterations());
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes));
  state.counters["per_page"] = benchmark::Counter(static_cast<double>(rounds) * static_cast<double>(pages.size()),
                                                  benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void parse_alone(const std::string& page) {
  GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
  benchmark::DoNotOptimize(output->root);
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}

/// As `extract` does it: the scan has taken out scripts and styles, gumbo builds into an arena.
void scan_and_parse(const std::string& page) {
  benchmark::DoNotOptimize(extract::HtmlTree::parse(extract::scan_tags(page, 512).html).size());
}

void scan(const std::string& page) {
  benchmark::DoNotOptimize(extract::scan_tags(page, 512).html.size());
}

void whole(const std::string& page) {
  const auto document = extract::extract(page, {"https://example.com/policy", "text/html"});
  benchmark::DoNotOptimize(document.has_value());
}

void whole_to_markdown(const std::string& page) {
  const auto document = extract::extract(page, {"https://example.com/policy", "text/html"});
  if (document) benchmark::DoNotOptimize(extract::to_markdown(*document).size());
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const std::filesystem::path folder = argc > 1 ? argv[1] : WAYDIFF_SHARED_DIR "/corpus/ota";
  static const std::vector<std::string> pages = pages_of(folder);
  if (pages.empty()) {
    std::cerr << folder.string() << ": no .html pages there; name a folder of pages\n";
    return 2;
  }
  std::cout << pages.size() << " pages of " << folder.string() << "\n";
  const auto add = [](const char* name, void (*work)(const std::string&)) {
    benchmark::RegisterBenchmark(name, [work](benchmark::State& state) {
      over(state, pages, work);
    })->Unit(benchmark::kMillisecond);
  };
  add("gumbo/own_parse", &parse_alone);
  add("scan", &scan);
  add("scan_and_parse", &scan_and_parse);
  add("extract", &whole);
  add("extract_to_markdown", &whole_to_markdown);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
