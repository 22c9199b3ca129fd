#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "config/every.hpp"
#include "core/capture.hpp"
#include "crawler/archive.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// What becomes of a capture in place of which an archive gives another one.
struct OfferVerdict {
  std::string cause;                     ///< why the capture itself is unplayable
  std::optional<core::Capture> capture;  ///< set: the other one, not listed so far, is worth fetching
  bool listed = false;                   ///< the other one is listed, so the plan may choose it
};

/// How far from the time asked for another capture may lie: half a period, a day for `all` and `changes`.
[[nodiscard]] std::chrono::seconds tolerance(const config::Every& every);

/// Judges the offer made for `asked`. Of the target's captures, `rows` has those of the offer's moment and those in
/// place of which `asked` itself was given; others make no difference. A capture of the same address within the
/// tolerance is taken in its place; one farther away, or of another address, is refused. So is whatever is offered for
/// a capture that was an offer itself: chains and rings end there. Linear.
[[nodiscard]] OfferVerdict judge_offer(const storage::CaptureRow& asked, const crawler::Offer& offer,
                                       std::span<const storage::CaptureRow> rows, const config::Every& every);

/// "TIMESTAMP ADDRESS", as CaptureRow::offered keeps it.
[[nodiscard]] std::string offer_text(const crawler::Offer& offer);
[[nodiscard]] std::string offer_text(const core::Capture& offered);

}  // namespace waydiff::pipeline
