#pragma once

#include <string>

#include "core/document.hpp"

namespace waydiff::extract {

/// What a page says of itself, beside its text.
struct PageSigns {
  bool script_only = false;  ///< hardly any text, but scripts: built in the browser
  std::string forwards_to;   ///< the address that its <meta http-equiv="refresh"> names; empty for none
};

/// Is the Document fit to compare? Conservative: a short text is good unless it says what else it is, a long one
/// unless next to nothing in it reads like a policy.
[[nodiscard]] core::Verdict judge(const core::Document& document, const PageSigns& signs);

}  // namespace waydiff::extract
