#include <gmock/gmock.h>

#include <boost/json/parse.hpp>

#include "program.hpp"
#include "scratch_folder.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* before =
    "# Terms\n\n## Sharing\n\nWe may share your data.\n\nWrite to us.\n\nWe keep it for 2 years.\n";
constexpr const char* after = "# Terms\n\n## Sharing\n\nWe will share your data.\n\nWrite to us.\n\nYou can object.\n";

class Diff : public testing::Test {
 protected:
  Ended diff(std::vector<std::string> arguments) {
    folder.write("old.md", before);
    folder.write("new.md", after);
    arguments.insert(arguments.begin(), "diff");
    return waydiff(folder.path(), arguments);
  }

  ScratchFolder folder;
};

TEST_F(Diff, EndsWithOneForDifferencesOnlyWhenAsked) {
  EXPECT_EQ(diff({"old.md", "new.md"}).status, 0);
  EXPECT_EQ(diff({"old.md", "new.md", "--exit-code"}).status, 1);
  EXPECT_EQ(diff({"old.md", "old.md", "--exit-code"}).status, 0);
}

TEST_F(Diff, PrintsTheDocumentedJson) {
  const Ended ended = diff({"old.md", "new.md", "--format", "json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(diff({"old.md", "new.md", "--json"}).out, ended.out);
  const auto value = boost::json::parse(ended.out).as_object();
  EXPECT_EQ(value.at("schema").as_string(), "waydiff.diff/1");
  EXPECT_EQ(value.at("old").at("source").as_string(), "old.md");
  EXPECT_EQ(value.at("old").at("clauses").to_number<int>(), 5);
  EXPECT_EQ(value.at("new").at("source").as_string(), "new.md");
  EXPECT_EQ(value.at("summary").at("unchanged").to_number<int>(), 3);
  EXPECT_EQ(value.at("summary").at("modified").to_number<int>(), 1);
  EXPECT_EQ(value.at("summary").at("added").to_number<int>(), 1);
  EXPECT_EQ(value.at("summary").at("removed").to_number<int>(), 1);
  for (const char* kind : {"moved", "split", "merged", "editorial"}) {
    EXPECT_EQ(value.at("summary").at(kind).to_number<int>(), 0);
  }
  for (const auto& element : value.at("changes").as_array()) {
    const auto& change = element.as_object();
    if (change.at("kind").as_string() != "modified") continue;
    EXPECT_EQ(change.at("significance").as_string(), "substantive");
    EXPECT_EQ(change.at("reason").as_string(), "reworded");
    EXPECT_EQ(change.at("flags").as_array(), (boost::json::array{"modality"}));
    EXPECT_EQ(change.at("old").at("path").as_array(), (boost::json::array{"Sharing"}));
    EXPECT_EQ(change.at("old").at("text").as_string(), "We may share your data.");
    EXPECT_EQ(change.at("new").at("text").as_string(), "We will share your data.");
    EXPECT_EQ(change.at("ops").as_array()[1].as_array(), (boost::json::array{"-", "may"}));
  }
}

TEST_F(Diff, PrintsEachFormat) {
  EXPECT_THAT(diff({"old.md", "new.md"}).out, HasSubstr("may"));
  EXPECT_THAT(diff({"old.md", "new.md", "--format", "html"}).out, HasSubstr("<ins"));
  EXPECT_NE(diff({"old.md", "new.md", "--format", "markdown"}).out, "");
  EXPECT_EQ(diff({"old.md", "new.md", "--format", "origami"}).status, 2);
}

TEST_F(Diff, ComparesAPageWithItsMarkdown) {
  folder.write("page.html",
               "<html><head><title>Terms</title></head><body><h1>Terms</h1><h2>Sharing</h2><p>We may share your "
               "data.</p><p>Write to us.</p>"
               "<p>We keep it for 2 years.</p></body></html>");
  const Ended ended = diff({"old.md", "page.html", "--exit-code"});
  EXPECT_EQ(ended.status, 0) << ended.out;
}

TEST_F(Diff, FindsNoDifferenceBetweenAPageAndWhatExtractMadeOfIt) {
  for (const char* title : {"Terms", "Terms | Shop"}) {
    folder.write("page.html", std::string("<html><head><title>") + title +
                                  "</title></head><body><h1>Terms</h1><p>We may share your data with the carrier.</p>"
                                  "<ul><li>One cookie<li>Two cookies</ul></body></html>");
    folder.write("page.md", waydiff(folder.path(), {"extract", "page.html"}).out);
    const Ended ended = diff({"page.md", "page.html", "--exit-code"});
    EXPECT_EQ(ended.status, 0) << ended.out;
  }
}

TEST_F(Diff, FiltersInEveryFormat) {
  for (const char* format : {"terminal", "markdown", "html", "json"}) {
    const Ended ended = diff({"old.md", "new.md", "--format", format, "--only", "added"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("You can object.")) << format;
    EXPECT_THAT(ended.out, Not(HasSubstr("We keep it for 2 years."))) << format;
  }
  const Ended json = diff({"old.md", "new.md", "--json", "--only", "added", "--ignore", "editorial"});
  const auto value = boost::json::parse(json.out).as_object();
  EXPECT_EQ(value.at("changes").as_array().size(), 1u);
  EXPECT_EQ(value.at("summary").at("removed").to_number<int>(), 1) << "the summary counts what is not shown, too";
  EXPECT_EQ(value.at("summary").at("shown").to_number<int>(), 1);
}

TEST_F(Diff, EndsWithOneForWhatTheFiltersLeave) {
  EXPECT_EQ(diff({"old.md", "new.md", "--only", "added", "--exit-code"}).status, 1);
  const Ended none = diff({"old.md", "new.md", "--only", "moved", "--exit-code"});
  EXPECT_EQ(none.status, 0);
  EXPECT_THAT(none.err, HasSubstr("no change is left by --only moved"));
  EXPECT_EQ(diff({"--ignore", "substantive", "old.md", "new.md", "--exit-code"}).status, 0);
}

TEST_F(Diff, RefusesWordsThatAreNoKind) {
  const Ended only = diff({"old.md", "new.md", "--only", "added,renamed"});
  EXPECT_EQ(only.status, 2);
  EXPECT_THAT(only.err, HasSubstr("\"renamed\" is none of added, removed, modified, moved, split, merged"));
  const Ended ignore = diff({"old.md", "new.md", "--ignore", "small"});
  EXPECT_EQ(ignore.status, 2);
  EXPECT_THAT(ignore.err, HasSubstr("substantive, structural, editorial"));
}

TEST_F(Diff, SaysWhenBothSidesAreTheSame) {
  const Ended ended = diff({"old.md", "old.md"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("old.md and old.md say the same"));
  EXPECT_THAT(diff({"old.md", "old.md", "--all"}).out, HasSubstr("We may share your data."));
  EXPECT_THAT(diff({"old.md", "old.md", "--format", "html"}).out, HasSubstr("no changes; 5 unchanged"));
}

TEST_F(Diff, ReadsOneSideFromStdin) {
  folder.write("old.md", before);
  const auto input = folder.write("new.md", after);
  const Ended ended = waydiff(folder.path(), {"diff", "old.md", "-"}, input);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("@@ Sharing @@")) << "read as Markdown, as the other side is";
  EXPECT_THAT(ended.out, HasSubstr("We [-may-]{+will+} share your data."));
  const Ended both = diff({"-", "-"});
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.err, HasSubstr("only one side can be read from stdin"));
}

TEST_F(Diff, BreaksLinesAndColoursAsTold) {
  EXPECT_THAT(diff({"old.md", "new.md", "--color", "always"}).out, HasSubstr("\x1b[9;31mmay\x1b[0m"));
  EXPECT_THAT(diff({"old.md", "new.md"}).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(diff({"old.md", "new.md", "--width", "20"}).out, HasSubstr("  We [-may-]{+will+}\n  share your data.\n"));
}

TEST_F(Diff, NamesAnInputWithoutText) {
  folder.write("empty.md", "");
  folder.write("blank.html", "<html><body> </body></html>");
  folder.write("blob.md", std::string("PK\x03\x04\0\0\0", 7));
  for (const auto& [file, says] :
       {std::pair("empty.md", "empty.md: there is no text in it"),
        std::pair("blank.html", "blank.html: there is no text in it"),
        std::pair("blob.md", "blob.md: it is not text: there is a NUL byte at offset 4"),
        std::pair("-", "-: there is no text in it"), std::pair(".", ".: it cannot be read")}) {
    const Ended ended = diff({"old.md", file});
    EXPECT_EQ(ended.status, std::string_view(file) == "." ? 3 : 2) << file;
    EXPECT_THAT(ended.err, HasSubstr(says));
    EXPECT_EQ(ended.out, "");
  }
}

TEST_F(Diff, LetsNoTextControlTheTerminal) {
  folder.write("evil.md",
               "We \x1b[2Jmay \xC2\x9B"
               "31mshare \x7Fyour data.\n");
  for (const char* format : {"terminal", "markdown", "html", "json"}) {
    const Ended ended = diff({"evil.md", "new.md", "--format", format});
    EXPECT_EQ(ended.status, 0) << ended.err;
    for (const char* control : {"\x1b", "\xC2\x9B", "\x7F"}) {
      EXPECT_THAT(ended.out, Not(HasSubstr(control))) << format;
    }
  }
}

TEST_F(Diff, TakesAFileWithAnAtSignForAFile) {
  const Ended ended = diff({"old.md", "notes@home.md"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("notes@home.md: there is no such file"));
}

TEST_F(Diff, NamesTheSideThatIsMissing) {
  const Ended ended = diff({"old.md", "nowhere.md"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("nowhere.md: there is no such file"));
}

TEST_F(Diff, NamesTheStoreThatIsMissing) {
  const Ended ended = diff({"old.md", "https://example.com/terms@2018"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("https://example.com/terms@2018: no store"));
}

}  // namespace
}  // namespace waydiff::cli
