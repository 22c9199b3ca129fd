#pragma once

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace waydiff::core {

/// When a capture was made: UTC, whole seconds. Source: `timestamp` in the CDX server's README.
class Timestamp {
 public:
  /// The Unix epoch.
  Timestamp() = default;
  explicit Timestamp(std::chrono::sys_seconds time) noexcept : time_(time) {}

  /// Fails with bad_timestamp unless `digits` is 14 digits naming a real date and time. A month or day 00
  /// shifted in (they occur in the year 2000 of the Wayback index: 20000012170449) is dropped and seconds 00
  /// appended; keep the raw digits beside it for the playback address.
  [[nodiscard]] static Result<Timestamp> parse(std::string_view digits);

  /// The first (or last) second that a prefix of 4 to 14 digits names: "2004" is 20040101000000 (20041231235959).
  [[nodiscard]] static Result<Timestamp> parse_from(std::string_view digits);
  [[nodiscard]] static Result<Timestamp> parse_to(std::string_view digits);

  /// "2020-01-31T23:59:59Z", with or without a fraction, which is cut. Source: WARC 1.1, WARC-Date.
  [[nodiscard]] static Result<Timestamp> parse_iso(std::string_view text);

  /// "Fri, 24 Nov 2017 15:13:15 GMT". Source: RFC 7089, Memento-Datetime.
  [[nodiscard]] static Result<Timestamp> parse_http_date(std::string_view text);

  [[nodiscard]] std::string digits() const;     ///< "20200131235959"
  [[nodiscard]] std::string date() const;       ///< "2020-01-31"
  [[nodiscard]] std::string iso() const;        ///< "2020-01-31T23:59:59Z"
  [[nodiscard]] std::string http_date() const;  ///< "Fri, 31 Jan 2020 23:59:59 GMT"
  [[nodiscard]] std::chrono::sys_seconds time() const noexcept { return time_; }

  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;

 private:
  std::chrono::sys_seconds time_{};
};

}  // namespace waydiff::core
