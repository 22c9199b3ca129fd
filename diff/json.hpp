#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/change_set.hpp"
#include "core/error.hpp"

namespace waydiff::diff {

/// `waydiff.diff/1` (design, section 5) on one line; `old_source` and `new_source` name the two documents. With
/// `shown`, only the changes it is true for are written; the summary counts all of them as ever, and those as "shown".
[[nodiscard]] std::string to_json(const core::ChangeSet& set, std::string_view old_source, std::string_view new_source,
                                  const std::function<bool(const core::Change&)>& shown = {});

/// ["=", "text"] pairs, ["path", …] and ["flag", …] as the store keeps them, and back. Fail with bad_json.
[[nodiscard]] std::string ops_to_json(const std::vector<core::WordOp>& ops);
[[nodiscard]] core::Result<std::vector<core::WordOp>> ops_from_json(std::string_view json);
[[nodiscard]] std::string strings_to_json(const std::vector<std::string>& strings);
[[nodiscard]] core::Result<std::vector<std::string>> strings_from_json(std::string_view json);

}  // namespace waydiff::diff
