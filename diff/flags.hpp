#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waydiff::diff {

/// What the flags look at, of one side of a change.
struct Wording {
  std::string_view text;         ///< as it stands: capitals tell names
  std::string_view markup;       ///< with link targets
  std::string_view fingerprint;  ///< of the words
};

/// What a reworded clause changed, by rule (docs/diff.md), in the order negation, modality, number, duration, date,
/// money, link, party, choice. A flag is raised when the two sides differ in the words of its list.
[[nodiscard]] std::vector<std::string> flags(const Wording& before, const Wording& after);

/// Whether two fingerprints deny, allow and oblige in the same words: neither `negation` nor `modality` would be
/// raised.
[[nodiscard]] bool same_force(std::string_view before, std::string_view after);

/// The link targets of a clause's markup and the addresses in it, sorted.
[[nodiscard]] std::vector<std::string> link_targets(std::string_view markup);

}  // namespace waydiff::diff
