#pragma once

#include <functional>
#include <string>

#include "core/document.hpp"

namespace waydiff::diff {

/// Tells the language of a document of which nobody has told it yet (its `language` is empty).
using TellLanguage = std::function<std::string(const core::Document&)>;

/// A document's language, told when a cut first depends on it: most cuts do not, and to tell it takes as long as to
/// cut.
class Language {
 public:
  /// `tell` may be empty: then the document's `language` stands as it is. Both outlive this.
  Language(const core::Document& document, const TellLanguage& tell);

  [[nodiscard]] bool is_english();
  /// Asks only where the document holds a Greek letter or says its language itself.
  [[nodiscard]] bool is_greek();
  /// BCP 47, empty if unknown.
  [[nodiscard]] const std::string& code();

  /// Whether an answer depended on the language so far. One that was known without asking always counts.
  [[nodiscard]] bool has_mattered() const noexcept { return known_; }

 private:
  const core::Document& document_;
  const TellLanguage& tell_;
  bool known_;
  std::string told_;
};

}  // namespace waydiff::diff
