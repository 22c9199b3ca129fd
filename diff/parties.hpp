#pragma once

#include <string_view>

#include "diff/flags.hpp"

namespace waydiff::diff {

/// Whether one side names a party of which the other has no word at all: a name (a capital inside a sentence that is no
/// defined term, place, law or abbreviation, and stands in no quotes) or a kind of recipient ("affiliates"). Titles and
/// shouts have no names; where all nouns are capitals, as in German, a name is one beside "GmbH", "Inc." and the like
/// or with capitals inside.
[[nodiscard]] bool party_differs(const Wording& before, const Wording& after);

}  // namespace waydiff::diff
