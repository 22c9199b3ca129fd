#include "config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waydiff::config {

using testing::HasSubstr;

Config good(const std::string& text) {
  const auto config = parse(text, "conf/w.toml");
  EXPECT_TRUE(config) << config.error().detail;
  return config.value_or(Config{});
}

std::string problem(const std::string& text) {
  const auto config = parse(text, "conf/w.toml");
  if (config) return "no problem";
  EXPECT_EQ(config.error().code, core::Errc::bad_config);
  return config.error().detail;
}

TEST(Config, NeedsNothingButATarget) {
  const Config config = good("[[target]]\nurl = \"https://www.example.com/privacy\"\n");
  ASSERT_EQ(config.targets.size(), 1U);
  EXPECT_EQ(config.targets[0].site, "example.com");
  EXPECT_EQ(config.targets[0].kind, "privacy policy");
  EXPECT_EQ(config.targets[0].every.text(), "6 months");
  EXPECT_EQ(config.targets[0].archives, std::vector<std::string>{"wayback"});
  EXPECT_EQ(config.db, "conf/waydiff.db");
}

TEST(Config, DefaultsStandInForEveryTarget) {
  const Config config = good(
      "[archive.a]\nprofile = \"warc\"\nfiles = [\"x.warc\"]\n[archive.b]\nindex_per_minute = 3\n"
      "[defaults]\narchives = [\"a\"]\nevery = \"all\"\nkind = \"terms\"\nsite = \"Example\"\n"
      "[[target]]\nurl = \"e.com/a\"\n[[target]]\nurl = \"e.com/b\"\nkind = \"rules\"\narchives = [\"b\"]\n");
  EXPECT_EQ(config.targets[0].kind, "terms");
  EXPECT_EQ(config.targets[0].site, "Example");
  EXPECT_EQ(config.targets[0].every.unit, Every::Unit::all);
  EXPECT_EQ(config.targets[1].kind, "rules");
  EXPECT_EQ(config.targets[1].archives, std::vector<std::string>{"b"});
  EXPECT_EQ(config.archives[0].files, std::vector<std::filesystem::path>{"conf/x.warc"});
  EXPECT_EQ(config.archives[1].index_per_minute, 3);
}

TEST(Config, LetsATargetBeFoundFromItsSite) {
  const Config config = good(
      "[[target]]\nsite = \"example.com\"\nkind = \"terms\"\n"
      "[[target]]\nurl = \"e.com/a\"\naliases = [\"e.com/b\", \"http://e.com/c\"]\n");
  EXPECT_EQ(config.targets[0].url, "");
  EXPECT_EQ(config.targets[0].site, "example.com");
  EXPECT_EQ(config.targets[1].aliases, (std::vector<std::string>{"e.com/b", "http://e.com/c"}));
  EXPECT_THAT(problem("[[target]]\nsite = \"ftp://e.com\"\n"), HasSubstr("w.toml:2: target[1].site"));
  EXPECT_THAT(problem("[[target]]\nurl = \"e.com/a\"\naliases = [\"mailto:x\"]\n"),
              HasSubstr("w.toml:3: target[1].aliases"));
}

TEST(Config, KeepsTheKindOfDiscoverysOwnPagesForThem) {
  EXPECT_THAT(problem("[[target]]\nurl = \"e.com/\"\nkind = \"home page\"\n"), HasSubstr("w.toml:3: target[1].kind"));
  EXPECT_THAT(problem("[defaults]\nkind = \"home page\"\n"), HasSubstr("w.toml:2: defaults.kind"));
}

TEST(Config, NamesFileLineKeyAndWhatWasExpected) {
  EXPECT_EQ(problem("db = \"x.db\"\nconatct = \"a\"\n"),
            "conf/w.toml:2: conatct: unknown key; did you mean \"contact\"?");
  EXPECT_EQ(problem("[[target]]\nurl = \"e.com\"\n\nevery = 6\n"),
            "conf/w.toml:4: target[1].every: a text in quotes was expected, not 6");
  EXPECT_EQ(problem("[archive.w]\nconnections = 400\n"),
            "conf/w.toml:2: archive.w.connections: a whole number from 1 to 16 was expected, not 400");
  EXPECT_THAT(problem("[[target]]\nurl = \"e.com\"\nevery = \"now and then\"\n"),
              HasSubstr("w.toml:3: target[1].every"));
  EXPECT_THAT(problem("[[target]]\nkind = \"terms\"\n"), HasSubstr("target[1].url: the address"));
  EXPECT_THAT(problem("[[target]]\nurl = \"ftp://e.com\"\n"), HasSubstr("w.toml:2: target[1].url"));
  EXPECT_THAT(problem("[[target]]\nurl = \"e.com\"\nfrom = \"20041301\"\n"), HasSubstr("w.toml:3: target[1].from"));
  EXPECT_THAT(problem("[[target]]\nurl = \"e.com\"\narchives = [\"nobody\"]\n"), HasSubstr("\"nobody\""));
  EXPECT_THAT(problem("[archive.l]\nprofile = \"warc\"\n"), HasSubstr("archive.l.files"));
  EXPECT_THAT(problem("[archive.l]\nprofile = \"gopher\"\n"), HasSubstr("w.toml:2: archive.l.profile"));
  EXPECT_THAT(problem("target = 1\n"), HasSubstr("w.toml:1: target"));
  EXPECT_THAT(problem("[archive]\nx = 1\n"), HasSubstr("[archive.NAME]"));
}

