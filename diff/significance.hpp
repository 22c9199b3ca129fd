#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/change_set.hpp"
#include "diff/flags.hpp"

namespace waydiff::diff {

/// How headings and enumerated clauses that stand on both sides were renumbered: "5" to "6".
using Renumbering = std::map<std::string, std::string, std::less<>>;

struct Judgement {
  core::Significance significance = core::Significance::substantive;
  std::string_view reason;
};

/// What a reworded or retouched clause amounts to: the first rule of docs/diff.md that fits.
[[nodiscard]] Judgement judge(const Wording& before, const Wording& after, const Renumbering& renumbering);

/// The same for a clause split into several, or several merged: `reason` ("split", "merged") if only words that join
/// sentences changed.
[[nodiscard]] Judgement judge_parts(const Wording& before, const Wording& after, std::string_view reason);

}  // namespace waydiff::diff
