#pragma once

#include <string>
#include <vector>

#include "core/change_set.hpp"
#include "report/change_view.hpp"

namespace waydiff::report {

/// "We ~~may~~ **will** share": one line, all text escaped. CommonMark takes marks only at the borders of words, so a
/// change inside a word shows the whole word: "~~organise~~ **organize**".
[[nodiscard]] std::string markdown_redline(const std::vector<core::WordOp>& spans);

/// A change as an item of a numbered list: badges, place, then the redline as a quotation.
[[nodiscard]] std::string markdown_change(const ChangeView& change, std::size_t number);

/// The same without its place, for lists below a heading that says it; `quoted` are the paragraphs of the quotation,
/// as Markdown.
[[nodiscard]] std::string markdown_change(const ChangeView& change, std::size_t number,
                                          const std::vector<std::string>& quoted);

}  // namespace waydiff::report
