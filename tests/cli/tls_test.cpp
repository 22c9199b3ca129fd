#include <gmock/gmock.h>

#include "crawl_scene.hpp"
#include "support/self_signed_server.hpp"

namespace waydiff::cli {
namespace {

using testing::HasSubstr;

/// waydiff run, with an archive at these addresses.
Ended run(const ScratchFolder& folder, const std::string& index, const std::string& playback) {
  folder.write("waydiff.toml", "db = \"policies.db\"\n[archive.unknown]\nprofile = \"wayback\"\nindex = \"" + index +
                                   "\"\nplayback = \"" + playback +
                                   "\"\nindex_per_minute = 6000\nplayback_per_minute = 60000\nattempts = 1\n"
                                   "[defaults]\nevery = \"all\"\n[[target]]\nurl = \"" +
                                   policy_address + "\"\n");
  return waydiff(folder.path(), {"run", "--json"});
}

TEST(Tls, SendsNothingToAnIndexThatNobodyVouchesFor) {
  const test::SelfSignedServer stranger;
  const ScratchFolder folder;
  const Ended ended = run(folder, stranger.base_url() + "/cdx/search/cdx", stranger.base_url() + "/web");
  EXPECT_EQ(ended.status, 3) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr(stranger.host()));
  EXPECT_THAT(ended.err, HasSubstr("certificate"));
  EXPECT_GE(stranger.connections(), 1u);
  EXPECT_EQ(stranger.bytes_read(), 0u);
}

TEST(Tls, SendsNothingToAPlaybackThatNobodyVouchesFor) {
  const test::SelfSignedServer stranger;
  test::FakeArchive archive;
  archive.add({.timestamp = "20180101120000", .original = policy_address, .body = policy_number(1)});
  const ScratchFolder folder;
  const Ended ended = run(folder, archive.index(), stranger.base_url() + "/web");
  EXPECT_EQ(ended.status, 3) << ended.err;
  EXPECT_EQ(count(receipt_of(ended), "failed"), 1);
  const std::string status = waydiff(folder.path(), {"status"}).out;
  EXPECT_THAT(status, HasSubstr("transport: " + stranger.base_url() + "/web/20180101120000id_/"));
  EXPECT_THAT(status, HasSubstr("certificate"));
  EXPECT_GE(stranger.connections(), 1u);
  EXPECT_EQ(stranger.bytes_read(), 0u);
}

}  // namespace
}  // namespace waydiff::cli
