#include <gmock/gmock.h>

#include "core/digest.hpp"
#include "storage/body_codec.hpp"
#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using testing::HasSubstr;

std::string long_page() {
  std::string page;
  for (int i = 0; i < 5000; ++i) page += "<p>We may share what you tell us with partners, number " + std::to_string(i);
  return page;
}

TEST(Bodies, ComeBackByteForByte) {
  const Scratch scratch;
  Store store = open(scratch);
  for (const std::string& bytes : {std::string(), std::string("\0\xff\n\0", 4), long_page()}) {
    EXPECT_EQ(got(store.body(got(store.put_body(bytes)))), bytes);
  }
}

TEST(Bodies, AreKeptOnceAndSmall) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id first = got(store.put_body(long_page()));
  EXPECT_NE(got(store.put_body("another page")), first);
  EXPECT_EQ(got(store.put_body(long_page())), first);
  EXPECT_EQ(select(scratch.file(), "count(*), max(size), max(length(zstd)) < max(size) / 10", "FROM body"),
            std::vector<std::string>{"2|" + std::to_string(long_page().size()) + "|1"});
}

TEST(Bodies, ThatDoNotExistAreNotFound) {
  const Scratch scratch;
  Store store = open(scratch);
  EXPECT_EQ(store.body(77).error().code, Errc::not_found);
}

TEST(Bodies, WithAFlippedByteAreReportedAsCorrupt) {
  const Scratch scratch;
  {
    Store store = open(scratch);
    got(store.put_body(long_page()));
  }
  auto frame = std::string();
  {
    auto db = got(Connection::open(scratch.file(), Access::create));
    got(db.rows("SELECT zstd FROM body", [&frame](Statement& row) {
      frame = row.blob(0);
      return 0;
    }));
    frame[frame.size() / 2] = static_cast<char>(frame[frame.size() / 2] ^ 1);
    done(db.run("UPDATE body SET zstd = ?", Blob{frame}));
  }
  Store store = open(scratch, Mode::read);
  const auto body = store.body(1);
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().code, Errc::store_corrupt);
  EXPECT_THAT(body.error().detail, HasSubstr("policies.db: body 1 (" + core::sha256_hex(long_page()) + ")"));
}

TEST(Bodies, ThatAreSoundButNotWhatTheirNameSaysAreReportedAsCorrupt) {
  const Scratch scratch;
  {
    Store store = open(scratch);
    got(store.put_body("We share it"));
  }
  {
    const std::string other = got(compress("We sell  it"));
    auto db = got(Connection::open(scratch.file(), Access::create));
    done(db.run("UPDATE body SET zstd = ?", Blob{other}));
  }
  EXPECT_EQ(open(scratch, Mode::read).body(1).error().code, Errc::store_corrupt);
}

TEST(BodyCodec, RefusesFramesThatAreNotOfTheSizeExpected) {
  const std::string frame = got(compress("0123456789"));
  EXPECT_EQ(got(decompress(frame, 10)), "0123456789");
  EXPECT_EQ(decompress(frame, 11).error().code, Errc::store_corrupt);
  EXPECT_EQ(decompress(frame, std::size_t{1} << 60).error().code, Errc::store_corrupt);
  EXPECT_EQ(decompress(frame.substr(0, frame.size() - 1), 10).error().code, Errc::store_corrupt);
  EXPECT_EQ(decompress("", 0).error().code, Errc::store_corrupt);
}

}  // namespace
}  // namespace waydiff::storage
