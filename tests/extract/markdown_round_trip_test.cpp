// What is written as Markdown reads back to the same blocks: over random documents made of what Markdown finds special,
// and over every page of the corpora.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "extract/extract.hpp"
#include "extract/inline_text.hpp"
#include "extract/render.hpp"

namespace waydiff::extract {
namespace {

using core::Block;
using core::BlockKind;
using core::Inline;

/// Text, links and places of a block without its marks: what may never change.
std::string words_of(const Block& block) {
  std::string shown = std::to_string(static_cast<int>(block.kind)) + "/" + std::to_string(block.level) + "/" +
                      std::to_string(block.number) + (block.header ? "h" : "") + (block.quoted ? "q" : "");
  const auto add = [&](const std::vector<Inline>& runs) {
    std::string href;
    for (const Inline& run : runs) {
      if (run.href != href) shown += "<" + run.href + ">";
      href = run.href;
      shown += run.text;
    }
    if (!href.empty()) shown += "<>";
  };
  shown += " ";
  add(block.runs);
  for (const auto& cell : block.cells) {
    shown += " | ";
    add(cell);
  }
  return shown;
}

/// A document of the kinds of blocks and runs that pages yield, from a seed.
class RandomDocument {
 public:
  explicit RandomDocument(unsigned seed) : random_(seed) {}

  core::Document make() {
    core::Document document;
    int level = 0;
    int table = 0;
    const unsigned blocks = 1 + below(8);
    for (unsigned i = 0; i < blocks; ++i) {
      Block block;
      switch (below(6)) {
        case 0:
          block.kind = BlockKind::heading;
          block.level = static_cast<int>(2 + below(4));
          block.runs = line(false);
          level = 0;
          break;
        case 1:
        case 2:
          block.kind = BlockKind::list_item;
          level = 1 + static_cast<int>(below(static_cast<unsigned>(level) + 1));
          block.level = level;
          block.ordered = below(2) == 0;
          block.number = block.ordered ? static_cast<int>(below(120)) : 0;
          block.runs = line(true);
          break;
        case 3:
          ++table;
          add_table(document, table);
          level = 0;
          continue;
        default:
          block.runs = line(true);
          level = 0;
      }
      if (!block.runs.empty()) document.blocks.push_back(std::move(block));
    }
    return document;
  }

 private:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  void add_table(core::Document& document, int number) {
    const unsigned columns = 2 + below(3);
    for (unsigned row = 0; row < 2 + below(3); ++row) {
      Block block;
      block.kind = BlockKind::table_row;
      block.number = number;
      block.header = row == 0;
      for (unsigned i = 0; i < columns; ++i) block.cells.push_back(tidy_line(line(false)));
      if (std::all_of(block.cells.begin(), block.cells.end(), [](const auto& cell) { return cell.empty(); })) continue;
      document.blocks.push_back(std::move(block));
    }
  }

  std::vector<Inline> line(bool breaks) {
    static constexpr std::array<std::string_view, 44> pieces{
        "word",  "a",     "We may", "1.",    "2)", "#",    "##",     "-",    "+",     "*",   "**",
        "_",     "__",    "`",      "``",    "[",  "]",    "](",     "(b)",  "<b>",   "<",   ">",
        "&",     "&amp;", "\\",     "\\*",   "|",  "~~~",  "~~",     "!",    "![",    "===", "---",
        "* * *", ":",     ".",      "http:", "”",  "個人", "snake_", "case", "| - |", "$",   "\\|"};
    std::vector<Inline> runs;
    for (unsigned i = 0; i < 1 + below(6); ++i) {
      Inline run;
      for (unsigned k = 0; k < 1 + below(4); ++k) {
        run.text += pieces[below(pieces.size())];
        if (below(2) == 0) run.text += " ";
        if (breaks && below(12) == 0) run.text += "\n";
      }
      const unsigned marks = below(10);
      run.strong = marks == 1 || marks == 3;
      run.emphasis = marks == 2 || marks == 3;
      run.code = marks == 4;
      if (below(4) == 0) run.href = below(2) == 0 ? "https://example.org/a_(b)" : "https://example.org/?q=[x]|*y*";
      runs.push_back(std::move(run));
    }
    auto paragraphs = tidy_paragraphs(runs);
    return paragraphs.empty() ? std::vector<Inline>() : paragraphs.front();
  }

  std::mt19937 random_;
};

TEST(MarkdownRoundTrip, KeepsTheWordsOfRandomDocuments) {
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    const core::Document document = RandomDocument(seed).make();
    const std::string markdown = to_markdown(document);
    const core::Document back = read_markdown(markdown);
    ASSERT_EQ(back.blocks.size(), document.blocks.size()) << "seed " << seed << "\n" << markdown;
    for (std::size_t i = 0; i < back.blocks.size(); ++i) {
      ASSERT_EQ(words_of(back.blocks[i]), words_of(document.blocks[i])) << "seed " << seed << "\n" << markdown;
    }
  }
}

TEST(MarkdownRoundTrip, KeepsTheBlocksOfEveryCorpusPage) {
  const std::filesystem::path corpora = std::filesystem::path(WAYDIFF_SHARED_DIR) / "corpus";
  if (!std::filesystem::is_directory(corpora)) GTEST_SKIP() << corpora << " is absent";
  for (const char* const name : {"ota", "princeton", "hard"}) {
    for (const auto& entry : std::filesystem::directory_iterator(corpora / name)) {
      if (entry.path().extension() != ".html") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string html{std::istreambuf_iterator<char>(in), {}};
      const auto document = extract(html, Page{"https://example.org/legal/terms", "text/html"});
      ASSERT_TRUE(document.has_value()) << entry.path();
      core::Document untitled = *document;
      untitled.title.clear();  // a heading that repeats it is not written
      const core::Document back = read_markdown(to_markdown(untitled));
      ASSERT_EQ(back.blocks.size(), document->blocks.size()) << entry.path();
      for (std::size_t i = 0; i < back.blocks.size(); ++i) {
        EXPECT_EQ(words_of(back.blocks[i]), words_of(document->blocks[i])) << entry.path();
      }
    }
  }
}

}  // namespace
}  // namespace waydiff::extract
