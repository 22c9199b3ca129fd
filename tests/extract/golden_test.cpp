// Whole pages and the files that come of them, in the three forms people keep: Markdown with headings, Markdown whose
// headings are marked paragraphs, plain text. UPDATE_GOLDEN=1 rewrites the expected files.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "extract/extract.hpp"
#include "extract/render.hpp"

namespace waydiff::extract {
namespace {

const std::filesystem::path cases = std::filesystem::path(WAYDIFF_SOURCE_DIR) / "tests/golden/extract";

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

core::Document page(const std::string& name, const std::string& url) {
  auto document = extract(contents(cases / name / "page.html"), Page{url, "text/html"});
  EXPECT_TRUE(document.has_value());
  return document ? *document : core::Document();
}

void expect_golden(const std::string& got, const std::filesystem::path& file) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << got;
  EXPECT_EQ(got, contents(file));
}

TEST(Golden, PageWithHeadings) {
  const core::Document document = page("headed_page", "http://www.tern.example/en/privacy");
  const Provenance provenance{"tern.example", "privacy policy", "2014-03-26",
                              "https://web.archive.org/web/20140326032752id_/http://www.tern.example/en/privacy"};
  expect_golden(to_markdown(document, provenance), cases / "headed_page" / "expected.md");
}

TEST(Golden, PageWhoseHeadingsAreMarkedParagraphs) {
  const core::Document document = page("marked_paragraphs", "http://quill.example/privacy");
  expect_golden(to_markdown(document), cases / "marked_paragraphs" / "expected.md");
}

TEST(Golden, PageInPlainForm) {
  const core::Document document = page("plain_form", "http://www.bricklane.example/privacy.htm");
  expect_golden(to_text(document), cases / "plain_form" / "expected.txt");
}

TEST(Golden, ChoosesTheContentOfPagesOfEveryKind) {
  std::size_t pages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(cases / "content")) {
    const auto name = std::filesystem::path("content") / entry.path().filename();
    const core::Document document = page(name, "http://tern.example/legal/policy.html");
    expect_golden(to_markdown(document), cases / name / "expected.md");
    ++pages;
  }
  EXPECT_GT(pages, 10u);
}

TEST(Golden, MarkdownReadsBackToTheSameText) {
  for (const char* name : {"headed_page", "marked_paragraphs", "plain_form"}) {
    const core::Document document = page(name, "http://www.tern.example/en/privacy");
    EXPECT_EQ(to_markdown(read_markdown(to_markdown(document))), to_markdown(document)) << name;
  }
}

}  // namespace
}  // namespace waydiff::extract
