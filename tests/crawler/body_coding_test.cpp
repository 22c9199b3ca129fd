#include "crawler/body_coding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include "core/digest.hpp"

namespace waydiff::crawler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string deflated(const std::string& bytes, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string result(bytes.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  deflate(&stream, Z_FINISH);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

std::string gzip(const std::string& bytes) {
  return deflated(bytes, 15 + 16);
}

const std::string page = "<p>We collect what you tell us.</p>";

TEST(DecodeBody, LeavesPlainBytesAlone) {
  const auto decoded = decode_body(page, "", "text/html").value();
  EXPECT_EQ(decoded.body, page);
  EXPECT_THAT(decoded.layers, IsEmpty());
  EXPECT_THAT(decoded.notes, IsEmpty());
}

TEST(DecodeBody, UndoesDeclaredCodings) {
  EXPECT_EQ(decode_body(gzip(page), "gzip", "text/html")->body, page);
  EXPECT_EQ(decode_body(gzip(page), " X-GZIP ", "text/html")->body, page);
  EXPECT_EQ(decode_body(gzip(page), ", gzip", "text/html")->body, page) << "one of two headers empty";
  EXPECT_EQ(decode_body(deflated(page, 15), "deflate", "text/html")->body, page);
  EXPECT_EQ(decode_body(deflated(page, -15), "deflate", "text/html")->body, page) << "raw, as some servers send it";
  // "hello" as an uncompressed brotli stream.
  EXPECT_EQ(decode_body(std::string("\x0b\x02\x80hello\x03", 9), "br", "text/html")->body, "hello");
}

TEST(DecodeBody, KeepsTheDigestOfEachLayer) {
  const std::string inner = gzip(page);
  const std::string outer = gzip(inner);
  const auto decoded = decode_body(outer, "gzip", "text/html").value();
  EXPECT_EQ(decoded.body, page);
  EXPECT_THAT(decoded.layers, ElementsAre(core::sha1_base32(outer), core::sha1_base32(inner)));
}

TEST(DecodeBody, UndoesGzipThatNobodyDeclared) {
  const auto decoded = decode_body(gzip(page), "", "text/html").value();
  EXPECT_EQ(decoded.body, page);
  EXPECT_THAT(decoded.notes, ElementsAre("undeclared gzip"));
}

TEST(DecodeBody, LeavesAGzipFileAFile) {
  const std::string file = gzip(page);
  EXPECT_EQ(decode_body(file, "", "application/x-gzip")->body, file);
}

TEST(DecodeBody, TakesPlainBytesThatClaimToBeGzip) {
  const auto decoded = decode_body(page, "gzip", "text/html").value();
  EXPECT_EQ(decoded.body, page);
  EXPECT_THAT(decoded.notes, ElementsAre("declared gzip, but it is not"));
}

TEST(DecodeBody, JoinsGzipMembers) {
  EXPECT_EQ(decode_body(gzip("one ") + gzip("two"), "gzip", "")->body, "one two");
}

TEST(DecodeBody, KeepsWhatDecodedOfACutStream) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "clause " + std::to_string(i * 7919) + " ";
  const std::string whole = gzip(text);
  const auto decoded = decode_body(whole.substr(0, whole.size() / 2), "gzip", "text/html").value();
  EXPECT_FALSE(decoded.body.empty());
  EXPECT_TRUE(text.starts_with(decoded.body));
  EXPECT_THAT(decoded.cut_short, HasSubstr("gzip ends early"));
}

TEST(DecodeBody, KeepsTheBytesOfABrokenStream) {
  std::string broken = gzip(page);
  broken[12] = static_cast<char>(broken[12] ^ 0x5a);
  broken[10] = '\x07';
  const auto decoded = decode_body(broken, "gzip", "text/html").value();
  EXPECT_EQ(decoded.body, broken);
  EXPECT_THAT(decoded.notes, ::testing::Contains(HasSubstr("undecoded: gzip")));
  EXPECT_THAT(decode_body(page, "zstd", "")->notes, ElementsAre("undecoded: zstd"));
}

TEST(DecodeBody, ToleratesAWrongChecksum) {
  std::string body = gzip(page);
  body[body.size() - 6] = static_cast<char>(body[body.size() - 6] ^ 1);
  const auto decoded = decode_body(body, "gzip", "").value();
  EXPECT_EQ(decoded.body, page);
  EXPECT_THAT(decoded.notes, ElementsAre("gzip checksum is wrong"));
}

TEST(DecodeBody, RefusesBombs) {
  const std::string bomb = gzip(gzip(std::string(8u << 20, 'x')));
  EXPECT_EQ(decode_body(bomb, "gzip", "text/html").error().code, core::Errc::too_large) << "by ratio";
  BodyLimits limits;
  limits.max_body = 1000;
  EXPECT_EQ(decode_body(gzip(std::string(2000, 'x')), "gzip", "", limits).error().code, core::Errc::too_large);
  EXPECT_EQ(decode_body(std::string(1001, 'x'), "", "", limits).error().code, core::Errc::too_large);
}

TEST(CheckDigest, TellsTheStatesApart) {
  Decoded decoded{page, {}, {}};
  EXPECT_EQ(check_digest("-", decoded), DigestCheck::none);
  EXPECT_EQ(check_digest(core::sha1_base32(page), decoded), DigestCheck::verified);
  EXPECT_EQ(check_digest("sha1:" + core::sha1_base32(page), decoded), DigestCheck::verified);

  const std::string other = core::sha1_base32("other");
  EXPECT_EQ(check_digest(other, decoded), DigestCheck::unverifiable) << "nothing is known of the origin";
  const auto length = static_cast<std::int64_t>(page.size());
  EXPECT_EQ(check_digest(other, decoded, {false, length}), DigestCheck::suspect);
  EXPECT_EQ(check_digest(other, decoded, {true, length}), DigestCheck::unverifiable);
  EXPECT_EQ(check_digest(other, decoded, {false, length + 1}), DigestCheck::unverifiable);
  decoded.layers = {other};
  EXPECT_EQ(check_digest(other, decoded), DigestCheck::verified) << "of the bytes before decoding";
}

}  // namespace
}  // namespace waydiff::crawler
