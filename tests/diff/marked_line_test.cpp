#include "diff/marked_line.hpp"

#include <gtest/gtest.h>

namespace waydiff::diff {
namespace {

using core::Inline;
using Runs = std::vector<Inline>;

Inline plain(const std::string& text) {
  return {text, false, false, false, {}};
}
Inline strong(const std::string& text) {
  return {text, true, false, false, {}};
}
Inline emphasis(const std::string& text) {
  return {text, false, true, false, {}};
}
Inline link(const std::string& text, const std::string& href) {
  return {text, false, false, false, href};
}

class MarkedLines : public testing::Test {
 protected:
  std::string_view read(const Runs& runs) {
    line_.read(runs);
    return line_.text();
  }
  std::string_view markup() { return line_.markup(0, line_.text().size()); }

  std::pmr::monotonic_buffer_resource memory_;
  MarkedLine line_{memory_};
};

TEST_F(MarkedLines, LookAtWordsThatStandAsTheyAre) {
  const Runs runs = {plain("We keep it.")};
  EXPECT_EQ(read(runs).data(), runs.front().text.data());
  EXPECT_EQ(markup().data(), runs.front().text.data());
}

TEST_F(MarkedLines, CollapseSpacesAndRememberBreaks) {
  const Runs runs = {plain(" We  keep\tit.\n"), plain("For long. ")};
  EXPECT_EQ(read(runs), "We keep it. For long.");
  EXPECT_EQ(line_.breaks(), std::vector<std::size_t>{12});
}

TEST_F(MarkedLines, WriteMarksAroundWords) {
  const Runs runs = {plain("We "), strong("keep "), link("it", "https://a.example/")};
  EXPECT_EQ(read(runs), "We keep it");
  EXPECT_EQ(markup(), "We **keep** [it](https://a.example/)");
  EXPECT_EQ(line_.markup(3, 7), "**keep**");
}

TEST_F(MarkedLines, EscapeWhatWouldBeAMark) {
  const Runs runs = {plain("a*b [c] d_e `f` \\")};
  read(runs);
  EXPECT_EQ(markup(), R"(a\*b \[c\] d\_e \`f\` \\)");
}

TEST_F(MarkedLines, KeepTheTextsOfFormerLines) {
  const Runs first = {plain("one  "), plain("two")};
  const Runs second = {plain("three "), plain("four")};
  const std::string_view kept = read(first);
  EXPECT_EQ(read(second), "three four");
  EXPECT_EQ(kept, "one two");
}

TEST_F(MarkedLines, PutBarsBetweenCells) {
  const std::vector<Runs> cells = {{plain("Name")}, {}, {emphasis("Use")}};
  line_.read_row(cells);
  EXPECT_EQ(line_.text(), "Name | | Use");
  EXPECT_EQ(markup(), "Name | | _Use_");
}

}  // namespace
}  // namespace waydiff::diff
