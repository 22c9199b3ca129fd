#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/archive_profile.hpp"
#include "crawler/archive.hpp"

namespace waydiff::crawler {

class PaceKeeper;

/// How to speak to one archive over HTTP. Defaults are the field guide's safe numbers for the Internet Archive.
struct HttpSettings {
  std::string name;                                                 ///< as in the configuration: "wayback"
  core::ArchiveProfile profile = core::archive_profiles().front();  ///< dialect and manners; "wayback"
  std::string index;       ///< CDX address: "https://web.archive.org/cdx/search/cdx"
  std::string playback;    ///< "https://web.archive.org/web"
  std::string user_agent;  ///< "waydiff/0.1.0 (+mailto:you@example.org)"
  int index_per_minute = 24;
  int playback_per_minute = 480;
  int connections = 4;
  std::size_t max_pages = 10000;            ///< of one query; what is left of its time is then asked for anew
  std::size_t scan_ceiling = 100000;        ///< captures that a server is trusted to scan for one filtered answer
  int page_rows = 10000;                    ///< `limit` of an index query; halved on timeouts and cut answers
  int attempts = 5;                         ///< of one request before it counts as failed
  std::chrono::seconds pause{60};           ///< least pause after a 429, doubled on repetition
  std::chrono::seconds patience{15 * 60};   ///< a longer pause is not waited for: rate_limited, with not_before set
  std::chrono::milliseconds backoff{2000};  ///< first wait after a live failure, doubled each time, with jitter
  std::chrono::seconds connect_timeout{30};
  std::chrono::seconds slow_index{60};      ///< an answer that takes longer halves the rate, once a minute at most
  std::chrono::seconds slow_playback{30};   ///< likewise
  std::chrono::seconds ban{60 * 60};        ///< first cool-down after refused connections, doubled up to a day
  std::chrono::seconds stall_timeout{120};  ///< less than 1 byte a second for this long, first byte included
  std::size_t max_body = 64u << 20;         ///< bytes of a decoded body
  std::size_t max_ratio = 200;              ///< decoded to received bytes, above the first MiB
  std::optional<std::chrono::sys_seconds> not_before;  ///< from an earlier run: nothing is sent before it
  std::shared_ptr<PaceKeeper> pace;  ///< what all who ask the hosts know of them; null: this archive keeps it alone
};

/// An archive over HTTP, in the dialect of its profile. `talk` gets one line for a person on pauses and retries; may be
/// empty.
[[nodiscard]] std::unique_ptr<Archive> open_http_archive(boost::asio::io_context& io, HttpSettings settings,
                                                         std::function<void(std::string)> talk = {});

}  // namespace waydiff::crawler
