#pragma once

#include <map>
#include <span>
#include <vector>

#include "core/document.hpp"
#include "core/error.hpp"
#include "report/announcement.hpp"
#include "storage/store.hpp"

namespace waydiff::report {

/// The dates that texts state of themselves, by text.
using StatedDates = std::map<storage::Id, std::vector<core::StatedDate>>;

/// Those of the texts on both sides of transitions. Reads each text once, whole: about a millisecond each.
[[nodiscard]] core::Result<StatedDates> read_stated_dates(storage::Store& store,
                                                          std::span<const storage::TransitionRow> transitions);

/// What they say of one of these transitions.
[[nodiscard]] Announcement announcement(const storage::TransitionRow& transition, const StatedDates& dates);

}  // namespace waydiff::report
