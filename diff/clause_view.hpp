#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/clause.hpp"

namespace waydiff::diff {

/// A core::Clause without strings of its own: all that is needed to find out which clauses differ. What it looks at
/// outlives it.
struct ClauseView {
  core::ClauseKind kind = core::ClauseKind::sentence;
  std::string_view text;
  std::string_view markup;
  std::string_view fingerprint;
  const std::vector<std::string>* path = nullptr;  ///< never null
  std::size_t block = 0;

  [[nodiscard]] core::Clause clause() const {
    return {kind, std::string(text), std::string(markup), std::string(fingerprint), *path, block};
  }
};

[[nodiscard]] inline ClauseView view(const core::Clause& clause) {
  return {clause.kind, clause.text, clause.markup, clause.fingerprint, &clause.path, clause.block};
}

}  // namespace waydiff::diff
