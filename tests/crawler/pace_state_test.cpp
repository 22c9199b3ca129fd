#include "crawler/pace_state.hpp"

#include <gtest/gtest.h>

#include "crawler/pace_codec.hpp"
#include "crawler/pace_keeper.hpp"

namespace waydiff::crawler {
namespace {

using namespace std::chrono_literals;

const PaceTime now = PaceTime{} + 400000h;

PaceState troubled() {
  PaceState state;
  state.index = {now + 2s, 0.3, now - 1s, now - 10s, now + 50s, 2, true, now + 5s};
  state.playback.rate = 1.0 / 16;
  state.refusals = 1;
  state.refused_at = now - 3s;
  state.failures = 17;
  state.breaks = 1;
  state.bans = 3;
  stay_away(state, now + 3600s, core::Errc::refused, "connection \"refused\"\n");
  return state;
}

TEST(PaceState, IsLeftAloneWhileTheClockIsRight) {
  PaceState state = troubled();
  settle(state, now);
  EXPECT_EQ(state, troubled());
}

TEST(PaceState, IsCutDownWhenTheClockWasSetBack) {
  PaceState state = troubled();
  const PaceTime earlier = now - 1000h;
  settle(state, earlier);
  EXPECT_EQ(state.index.held_until - earlier, 60s) << "the pause that began in the future begins now";
  EXPECT_LE(state.index.halved_at, earlier);
  EXPECT_LE(state.index.probing_until, earlier + 1min);
  EXPECT_LE(state.refused_at, earlier);
  EXPECT_EQ(*state.not_before - earlier, 24h + 1s);
  EXPECT_EQ(state.bans, 3);
}

TEST(PaceState, StaysAwayForTheLongerOfTwoTimes) {
  PaceState state;
  stay_away(state, now + 100s, core::Errc::refused, "first");
  stay_away(state, now + 50s, core::Errc::rate_limited, "second");
  EXPECT_EQ(state.not_before, now + 100s);
  EXPECT_EQ(state.reason, "first");
}

TEST(PaceCodec, KeepsEverythingButTheShare) {
  PaceState state = troubled();
  state.share = 0.5;
  const auto read = decode_pace(encode_pace(state));
  ASSERT_TRUE(read) << read.error().detail;
  state.share = 1.0;
  EXPECT_EQ(*read, state);
  EXPECT_EQ(*decode_pace(encode_pace({})), PaceState{});
  EXPECT_EQ(*decode_pace(""), PaceState{}) << "a host not seen before";
}

TEST(PaceCodec, WritesOneReadableLine) {
  PaceState state;
  state.not_before = PaceTime{} + 5s;
  state.reason = "429";
  EXPECT_EQ(encode_pace(state),
            R"({"version":1,)"
            R"("index":{"next":0,"rate":1E0,"halved_at":0,"held_since":0,"held_until":0,"strikes":0,)"
            R"("probe_next":false,"probing_until":0},)"
            R"("playback":{"next":0,"rate":1E0,"halved_at":0,"held_since":0,"held_until":0,"strikes":0,)"
            R"("probe_next":false,"probing_until":0},)"
            R"("refusals":0,"refused_at":0,"failures":0,"breaks":0,"bans":0,)"
            R"("not_before":5000000,"refused":false,"reason":"429"})");
}

TEST(PaceCodec, RefusesWhatItDoesNotUnderstand) {
  const std::string good = encode_pace(troubled());
  const auto with = [&](std::string_view what, std::string_view other) {
    std::string text = good;
    const std::size_t found = text.find(what);
    EXPECT_NE(found, std::string::npos) << what;
    return text.replace(found, what.size(), other);
  };
  EXPECT_TRUE(decode_pace(good));
  EXPECT_FALSE(decode_pace("{}"));
  EXPECT_FALSE(decode_pace("[1]"));
  EXPECT_FALSE(decode_pace(good.substr(0, good.size() / 2)));
  EXPECT_FALSE(decode_pace(with("\"version\":1", "\"version\":2")));
  EXPECT_FALSE(decode_pace(with("\"rate\":3E-1", "\"rate\":30")));
  EXPECT_FALSE(decode_pace(with("\"strikes\":2", "\"strikes\":-1")));
  EXPECT_FALSE(decode_pace(with("\"failures\":17", "\"failures\":\"17\"")));
  EXPECT_FALSE(decode_pace(with("\"held_until\":", "\"held_until\":9223372036854775807,\"x\":")));
  EXPECT_EQ(decode_pace("nonsense").error().code, core::Errc::bad_json);
}

TEST(PaceKeeper, KeepsEachHostApart) {
  MemoryPaceKeeper keeper;
  keeper.with("a.example", [](PaceState& state) { state.refusals = 2; });
  keeper.with("b.example", [](PaceState& state) { EXPECT_EQ(state.refusals, 0); });
  keeper.with("a.example", [](PaceState& state) { EXPECT_EQ(state.refusals, 2); });
}

TEST(PaceKeeper, KnowsAHostByItsNameAndPort) {
  EXPECT_EQ(host_of("https://web.archive.org/cdx/search/cdx"), "web.archive.org");
  EXPECT_EQ(host_of("http://WEB.archive.org:80/web"), "web.archive.org");
  EXPECT_EQ(host_of("https://web.archive.org:443"), "web.archive.org");
  EXPECT_EQ(host_of("https://web.archive.org:8443/web"), "web.archive.org:8443");
  EXPECT_EQ(host_of("http://127.0.0.1:8080/web"), "127.0.0.1:8080");
  EXPECT_EQ(host_of("http://[::1]:8080/web"), "[::1]:8080");
  EXPECT_EQ(host_of("ftp://a.example/"), "ftp://a.example/") << "no address of an archive";
}

}  // namespace
}  // namespace waydiff::crawler
