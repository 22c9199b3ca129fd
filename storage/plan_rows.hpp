#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/timestamp.hpp"
#include "storage/rows.hpp"

namespace waydiff::storage {

/// What plans look at of a capture. A target may have a hundred thousand of them, all in memory at a time, so this is
/// kept small: one cache line each, where a CaptureRow takes about 1 KiB.
struct PlanRow {
  /// As far as plans tell CaptureRow::digest_check apart.
  enum class Check : std::uint8_t { none, verified, suspect };

  Id id = 0;
  core::Timestamp time;
  Id body = 0;                                                             ///< 0: none
  std::chrono::sys_seconds retry_after = std::chrono::sys_seconds::min();  ///< min: not set
  std::int64_t length = -1;                                                ///< of the archive's record; -1: unknown
  std::uint32_t digest = 0;       ///< captures of equal digest have the same number; 0: unknown, or that of no bytes
  std::uint32_t page = 0;         ///< position in PlanRows::pages
  std::uint32_t archive = 0;      ///< its Id
  std::int32_t status = -1;       ///< as the index says; -1: unknown
  std::int32_t http_status = -1;  ///< of the archived response; -1: not asked for
  Outcome outcome = Outcome::pending;
  Check check = Check::none;
  bool revisit = false;
  bool cut_short = false;  ///< a part of the body is missing
};
static_assert(sizeof(PlanRow) == 64);

/// What captures have in common: the address as captured, and the content type of the archived response.
struct PlanPage {
  std::string original;
  std::string content_type;
};

/// That the archive gave another capture instead of this one. Few captures have such a thing.
struct PlanOffer {
  std::size_t hash = 0;  ///< offer_hash() of CaptureRow::offered
  Id capture = 0;
};
[[nodiscard]] std::size_t offer_hash(std::string_view offered);

/// Captures of a target, as plans see them.
struct PlanRows {
  std::vector<PlanRow> rows;
  std::vector<PlanPage> pages;    ///< each once
  std::vector<PlanOffer> offers;  ///< of those rows that have one
  std::uint32_t digests = 0;      ///< the highest number of a digest
};

/// Makes PlanRows of captures, one after the other.
class PlanRowsMaker {
 public:
  /// `count`: how many are to come, or more.
  explicit PlanRowsMaker(std::size_t count);
  void add(const CaptureRow& row);
  /// Numbers the digests; n log n.
  [[nodiscard]] PlanRows done() &&;

 private:
  PlanRows made_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> pages_;
  std::vector<std::array<std::uint8_t, 20>> digests_;  ///< of each row; unused where it tells nothing
};

}  // namespace waydiff::storage
