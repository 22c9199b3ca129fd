#include "pipeline/shared_pace.hpp"

#include <cstdlib>
#include <map>
#include <utility>

#include "crawler/pace_codec.hpp"
#include "storage/host_state.hpp"

namespace waydiff::pipeline {
namespace {

using crawler::PaceState;

constexpr double share_alone = 0.5;

class SharedPace : public crawler::PaceKeeper {
 public:
  SharedPace(const core::Result<std::filesystem::path>& file, std::function<void(const std::string&)> warn)
      : warn_(std::move(warn)) {
    auto opened = file.and_then([](const std::filesystem::path& path) { return storage::HostState::open(path); });
    if (opened) {
      shared_ = std::move(*opened);
    } else {
      go_alone(opened.error());
    }
  }

  void with(std::string_view host, const std::function<void(PaceState&)>& change) override {
    auto found = known_.find(host);
    if (found == known_.end()) found = known_.emplace(host, PaceState{}).first;
    PaceState& known = found->second;
    bool changed = false;
    if (shared_) {
      const auto done = shared_->update(host, [&](std::string_view text) -> core::Result<std::string> {
        auto state = crawler::decode_pace(text);
        if (!state) return tl::unexpected(state.error());
        change(*state);
        changed = true;
        known = std::move(*state);
        return crawler::encode_pace(known);
      });
      if (done) return;
      go_alone(done.error());
    }
    // A change that was made but could not be kept is not made again: a request may have been charged to it.
    known.share = share_alone;
    if (!changed) change(known);
  }

 private:
  std::optional<storage::HostState> shared_;
  std::map<std::string, PaceState, std::less<>> known_;  ///< as left here
  std::function<void(const std::string&)> warn_;

  void go_alone(const core::Error& error) {
    shared_.reset();
    if (warn_) {
      warn_("the pace of the archives cannot be shared with other runs, so this one takes half of it: " + error.detail);
    }
  }
};

}  // namespace

std::string process_environment(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value != nullptr ? value : "";
}

core::Result<std::filesystem::path> host_state_file(const config::Config& config, const Environment& environment) {
  if (const std::string given = environment("WAYDIFF_HOST_STATE"); !given.empty()) return given;
  if (!config.host_state.empty()) return config.host_state;
  // Relative paths are to be ignored: XDG Base Directory Specification.
  const std::filesystem::path state = environment("XDG_STATE_HOME");
  if (state.is_absolute()) return state / "waydiff" / "hosts.db";
  const std::filesystem::path home = environment("HOME");
  if (home.is_absolute()) return home / ".local" / "state" / "waydiff" / "hosts.db";
  return core::fail(core::Errc::not_found,
                    "neither HOME nor XDG_STATE_HOME is set; name a file as host_state in the configuration");
}

std::shared_ptr<crawler::PaceKeeper> open_shared_pace(const core::Result<std::filesystem::path>& file,
                                                      std::function<void(const std::string&)> warn) {
  return std::make_shared<SharedPace>(file, std::move(warn));
}

}  // namespace waydiff::pipeline
