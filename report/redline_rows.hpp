#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "report/redline.hpp"

namespace waydiff::report {

inline constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

/// Clauses of one side, from `first` on; `first` is nowhere when that side has none.
struct ClauseSpan {
  std::size_t first = nowhere;
  std::size_t count = 0;
  std::string_view text{};
  [[nodiscard]] bool empty() const { return first == nowhere; }
  [[nodiscard]] std::size_t last() const { return first + count - 1; }
};

/// A step of the way through both texts at once.
struct RedlineRow {
  enum class Kind {
    plain,   ///< nothing to mark: unchanged, or a change that is not shown
    change,  ///< a change, where the newer text has it; removals at their old place
    left,    ///< the older text's place of clauses that moved away
  };
  Kind kind = Kind::plain;
  std::size_t change = nowhere;  ///< index in the change set; nowhere for unchanged clauses
  ClauseSpan before, after;      ///< clauses that stand here; what moved has only the one of its place
  const std::vector<std::string>* path = nullptr;  ///< headings above it; never null
};

/// True for clauses that stand elsewhere in the newer text, reworded or not.
[[nodiscard]] bool has_moved(const core::Change& change);

/// The rows, in the order of the newer text. Every clause of both sides stands in one row (moved ones at both places);
/// of a redline without clauses there are rows of shown changes only.
[[nodiscard]] std::vector<RedlineRow> redline_rows(const Redline& redline);

/// Changes told in one go: neighbouring clauses that were added, removed or moved together.
struct ChangeRun {
  std::size_t first = 0;  ///< index in the change set
  std::size_t count = 1;
};

/// The shown changes of a redline as runs, numbered from 1 in reading order.
class ChangeRuns {
 public:
  explicit ChangeRuns(const Redline& redline);

  [[nodiscard]] const std::vector<ChangeRun>& all() const { return runs_; }
  /// The number of the run that a shown change belongs to.
  [[nodiscard]] std::size_t number(std::size_t change) const { return run_of_[change] + 1; }
  [[nodiscard]] const ChangeRun& run(std::size_t change) const { return runs_[run_of_[change]]; }
  [[nodiscard]] bool is_first(std::size_t change) const { return run(change).first == change; }

 private:
  std::vector<ChangeRun> runs_;
  std::vector<std::size_t> run_of_;
};

/// A run as if it were one change of many clauses, without the words.
[[nodiscard]] core::Change told_as_one(const core::ChangeSet& set, const ChangeRun& run);

/// What differs in the inline Markdown of a change whose words are the same: "[terms]([-https://a-]{+https://b+})".
/// Empty when nothing does, or when the clauses are not known.
[[nodiscard]] std::vector<core::WordOp> markup_ops(const Redline& redline, const core::Change& change);

}  // namespace waydiff::report
