#include "core/digest.hpp"

#include <gtest/gtest.h>

namespace waydiff::core {

TEST(Digest, OfNothingIsTheWellKnownOne) {
  EXPECT_EQ(sha1_base32(""), empty_sha1);
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, ReadsEverySpellingOfASha1) {
  EXPECT_EQ(normal_sha1("sha1:3i42h3s6nnfq2msvx7xzkyaysCX5QBYJ"), empty_sha1);
  EXPECT_EQ(normal_sha1("SHA-1:da39a3ee5e6b4b0d3255bfef95601890afd80709"), empty_sha1);
  EXPECT_EQ(normal_sha1("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"), empty_sha1);
}

TEST(Digest, KnowsWhatIsNoSha1) {
  for (const char* text : {"-", "", "md5:d41d8cd98f00b204e9800998ecf8427e", "sha1:short",
                           "1I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "za39a3ee5e6b4b0d3255bfef95601890afd80709"}) {
    EXPECT_EQ(normal_sha1(text), "") << text;
  }
}

}  // namespace waydiff::core
