#include "crawler/gzip_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "recorded.hpp"

namespace waydiff::crawler {
namespace {

using recorded::Folder;
using recorded::gzip;

/// The members' contents, each in brackets; "!" for a failure, which ends it.
std::string members(GzipStream& stream) {
  std::string text;
  std::string piece(7, '\0');
  while (true) {
    const auto begun = stream.next_member();
    if (!begun) return text + "!";
    if (!*begun) return text;
    text += "[";
    while (true) {
      const auto got = stream.read(piece);
      if (!got) return text + "!";
      if (*got == 0) break;
      text.append(piece, 0, *got);
    }
    text += "]";
  }
}

TEST(GzipStream, GivesEachMemberByItself) {
  const Folder folder;
  auto stream = GzipStream::open(folder.write("a.gz", gzip("first one") + gzip("") + gzip("second")));
  ASSERT_TRUE(stream);
  EXPECT_EQ(members(*stream), "[first one][][second]");
}

TEST(GzipStream, BeginsAtTheMemberAskedFor) {
  const Folder folder;
  const std::string first = gzip("first");
  auto stream = GzipStream::open(folder.write("a.gz", first + gzip("second")), first.size());
  ASSERT_TRUE(stream);
  EXPECT_EQ(members(*stream), "[second]");
}

TEST(GzipStream, FindsTheNextMemberBehindGarbage) {
  const Folder folder;
  const std::string garbage = std::string("garbage \x1f\x8b\x08 that is no member") + gzip("not the prefix");
  const std::string first = gzip("WARC/1.0 first");
  auto stream = GzipStream::open(folder.write("a.gz", first + garbage + gzip("WARC/1.0 second")));
  ASSERT_TRUE(stream);
  EXPECT_EQ(members(*stream), "[WARC/1.0 first]!");
  const auto found = stream->resync(first.size(), "WARC/");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(stream->member_offset(), first.size() + garbage.size());
  EXPECT_EQ(members(*stream), "[WARC/1.0 second]");
}

TEST(GzipStream, FailsWhereTheLastMemberIsCut) {
  const Folder folder;
  const std::string whole = gzip("first") + gzip("second, and longer than the first");
  auto stream = GzipStream::open(folder.write("a.gz", whole.substr(0, whole.size() - 12)));
  ASSERT_TRUE(stream);
  EXPECT_THAT(members(*stream), testing::StartsWith("[first]["));
}

TEST(GzipStream, TakesZerosAtTheEndForPadding) {
  const Folder folder;
  auto stream = GzipStream::open(folder.write("a.gz", gzip("first") + std::string(5000, '\0')));
  ASSERT_TRUE(stream);
  EXPECT_EQ(members(*stream), "[first]");
}

TEST(GzipStream, FailsWithIoForAFileThatIsNotThere) {
  const auto stream = GzipStream::open("/nowhere/a.gz");
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().code, core::Errc::io);
  EXPECT_THAT(stream.error().detail, testing::HasSubstr("/nowhere/a.gz"));
}

}  // namespace
}  // namespace waydiff::crawler
