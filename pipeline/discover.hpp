#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "core/error.hpp"
#include "pipeline/home_pages.hpp"
#include "pipeline/observer.hpp"
#include "pipeline/sources.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

struct DiscoverOptions {
  std::size_t max_pages = 12;                       ///< home pages read of a site
  bool relist = false;                              ///< ask and look again, however young the last look
  std::chrono::hours keep = std::chrono::days(30);  ///< so long nothing is asked again
  std::function<std::chrono::sys_seconds()> now;    ///< the clock; empty: the system's
  std::function<bool()> may_ask;                    ///< false: no further request in this run; empty: always true
};

/// Which document of which site to look for, and where.
struct SiteQuery {
  std::string site;                   ///< "example.com", or an address on it
  std::string kind;                   ///< "privacy policy"
  std::vector<std::string> archives;  ///< names
  std::string from = "2000", to;      ///< 4 to 14 digits; `to` may be empty
};

/// What a site's home pages say.
struct Discovery {
  SiteQuery query;
  Consensus consensus;
  std::size_t pages = 0;  ///< home pages read
  bool complete = true;   ///< every index answered to the end, every page chosen could be read
  bool cut = false;       ///< a limit, a signal or an archive ended the look: not stored, the next one goes on

  [[nodiscard]] const storage::DiscoveryRow* chosen() const;  ///< null when nothing was good enough
};

struct Discoveries {
  std::vector<Discovery> found;  ///< in the order of the queries
  std::size_t troubles = 0;
  bool interrupted = false;
  bool limited = false;                                ///< something was left undone because of may_ask
  std::optional<std::chrono::sys_seconds> not_before;  ///< an archive asked us to stop
};

/// Lists the archived home pages of each site (and where they sent their readers), fetches what is missing of about one
/// a year, keeps them as captures of a target of kind "home page", ranks their links, and stores what they agree on in
/// the table of discoveries, unless the look was cut. Runs `io` until it is done. Fails only when the store does.
[[nodiscard]] core::Result<Discoveries> discover(boost::asio::io_context& io, const std::vector<SiteQuery>& queries,
                                                 std::vector<Source>& sources, storage::Store& store,
                                                 Observer& observer, const DiscoverOptions& options);

/// A configuration's targets, all with an address.
struct Resolution {
  std::vector<config::TargetConfig> targets;  ///< in their order, without those that were not found
  std::size_t unresolved = 0;                 ///< targets whose document was not found, or could not be looked for
  bool interrupted = false;
  std::optional<std::chrono::sys_seconds> not_before;
};

/// Gives the targets without an address the one that discover() finds, looking again only after `options.keep`. A
/// document that was found before keeps its first address as its name; the one its home pages show now becomes an
/// alias of it, as do earlier ones, with the reason home_page. When a look is cut, what an earlier one found still
/// holds. Sends nothing when every target has an address.
[[nodiscard]] core::Result<Resolution> resolve_targets(boost::asio::io_context& io, const config::Config& config,
                                                       std::vector<Source>& sources, storage::Store& store,
                                                       Observer& observer, const DiscoverOptions& options);

}  // namespace waydiff::pipeline
