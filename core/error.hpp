#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace waydiff::core {

/// What went wrong, as far as callers must tell it apart. docs/errors.md lists the whole set.
enum class Errc {
  bad_argument,   ///< a value on the command line or passed by a caller
  bad_config,     ///< the configuration file
  bad_timestamp,  ///< not a date and time
  bad_url,        ///< not an http or https address
  bad_cdx,        ///< an index answer that is not rows: HTML, cut off, wrong columns
  bad_warc,       ///< a record or gzip member that cannot be read
  bad_body,       ///< a body that cannot be decoded
  bad_document,   ///< a page that cannot be turned into text
  bad_json,       ///< a stored or given JSON text
  too_large,      ///< over a size, depth or ratio limit
  not_found,      ///< a file, target, capture or text that is not there
  excluded,       ///< the archive was asked not to show this address
  unplayable,     ///< listed, but the archive does not give it out
  rate_limited,   ///< the archive asked for a pause
  refused,        ///< connections refused: assume a firewall block
  http_status,    ///< the archive itself failed: 5xx, unexpected answer
  transport,      ///< reset, cut short, could not connect
  timed_out,      ///< no answer in time
  io,             ///< a file could not be read or written
  store_busy,     ///< another process writes
  store_newer,    ///< made by a newer waydiff
  store_corrupt,  ///< not a store, or damaged
  store_full,     ///< no space left
  interrupted,    ///< the user or the system asked to stop
};

/// The name of a code as it stands in docs/errors.md and in the ledger: "bad_config".
[[nodiscard]] std::string_view name(Errc code) noexcept;

/// True when the same request may succeed later.
[[nodiscard]] bool is_transient(Errc code) noexcept;

struct Error {
  Errc code;
  std::string detail;  ///< what a person reads: the offending value and where it was met

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(Errc::bad_url, "...")` from a function that returns a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(Errc code, std::string detail) {
  return tl::unexpected<Error>(Error{code, std::move(detail)});
}

}  // namespace waydiff::core
