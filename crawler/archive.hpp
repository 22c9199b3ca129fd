#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture.hpp"
#include "core/error.hpp"
#include "crawler/capture_list.hpp"

namespace waydiff::crawler {

/// What of an index a query means. Source: field guide section 3.3.
enum class Match {
  exact,   ///< one address, in all its variants with the same urlkey
  prefix,  ///< all addresses that begin like it
  host,    ///< all of its host
  domain,  ///< all of its host and the hosts below
};

/// Which captures to list.
struct ListQuery {
  std::string url;
  std::string from;  ///< 4 to 14 digits; empty for no limit
  std::string to;    ///< likewise; inclusive as a prefix: "2004" admits 20041231235959
  Match match = Match::exact;
  std::vector<std::string> filters{};  ///< "[!]field:regex" of the classic index, whole value; all must hold
};

/// What the index said. A listing that did not end cleanly keeps the rows it got but is not complete.
struct Listing {
  CaptureList captures;   ///< by time, each (timestamp, original, digest) once
  bool complete = false;  ///< false: `problem` says why
  std::optional<core::Error> problem;
  std::size_t pages = 0;                       ///< answers read
  std::size_t rows = 0;                        ///< rows the index printed, before dropping any
  std::map<std::string, std::size_t> dropped;  ///< reason ("repeated", "malformed", "out_of_range", "not_http") to rows
  std::vector<std::string> warnings;           ///< unreadable records and the like, each naming its input
};

/// How a body compares with the digest the index gave. Source: field guide section 6.
enum class DigestCheck { none, verified, unverifiable, suspect };
[[nodiscard]] std::string_view name(DigestCheck check) noexcept;

/// The capture that an archive gives in place of the one asked for.
struct Offer {
  std::string raw_timestamp;
  core::Timestamp time;
  std::string original;
};

/// How fast an archive may be asked at the moment.
struct Pace {
  double index_per_minute = 0;  ///< 0: not limited
  double playback_per_minute = 0;
  std::optional<std::chrono::sys_seconds> held_until;  ///< a pause that is being sat out
};

/// One archived HTTP response. Any status is content of the past: 404 here means the site said so then.
struct Playback {
  int status = 200;
  std::string content_type;  ///< archived header verbatim; may be empty
  std::string location;      ///< archived redirect's target as an original address; empty for none
  std::string body;          ///< transfer and content codings undone
  core::Timestamp served;    ///< the time the archive gives for what it sent
  DigestCheck digest_check = DigestCheck::none;
  bool from_revisit = false;       ///< the body came from the record a revisit refers to
  std::string cut_short;           ///< how it is known that a part of the body is missing: "400 of 90000 bytes"; or empty
  std::vector<std::string> notes;  ///< "undecoded: br"
  std::optional<Offer> offered;    ///< set: not the capture asked for, which is not given out; nothing else is filled
};

/// A source of captures. One thread only: the one that runs the io_context. Each call does its own pacing and
/// retries; an error it returns has been retried as far as that makes sense.
class Archive {
 public:
  Archive() = default;
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  virtual ~Archive() = default;

  /// Fails with excluded when the archive refuses to list the address, rate_limited or refused when it asked us to
  /// stay away (see not_before), interrupted after stop(); other troubles come back as an incomplete Listing.
  [[nodiscard]] virtual boost::asio::awaitable<core::Result<Listing>> list(ListQuery query) = 0;

  /// Fails with unplayable (no record, not archived), excluded, too_large, bad_body,
  /// rate_limited, refused, http_status, transport, timed_out or interrupted.
  [[nodiscard]] virtual boost::asio::awaitable<core::Result<Playback>> play(core::Capture capture) = 0;

  /// Names a capture of an earlier listing: others may have their payload in its record. Those of listings in this
  /// process are known.
  virtual void remember(const core::Capture& /*capture*/) {}

  /// Set once the archive has asked us to stop: no request is sent before this time.
  [[nodiscard]] virtual std::optional<std::chrono::sys_seconds> not_before() const { return {}; }

  [[nodiscard]] virtual Pace pace() const { return {}; }

  /// Requests sent so far, index and playback.
  [[nodiscard]] virtual std::size_t requests() const { return 0; }

  /// Calls under way and later ones end with interrupted, soon.
  virtual void stop() {}
};

}  // namespace waydiff::crawler
