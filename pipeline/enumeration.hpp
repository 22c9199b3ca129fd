#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "core/timestamp.hpp"
#include "crawler/capture_list.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// What a target wants to know of one address in one archive.
struct Wanted {
  std::string url;
  std::string from;                    ///< 4 to 14 digits
  std::string to;                      ///< likewise; empty: now
  std::chrono::hours relist{20};       ///< a listing younger than this is left alone
  std::chrono::days reread{14};        ///< index entries come late: later listings begin so long before the last one
  std::chrono::days relist_full{180};  ///< after so long all is asked for again
  bool always = false;                 ///< ask for all, whatever is known
};

/// What a configured target wants to know of `url`; all of it with `always`, and of files.
[[nodiscard]] Wanted wanted_of(const config::TargetConfig& target, const config::ArchiveConfig& archive,
                               std::string url, bool always);

/// A target's addresses: its own and its aliases, each once.
[[nodiscard]] std::vector<std::string> addresses(const std::string& url, const std::vector<std::string>& configured,
                                                 std::span<const storage::AliasRow> aliases);

/// One query to send.
struct Ask {
  std::string from, to;  ///< digits; `to` may be empty
  std::string since;     ///< digits: the part from then on of what is wanted; empty: all of `from` to `to`
  friend bool operator==(const Ask&, const Ask&) = default;
};

/// The queries that are missing, by the listings the store has of this address in this archive, oldest first. None
/// when they are young enough, or when the archive refused the address and is not to be asked again yet. Incomplete
/// listings count for nothing. `newest` is the time of the newest capture listed so far.
[[nodiscard]] std::vector<Ask> missing_listings(std::span<const storage::ListingRow> listings, const Wanted& wanted,
                                                std::optional<core::Timestamp> newest, std::chrono::sys_seconds now);

/// When an address that the archive refuses to list may be asked for again: after 7, then 30, then 90 days; empty when
/// its last listing was not refused.
[[nodiscard]] std::optional<std::chrono::sys_seconds> refused_until(std::span<const storage::ListingRow> listings,
                                                                    const std::string& url);

/// What ListingRow::problem says of an address that was refused, with a cause of the archive's own after it.
inline constexpr std::string_view refused_mark = "not given out by the archive: ";

/// What ListingRow::query says.
[[nodiscard]] std::string query_text(const std::string& url, const Ask& ask);

/// What a complete listing of everything does not have any more. Captures that came as offers were never listed and are
/// left alone.
class Vanished {
 public:
  /// Of `archive` and `urlkey`, between `ask.from` and `ask.to`. `listed` and `offers` (CaptureRow::offered of all the
  /// target's captures) must outlive this.
  Vanished(storage::Id archive, std::string urlkey, const Ask& ask, const crawler::CaptureList& listed,
           const std::vector<std::string>& offers);

  /// Marks a row that is gone as "no longer listed" in its cause, and takes the mark from one that is back. True when
  /// that changed it.
  [[nodiscard]] bool mark(storage::CaptureRow& row) const;

 private:
  storage::Id archive_;
  std::string urlkey_;
  std::chrono::sys_seconds begin_, end_;
  const crawler::CaptureList& listed_;
  std::set<std::string_view> offers_;
};

}  // namespace waydiff::pipeline
