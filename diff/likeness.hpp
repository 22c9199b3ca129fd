#pragma once

#include "diff/clause_view.hpp"
#include "diff/similarity.hpp"

namespace waydiff::diff {

/// Where two clauses without counterpart stand towards each other: anywhere; between the same two clauses that kept
/// their places; the only two between them.
enum class Nearness { far, near, alone };

/// How alike two clauses are and how alike they must be where they stand, all 0 to 1.
struct Likeness {
  double common_weight = 0.0;
  double similarity = 0.0;  ///< of the words alone: what is told
  double value = 0.0;       ///< with what else speaks for the pair: what decides
  double threshold = 1.0;
  double score = 0.0;  ///< value with the evidence of place and kind: the best pair is taken first
  [[nodiscard]] bool enough() const noexcept { return value >= threshold; }
};

/// Below this a pair is believed only where it stands: it may not cross another.
inline constexpr double far_threshold = 0.62;

/// Common words, and what tells more than they do: one stands whole at the other's start or end, both open alike, both
/// state the document's date, both are rows with the same key. Linear in the words.
[[nodiscard]] Likeness likeness(const ClauseView& before, const Shape& old_shape, const ClauseView& after,
                                const Shape& new_shape, const Vocabulary& vocabulary, Nearness nearness);

}  // namespace waydiff::diff
