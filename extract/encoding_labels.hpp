#pragma once

#include <string>
#include <string_view>

namespace waydiff::extract {

/// The name under which ICU converts what a label means to browsers: "latin1" is "windows-1252", "gb2312" is
/// "gb18030". Empty if unknown. Source: WHATWG Encoding Standard, 4.2, but for its "replacement" encodings, which are
/// converted like any other: nothing of a page runs here. Labels beyond the standard's are taken as ICU knows them.
[[nodiscard]] std::string charset_of_label(std::string_view label);

}  // namespace waydiff::extract
