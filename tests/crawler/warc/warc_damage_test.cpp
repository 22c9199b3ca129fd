#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "recorded.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;
using recorded::Folder;
using recorded::gzip;
using recorded::listed;
using recorded::page;
using recorded::run;
using testing::HasSubstr;

constexpr const char* terms = "https://fotonest.example/terms";

/// Years and bodies of the captures of `terms`: "2019=one 2020! …" where "!" marks one that cannot be played.
std::string history(Archive& archive) {
  std::string text;
  for (const core::Capture& capture : listed(archive, terms).captures) {
    const auto playback = run(archive.play(capture));
    text += (text.empty() ? "" : " ") + capture.raw_timestamp.substr(0, 4) + (playback ? "=" + playback->body : "!");
  }
  return text;
}

struct Case {
  const char* name;
  const char* file;
  std::string bytes;
  const char* expected;
  const char* warning;
};

std::string in_year(int year, std::string_view body) {
  return page(terms, std::to_string(year) + "-01-01T00:00:00Z", body);
}

std::string with_length(std::string text, std::string_view length) {
  const std::size_t at = text.find("Content-Length: ") + 16;
  return text.replace(at, text.find('\r', at) - at, length);
}

std::vector<Case> cases() {
  const std::string a = in_year(2019, "one");
  const std::string b = in_year(2020, "two, of which something will be broken");
  const std::string c = in_year(2021, "three");
  std::string flipped = gzip(b);
  flipped[flipped.size() - 6] = static_cast<char>(flipped[flipped.size() - 6] ^ 0x10);  // the checksum
  std::string broken_head = gzip(b);
  broken_head[12] = static_cast<char>(broken_head[12] ^ 0xff);
  const std::string cut = gzip(b).substr(0, gzip(b).size() - 14);
  return {
      {"wrong checksum", "a.warc.gz", gzip(a) + flipped + gzip(c), "2019=one 2020! 2021=three", "damaged gzip member"},
      {"flipped bits", "a.warc.gz", gzip(a) + broken_head + gzip(c), "2019=one 2021=three", "a.warc.gz: offset"},
      {"garbage between members", "a.warc.gz", gzip(a) + "!!garbage!!" + gzip(c), "2019=one 2021=three",
       "no gzip member where one should begin"},
      {"garbage first", "a.warc.gz", "!!garbage!!" + gzip(a) + gzip(c), "2019=one 2021=three", "offset 0"},
      {"member cut in the middle", "a.warc.gz", gzip(a) + cut + gzip(c), "2019=one 2020! 2021=three", "offset"},
      {"file cut in a member", "a.warc.gz", gzip(a) + cut, "2019=one 2020!", "cut off by the end of the file"},
      {"plain file cut in a body", "a.warc", a + b.substr(0, b.size() - 20), "2019=one 2020!", "cut off"},
      {"plain file cut in a head", "a.warc", a + b.substr(0, 30), "2019=one", "Content-Length"},
      {"garbage between records", "a.warc", a + "!!garbage!!\r\n" + c, "2019=one 2021=three", "no WARC record"},
      {"length too long", "a.warc", a + with_length(b, "150") + c, "2019=one 2020! 2021=three",
       "does not end where its Content-Length says"},
      {"length beyond the file", "a.warc", a + with_length(b, "99999999999") + c, "2019=one 2020! 2021=three",
       "cut off by the end of the file"},
      {"length no number", "a.warc", a + with_length(b, "many") + c, "2019=one 2021=three", "\"many\""},
      {"no length in a member", "a.warc.gz", gzip(a) + gzip(with_length(b, "-1")) + gzip(c), "2019=one 2021=three",
       "\"-1\""},
      {"nothing like a WARC file", "a.warc", "<html>no WARC file</html>", "", "no WARC record"},
  };
}

TEST(WarcDamage, LosesNoMoreThanTheBrokenRecord) {
  for (const Case& broken : cases()) {
    const Folder folder;
    const auto archive = open_warc_archive({.name = "local", .files = {folder.write(broken.file, broken.bytes)}});
    EXPECT_EQ(history(*archive), broken.expected) << broken.name;
    EXPECT_THAT(listed(*archive, terms).warnings, testing::Contains(HasSubstr(broken.warning))) << broken.name;
  }
}