TEST(Config, AProfileSetsWhatIsSafeForItsArchives) {
  const Config config = good(
      "[archive.a]\nprofile = \"arquivo\"\n[archive.c]\nprofile = \"commoncrawl\"\nindex_per_minute = 30\n"
      "[archive.p]\nprofile = \"pywb\"\nindex = \"http://h.example/cdx\"\nplayback = \"http://h.example\"\n"
      "[archive.t]\nprofile = \"timemap\"\nindex = \"http://h.example/timemap/link\"\nplayback = \"http://h.example\"\n"
      "[archive.w]\n");
  const ArchiveConfig& arquivo = config.archives.at(0);
  EXPECT_EQ(arquivo.index, "https://arquivo.pt/wayback/cdx");
  EXPECT_EQ(arquivo.playback, "https://arquivo.pt/noFrame/replay");
  EXPECT_LE(arquivo.index_per_minute, 200) << "over 250 its block is permanent";
  EXPECT_LE(arquivo.playback_per_minute, 320);
  const ArchiveConfig& crawls = config.archives.at(1);
  EXPECT_EQ(crawls.connections, 1);
  EXPECT_EQ(crawls.index_per_minute, 30) << "keys win over the profile";
  EXPECT_LE(crawls.playback_per_minute, 100);
  EXPECT_EQ(config.archives.at(4).index_per_minute, 24);
  EXPECT_EQ(config.archives.at(4).playback_per_minute, 480);
}

TEST(Config, AProfileWithoutAnAddressOfItsOwnNeedsOne) {
  EXPECT_THAT(problem("[archive.p]\nprofile = \"pywb\"\n"), HasSubstr("w.toml:1: archive.p.index: needed"));
  EXPECT_THAT(problem("[archive.t]\nprofile = \"timemap\"\nindex = \"http://h.example/t\"\n"),
              HasSubstr("archive.t.playback: needed"));
}

TEST(Config, SyntaxErrorsNameTheLine) {
  EXPECT_THAT(problem("db = \"x\"\nreport = \n"), HasSubstr("w.toml:2: "));
}

TEST(Config, AMissingFileIsNamed) {
  const auto config = load("/nowhere/w.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, core::Errc::not_found);
  EXPECT_THAT(config.error().detail, HasSubstr("/nowhere/w.toml"));
}

TEST(Config, APublicArchiveNeedsAContactAndALocalOneDoesNot) {
  EXPECT_FALSE(require_contact(good("[[target]]\nurl = \"e.com\"\n")));
  EXPECT_TRUE(require_contact(good("contact = \"mailto:a@e.org\"\n[[target]]\nurl = \"e.com\"\n")));
  EXPECT_TRUE(require_contact(good("[archive.l]\nprofile = \"warc\"\nfiles = [\"x\"]\n")));
  EXPECT_TRUE(require_contact(
      good("[archive.l]\nindex = \"http://127.0.0.1:8080/cdx\"\nplayback = \"http://127.0.0.1:8080/web\"\n")));
}

TEST(Config, SaysWhichLineAddsAContact) {
  EXPECT_THAT(require_contact(good("[[target]]\nurl = \"e.com\"\n")).error().detail,
              HasSubstr("w.toml: contact: please add the line contact = \"mailto:you@example.org\""));
  Config unwritten;
  unwritten.archives.emplace_back().name = "wayback";
  EXPECT_THAT(require_contact(unwritten).error().detail, HasSubstr("--contact mailto:you@example.org"));
}

TEST(Config, PlacesTheHostStateBesideTheFile) {
  EXPECT_EQ(good("[[target]]\nurl = \"e.com\"\n").host_state, "") << "where it usually is";
  EXPECT_EQ(good("host_state = \"state/hosts.db\"\n[[target]]\nurl = \"e.com\"\n").host_state, "conf/state/hosts.db");
}

TEST(Every, ReadsPeriods) {
  EXPECT_EQ(Every::parse("all")->text(), "all");
  EXPECT_EQ(Every::parse("changes")->text(), "changes");
  EXPECT_EQ(Every::parse("6 months")->text(), "6 months");
  EXPECT_EQ(Every::parse("year")->text(), "1 year");
  EXPECT_EQ(Every::parse("1 day")->text(), "1 day");
  for (const char* text : {"", "sometimes", "0 days", "-1 weeks", "6", "6 fortnights", "change"}) {
    EXPECT_FALSE(Every::parse(text)) << text;
  }
}

}  // namespace waydiff::config
