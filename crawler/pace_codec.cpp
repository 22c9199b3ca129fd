#include "crawler/pace_codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdint>

namespace waydiff::crawler {
namespace {

namespace json = boost::json;

constexpr std::int64_t version = 1;
constexpr std::int64_t latest_time = 253402300799'000000;  // the year 9999: sums of such times do not overflow
constexpr std::int64_t largest_count = 1000000;

json::object encode(const PoolState& pool) {
  return {
      {"next", pool.next.time_since_epoch().count()},
      {"rate", pool.rate},
      {"halved_at", pool.halved_at.time_since_epoch().count()},
      {"held_since", pool.held_since.time_since_epoch().count()},
      {"held_until", pool.held_until.time_since_epoch().count()},
      {"strikes", pool.strikes},
      {"probe_next", pool.probe_next},
      {"probing_until", pool.probing_until.time_since_epoch().count()},
  };
}

/// Reads the members of one object; remembers whether all were there and in range.
class Members {
 public:
  explicit Members(const json::object& object) : object_(object) {}

  void read(std::string_view key, PaceTime& time) {
    std::int64_t number = 0;
    read(key, number, latest_time);
    time = PaceTime(PaceTime::duration(number));
  }
  void read(std::string_view key, int& count) {
    std::int64_t number = 0;
    read(key, number, largest_count);
    count = static_cast<int>(number);
  }
  void read(std::string_view key, bool& flag) {
    const json::value* const found = object_.if_contains(key);
    if (found != nullptr && found->is_bool()) {
      flag = found->as_bool();
    } else {
      good_ = false;
    }
  }
  void read_rate(std::string_view key, double& rate) {
    const json::value* const found = object_.if_contains(key);
    if (found != nullptr && found->is_double()) rate = found->as_double();
    if (found != nullptr && found->is_int64()) rate = static_cast<double>(found->as_int64());
    good_ = good_ && found != nullptr && found->is_number() && rate >= least_rate && rate <= 1.0;
  }
  void read(std::string_view key, std::string& text) {
    const json::value* const found = object_.if_contains(key);
    if (found != nullptr && found->is_string()) {
      text = found->as_string();
    } else {
      good_ = false;
    }
  }
  void read(std::string_view key, PoolState& pool) {
    const json::value* const found = object_.if_contains(key);
    if (found == nullptr || !found->is_object()) {
      good_ = false;
      return;
    }
    Members members(found->as_object());
    members.read("next", pool.next);
    members.read_rate("rate", pool.rate);
    members.read("halved_at", pool.halved_at);
    members.read("held_since", pool.held_since);
    members.read("held_until", pool.held_until);
    members.read("strikes", pool.strikes);
    members.read("probe_next", pool.probe_next);
    members.read("probing_until", pool.probing_until);
    good_ = good_ && members.good_;
  }
  [[nodiscard]] bool has(std::string_view key) const { return object_.if_contains(key) != nullptr; }
  [[nodiscard]] bool good() const { return good_; }

 private:
  const json::object& object_;
  bool good_ = true;

  void read(std::string_view key, std::int64_t& number, std::int64_t largest) {
    const json::value* const found = object_.if_contains(key);
    if (found != nullptr && found->is_int64() && found->as_int64() >= 0 && found->as_int64() <= largest) {
      number = found->as_int64();
    } else {
      good_ = false;
    }
  }
};

core::Result<PaceState> bad(std::string_view text) {
  return core::fail(core::Errc::bad_json, "not the state of a host: " + std::string(text.substr(0, 100)));
}

}  // namespace

std::string encode_pace(const PaceState& state) {
  json::object object{
      {"version", version},
      {"index", encode(state.index)},
      {"playback", encode(state.playback)},
      {"refusals", state.refusals},
      {"refused_at", state.refused_at.time_since_epoch().count()},
      {"failures", state.failures},
      {"breaks", state.breaks},
      {"bans", state.bans},
  };
  if (state.not_before) {
    object["not_before"] = state.not_before->time_since_epoch().count();
    object["refused"] = state.stop_code == core::Errc::refused;
    object["reason"] = state.reason;
  }
  return json::serialize(object);
}

core::Result<PaceState> decode_pace(std::string_view text) {
  PaceState state;
  if (text.empty()) return state;
  boost::system::error_code error;
  const json::value parsed = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !parsed.is_object()) return bad(text);
  Members members(parsed.as_object());
  int found_version = 0;
  members.read("version", found_version);
  members.read("index", state.index);
  members.read("playback", state.playback);
  members.read("refusals", state.refusals);
  members.read("refused_at", state.refused_at);
  members.read("failures", state.failures);
  members.read("breaks", state.breaks);
  members.read("bans", state.bans);
  if (members.has("not_before")) {
    bool refused = false;
    members.read("not_before", state.not_before.emplace());
    members.read("refused", refused);
    members.read("reason", state.reason);
    state.stop_code = refused ? core::Errc::refused : core::Errc::rate_limited;
  }
  if (!members.good() || found_version != version) return bad(text);
  return state;
}

}  // namespace waydiff::crawler
