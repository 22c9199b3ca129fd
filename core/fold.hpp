#pragma once

#include <string>
#include <string_view>

namespace waydiff::core {

/// A text reduced to what readers of any spelling would agree on: compatibility forms unified, no case, no accents
/// ("Confidentialité" and "CONFIDENTIALITE" are the same, so are "ł" and "l", "ß" and "ss"), runs of anything but
/// letters and digits one space, none at the ends. Kana keep their voicing marks. Ill-formed UTF-8 reads as spaces.
/// Linear.
[[nodiscard]] std::string folded_words(std::string_view text);

}  // namespace waydiff::core
