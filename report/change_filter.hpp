#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/change_set.hpp"
#include "core/error.hpp"

namespace waydiff::report {

/// Which changes a reader wants to see. Shows all unless told otherwise.
class ChangeFilter {
 public:
  /// Lists parted by commas, empty for none: significances to leave out ("editorial,structural") and the only kinds to
  /// keep ("added,removed"). Fails with bad_argument, naming the word that is none of them and the choices.
  [[nodiscard]] static core::Result<ChangeFilter> parse(std::string_view ignore, std::string_view only);

  [[nodiscard]] bool shows(const core::Change& change) const;
  [[nodiscard]] bool shows_all() const { return text_.empty(); }
  [[nodiscard]] std::size_t count_shown(const core::ChangeSet& set) const;
  /// "--ignore editorial --only added,removed"; empty when all are shown.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::array<bool, 3> ignored_{};  ///< by Significance
  std::array<bool, 6> hidden_{};   ///< by ChangeKind
  std::string text_;
};

}  // namespace waydiff::report
