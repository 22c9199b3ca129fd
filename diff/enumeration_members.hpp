#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace waydiff::diff {

/// Byte offsets of the members of an inline enumeration of three or more, "(a) …; (b) …; (c) …", in `sentence`.
/// References ("paragraphs (a), (b) and (c)") have nothing between their marks and are left alone.
[[nodiscard]] std::vector<std::size_t> enumeration_members(std::string_view sentence);

}  // namespace waydiff::diff
