// Everything that comes from an archive may be an attack on the reader of the report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/html_report.hpp"
#include "report/markdown_report.hpp"
#include "report/redline.hpp"
#include "sample.hpp"

namespace waydiff::report {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* script = "\"><script>alert('x')</script><img src=x onerror=alert(1)>";

core::ChangeSet hostile_changes() {
  core::Change change = sample::reworded();
  change.reason = script;
  change.flags = {script};
  change.before->path = {script};
  change.after->path = {"{{site}}", script};
  change.ops = {{'=', script}, {'-', script}, {'+', script}};
  core::Change added = sample::added();
  added.after->text = script;
  core::ChangeSet set = sample::change_set({change, added});
  set.notes = {script};
  return set;
}

PageView hostile_page() {
  Dossier dossier = sample::dossier();
  dossier.target.site = script;
  dossier.target.kind = script;
  dossier.target.url = "javascript:alert(1)//" + std::string(script);
  dossier.archives[0].name = script;
  dossier.archives[0].playback = "javascript:alert(1)";
  for (auto& row : dossier.captures) {
    row.capture.original = "javascript:alert(1)" + std::string(script);
    row.cause = row.location = row.content_type = row.body_sha256 = script;
  }
  for (auto& row : dossier.extractions) {
    row.page_url = dossier.captures[0].capture.original;
    row.content_type = script;
    row.verdict.detail = script;
  }
  for (auto& row : dossier.texts) row.title = row.language = script;
  for (auto& row : dossier.history.transitions) row.changes = hostile_changes();
  storage::ListingRow listing;
  listing.query = listing.problem = script;
  dossier.listings = {listing};
  return page_view(dossier, "p");
}

void expect_harmless_html(const std::string& page) {
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("href=\"javascript:")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&apos;x&apos;)&lt;/script&gt;"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

/// Every character that means something in `line` is escaped.
bool has_bare(const std::string& text, char wanted) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == wanted) {
      return true;
    }
  }
  return false;
}

TEST(HostileText, IsEscapedOnTheTargetPage) {
  expect_harmless_html(target_html(hostile_page()));
}

TEST(HostileText, IsEscapedInTheIndex) {
  expect_harmless_html(index_html({hostile_page()}));
}

TEST(HostileText, IsEscapedInTheRedlinePage) {
  expect_harmless_html(redline_html(Redline(hostile_changes(), script, script)));
}

TEST(HostileText, IsEscapedInMarkdown) {
  const std::string page = target_markdown(hostile_page());
  EXPECT_FALSE(has_bare(page, '<'));
  EXPECT_THAT(page, Not(HasSubstr("](javascript:")));
  const std::string redline = redline_markdown(Redline(hostile_changes(), script, script));
  EXPECT_FALSE(has_bare(redline, '<'));
}

TEST(HostileText, IsNeverTakenForATemplate) {
  EXPECT_THAT(target_html(hostile_page()), HasSubstr("{{site}}"));
}

TEST(HostileText, MakesNoMarkdownMarkup) {
  core::Change change = sample::added();
  change.after->text = "**bold** [x](javascript:alert(1)) | cell ~~gone~~ `code` # no";
  EXPECT_THAT(redline_markdown(Redline(sample::change_set({change}), "a", "b")),
              HasSubstr(R"(> **\*\*bold\*\* \[x\](javascript:alert(1)) \| cell \~\~gone\~\~ \`code\` # no**)"));
}

TEST(Pages, AskTheNetworkForNothing) {
  const std::string page = target_html(page_view(sample::dossier(), "p"));
  for (const char* loads : {"<link", "<script", "<img", "@import", "url(", "<iframe", "src="}) {
    EXPECT_THAT(page, Not(HasSubstr(loads))) << loads;
  }
}

}  // namespace
}  // namespace waydiff::report
