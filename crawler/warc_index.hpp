#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture.hpp"
#include "core/error.hpp"
#include "crawler/key_range.hpp"
#include "crawler/warc_reader.hpp"

namespace waydiff::crawler {

/// Where a capture's bytes are.
enum class WarcPlace {
  record,   ///< in a record that was read whole
  damaged,  ///< in a record that could not be read to its end
  listed,   ///< perhaps where an index line says; nowhere if the line names no file that exists
};

struct WarcEntry {
  core::Capture capture;   ///< with `file` and `offset`
  std::uint64_t skip = 0;  ///< as in WarcRecord
  WarcPlace place = WarcPlace::record;
  std::size_t record_id = 0;      ///< hash of WARC-Record-ID
  std::size_t concurrent_to = 0;  ///< hash of WARC-Concurrent-To
};

/// What the files hold, by urlkey and time.
class WarcIndex {
 public:
  /// All captures of one urlkey, by time; each (timestamp, original, digest) once.
  [[nodiscard]] std::span<const WarcEntry> captures(std::string_view urlkey) const;
  /// Those of a stretch of urlkeys, by urlkey and time.
  [[nodiscard]] std::span<const WarcEntry> captures(const KeyRange& range) const;
  [[nodiscard]] const WarcEntry* find(const core::Capture& capture) const;

  /// The record that holds a revisit's payload, by what the revisit's head says: the address and date it refers to,
  /// else its payload's digest (same urlkey first), else the record's name. Null if it is in none of the files.
  [[nodiscard]] const WarcEntry* original_of(const WarcEntry& revisit, const WarcRecord& head) const;

  /// Reasons to rows left out, of a stretch of urlkeys.
  [[nodiscard]] std::map<std::string, std::size_t> dropped(const KeyRange& range) const;
  [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }
  /// Set when something could not be read of which nobody can say what it was.
  [[nodiscard]] const std::optional<core::Error>& problem() const noexcept { return problem_; }
  [[nodiscard]] std::size_t files() const noexcept { return files_; }

 private:
  friend class WarcScan;
  [[nodiscard]] const WarcEntry* referred(const WarcEntry& revisit, const WarcRecord& head) const;
  [[nodiscard]] const WarcEntry* of_digest(const WarcEntry& revisit) const;
  void arrange();

  std::vector<WarcEntry> entries_;        ///< by urlkey, time, original, digest
  std::vector<std::uint32_t> by_digest_;  ///< entries with a payload, by digest
  std::map<std::string, std::map<std::string, std::size_t>, std::less<>> dropped_;
  std::vector<std::string> warnings_;
  std::optional<core::Error> problem_;
  std::size_t files_ = 0;
};

}  // namespace waydiff::crawler
