#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/change_set.hpp"

namespace waydiff::report {

/// One change as every form shows it. Texts are `visible` ones, not yet escaped for any form.
struct ChangeView {
  std::string kind;          ///< "modified"
  std::string significance;  ///< "substantive"
  std::string reason;        ///< empty where it only repeats the kind
  std::vector<std::string> flags;
  std::string place;                ///< heading path above the clause; "old → new" where it differs; "(top)" for none
  std::string numbers;              ///< clause numbers from 1: "17 → 19", "17–18 → 20"
  std::string move;                 ///< "Moved from Cookies, clause 17, to Sharing, clause 19"; empty where it stayed
  std::string from;                 ///< path of the place it moved from, where that is another than its path now
  std::string to;                   ///< "Sharing, clause 19", or "clause 19" of the same path; empty where it stayed
  std::vector<core::WordOp> spans;  ///< what to print; never empty
  bool same_words = false;          ///< nothing in `spans` differs
};

[[nodiscard]] ChangeView change_view(const core::Change& change);

/// "modified, reworded", "moved (structural)": kind, significance unless substantive, reason.
[[nodiscard]] std::string change_title(const ChangeView& change);
/// "clause 17 → 19", "clauses 17–18 → 20".
[[nodiscard]] std::string clause_numbers(const ChangeView& change);

/// The changes of one significance, in their order.
[[nodiscard]] std::vector<ChangeView> change_views(const core::ChangeSet& set, core::Significance significance);

[[nodiscard]] std::size_t count(const core::ChangeSet& set, core::Significance significance);
[[nodiscard]] std::size_t count(const core::ChangeSet& set, core::ChangeKind kind);

/// "2 added, 1 removed, 4 modified, 1 moved, 3 editorial; 110 unchanged", or "no changes; 110 unchanged".
[[nodiscard]] std::string summary(const core::ChangeSet& set);

/// The same spans with long unchanged stretches shortened to what stands next to a change.
[[nodiscard]] std::vector<core::WordOp> excerpt(const std::vector<core::WordOp>& spans, std::size_t context);

}  // namespace waydiff::report
