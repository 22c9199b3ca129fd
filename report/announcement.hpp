#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/change_set.hpp"
#include "core/document.hpp"
#include "core/timestamp.hpp"
#include "storage/rows.hpp"

namespace waydiff::report {

/// What a document's own dates say of a transition, beside the interval that captures leave for it.
enum class Announced {
  nothing,     ///< no date changed, and no words of substance did
  undated,     ///< the new text states no date of its own
  silent,      ///< substantive, and the date that both texts state is the same
  dated,       ///< the new date lies in the interval
  back_dated,  ///< the new date lies before the interval: the page was captured after that day without the change
  ahead,       ///< the new date lies after the interval: it was announced before
  restored,    ///< an earlier text is back, and its earlier date with it
  date_only,   ///< a date changed, and no words of substance did
};
/// "silent edit", "dated", "back-dated", "announced ahead", "earlier date restored", "date only", "undated"; "" for
/// nothing.
[[nodiscard]] std::string_view name(Announced announced) noexcept;

/// A date of one role in the two texts of a transition. Where a text states several, the latest.
struct StatedChange {
  std::string role;                          ///< "updated" or "effective"
  std::string old_date;                      ///< YYYY-MM-DD; empty where the old text states none
  std::string new_date;                      ///< likewise of the new one
  Announced announced = Announced::nothing;  ///< of a date that changed: dated, back_dated, ahead
};

struct Announcement {
  Announced announced = Announced::undated;
  std::vector<StatedChange> dates;  ///< updated, then effective; roles that a text states
};

/// Compares what two texts state with the interval of their transition. Days are compared with a tolerance of one, for
/// the time zones of those who write dates. Exact rules: docs/reports.md. Pure.
[[nodiscard]] Announcement announcement(std::span<const core::StatedDate> before,
                                        std::span<const core::StatedDate> after, core::Timestamp not_before,
                                        core::Timestamp not_after, bool substantive, storage::TransitionKind kind);

/// True when some change of the transition is one of substance.
[[nodiscard]] bool is_substantive(const core::ChangeSet& set);

/// "silent edit: updated 2018-05-25 as before", "dated: updated 2018-05-25 (before: 2016-01-01)", "undated: the text
/// states no date"; empty for nothing.
[[nodiscard]] std::string announcement_text(const Announcement& announcement);

}  // namespace waydiff::report