TEST(WarcDamage, SaysThatABrokenCaptureIsNotToBeHad) {
  const Folder folder;
  std::string broken = gzip(in_year(2020, "two"));
  broken[broken.size() - 6] = static_cast<char>(broken[broken.size() - 6] ^ 1);
  const auto archive = open_warc_archive({.name = "local", .files = {folder.write("a.warc.gz", broken)}});
  const Listing listing = listed(*archive, terms);
  EXPECT_TRUE(listing.complete);  // all that the file names is listed
  const auto playback = run(archive->play(listing.captures.at(0)));
  ASSERT_FALSE(playback);
  EXPECT_EQ(playback.error().code, Errc::bad_body);
  EXPECT_THAT(playback.error().detail, HasSubstr("a.warc.gz: offset 0"));
}

TEST(WarcDamage, TakesAWholeCopyOfABrokenRecord) {
  const Folder folder;
  std::string broken = gzip(in_year(2020, "two"));
  const std::string whole = broken;
  broken[broken.size() - 6] = static_cast<char>(broken[broken.size() - 6] ^ 1);
  const auto archive = open_warc_archive(
      {.name = "local", .files = {folder.write("a.warc.gz", broken), folder.write("b.warc.gz", whole)}});
  EXPECT_EQ(history(*archive), "2020=two");
}

TEST(WarcDamage, IsNotCompleteWhenNobodyKnowsWhatWasLost) {
  const Folder folder;
  const auto archive = open_warc_archive(
      {.name = "local", .files = {folder.write("a.warc.gz", gzip(in_year(2019, "one")) + "lost" + gzip("lost"))}});
  const Listing listing = listed(*archive, terms);
  EXPECT_FALSE(listing.complete);
  EXPECT_EQ(listing.problem->code, Errc::bad_warc);
  EXPECT_EQ(listing.captures.size(), 1u);
}

/// Random damage to a small file, always the same: whatever is listed can be asked for, and nothing hangs.
TEST(WarcDamage, NeverCrashesOnRandomDamage) {
  std::mt19937 random(20040115);
  std::string good_members;
  std::string good_records;
  for (int year = 2004; year < 2016; ++year) {
    const std::string text = in_year(year, "the text of " + std::to_string(year) + std::string(200, 'x'));
    good_members += gzip(text);
    good_records += text;
  }
  for (int round = 0; round < 400; ++round) {
    const bool packed = round % 2 == 0;
    std::string bytes = packed ? good_members : good_records;
    const auto below = [&](std::size_t limit) { return random() % limit; };
    for (std::size_t i = 0; i < 1 + below(6); ++i) {
      const std::size_t at = below(bytes.size());
      switch (below(4)) {
        case 0:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
          break;
        case 1:
          bytes.erase(at, below(300));
          break;
        case 2:
          bytes.insert(at, std::string(below(50), static_cast<char>(below(256))));
          break;
        default:
          bytes.insert(at, bytes.substr(below(bytes.size()), below(400)));
          break;
      }
      if (bytes.empty()) bytes = "W";
    }
    const Folder folder;
    const auto archive = open_warc_archive(
        {.name = "local", .files = {folder.write(packed ? "a.warc.gz" : "a.warc", bytes)}, .max_body = 1u << 20});
    history(*archive);
  }
}

TEST(WarcDamage, DoesNotGoOverNestedMembersAgainAndAgain) {
  // Members that each hold all later ones uncompressed: read naively, the work grows with the square of the depth.
  std::string bytes(64, '\0');
  for (int depth = 0; depth < 2000; ++depth) {
    bytes += "\x1f\x8b\x08" + std::string(7, '\0') + std::string("\x00\xff\xff\x00\x00", 5) + "WARC/1.0\r\n";
  }
  const Folder folder;
  const auto archive = open_warc_archive({.name = "local", .files = {folder.write("a.warc.gz", bytes)}});
  EXPECT_FALSE(listed(*archive, terms).complete);
}

}  // namespace
}  // namespace waydiff::crawler
