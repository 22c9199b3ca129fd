#pragma once

#include <string>

#include "core/document.hpp"
#include "extract/markup_signs.hpp"

namespace waydiff::extract {

/// What a page says of itself, beside its text.
struct PageSigns {
  MarkupSigns markup;       ///< of HTML; as it is for other kinds
  std::string forwards_to;  ///< the address that its <meta http-equiv="refresh"> names; empty for none
};

/// Is the Document fit to compare? Depends on its arguments alone. Short pages are quarantined for what they say of
/// themselves (see wordings.hpp), all for markup that was cut off, and for next to no likeness to a policy (see
/// likeness.hpp). A long text that a heading calls a policy is good: to hide a real one from a study is worse than to
/// let an ordinary page through. The score says how sure the verdict is.
[[nodiscard]] core::Verdict judge(const core::Document& document, const PageSigns& signs);

}  // namespace waydiff::extract
