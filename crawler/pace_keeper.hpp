#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "crawler/pace_state.hpp"

namespace waydiff::crawler {

/// Keeps the state of archive hosts for all who ask them: at least all archives of a process, better all processes of
/// the machine. One thread at a time.
class PaceKeeper {
 public:
  PaceKeeper() = default;
  PaceKeeper(const PaceKeeper&) = delete;
  PaceKeeper& operator=(const PaceKeeper&) = delete;
  virtual ~PaceKeeper() = default;

  /// Calls `change` once with the state of `host` (see host_of); a host not seen before has a fresh one. Nobody else
  /// reads or changes it meanwhile, and the next who does sees what `change` left. Must not be called from `change`.
  /// Cannot fail: what keeps a state from being shared is the keeper's to report and to make good by going slower.
  virtual void with(std::string_view host, const std::function<void(PaceState&)>& change) = 0;
};

/// Keeps them as long as it lives.
class MemoryPaceKeeper : public PaceKeeper {
 public:
  void with(std::string_view host, const std::function<void(PaceState&)>& change) override;

 private:
  std::map<std::string, PaceState, std::less<>> hosts_;
};

/// What identifies the host of an index or playback address: lower case, the port unless it is the scheme's own
/// ("web.archive.org", "127.0.0.1:8080"). Addresses that cannot be read are their own hosts.
[[nodiscard]] std::string host_of(std::string_view address);

}  // namespace waydiff::crawler
