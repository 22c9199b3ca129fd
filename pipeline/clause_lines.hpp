#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/change_set.hpp"
#include "core/clause.hpp"
#include "core/error.hpp"
#include "storage/rows.hpp"

namespace waydiff::pipeline {

/// Where a clause of the new text comes from.
struct Descent {
  std::optional<std::size_t> from;  ///< the old clause that it goes on; each is gone on by one at most
  std::optional<std::size_t> part;  ///< the old clause that it is a further part of
};

/// For each clause of the new text. Of a split, the part with most of the words goes on, of merged clauses the one that
/// gave most words does. Fails with bad_argument when the changes do not account for every clause of both exactly once.
/// `before` and `after` are the clauses of the two texts. Pure.
[[nodiscard]] core::Result<std::vector<Descent>> descents(const core::ChangeSet& changes,
                                                          std::span<const core::Clause> before,
                                                          std::span<const core::Clause> after);

/// Follows the clauses of a target through its texts, which are given in the order in which they were first seen.
/// A state that returns has the lines it had; so has a clause that was removed and comes back with the same
/// fingerprint. Pure: the same texts and changes give the same names.
class LineTracer {
 public:
  /// `target` names the target in the names of its lines.
  explicit LineTracer(std::string target) : target_(std::move(target)) {}

  /// The first text of all, or of a state whose coming is not known.
  void begin(int state, std::span<const core::Clause> clauses);
  /// A state that follows `old_state`, which is known.
  void follow(int old_state, int state, std::span<const Descent> descents, std::span<const core::Clause> clauses);
  /// A text of a known state, and the captures that show it, by time, as positions among all of the target's.
  void place(storage::Id text, int state, std::span<const core::Clause> clauses, std::span<const std::size_t> captures);

  /// `captures` are those of the positions that place() was given.
  [[nodiscard]] storage::ClauseLines done(std::span<const storage::Id> captures) &&;

 private:
  using Lines = std::vector<std::size_t>;
  struct Extent {
    std::size_t first = 0, last = 0;
  };

  std::size_t new_line(const std::string& fingerprint, std::optional<std::size_t> parent);
  std::optional<std::size_t> revived(const std::string& fingerprint, const std::vector<bool>& used) const;
  void keep(int state, Lines lines, std::span<const core::Clause> clauses);

  std::string target_;
  storage::ClauseLines made_;
  std::map<int, Lines> states_;                                       ///< lines of each state's clauses
  std::map<std::string, std::vector<std::size_t>> by_fingerprint_;    ///< lines that once said so
  std::map<std::string, std::size_t> namesakes_;                      ///< lines that began with a fingerprint
  std::map<std::pair<std::size_t, std::string>, std::size_t> words_;  ///< wordings by line and words
  std::vector<Extent> extents_;                                       ///< of each wording
};

}  // namespace waydiff::pipeline
