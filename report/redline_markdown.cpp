#include <string>

#include "report/change_view.hpp"
#include "report/markdown_redline.hpp"
#include "report/plain_text.hpp"
#include "report/redline.hpp"

namespace waydiff::report {

std::string redline_markdown(const core::ChangeSet& set, std::string_view old_source, std::string_view new_source) {
  std::string out = "# Changes\n\nFrom " + markdown_escaped(old_source) + " to " + markdown_escaped(new_source) +
                    "\n\n" + summary(set) + "\n\n";
  for (const std::string& note : set.notes) out += "Note: " + markdown_escaped(note) + "\n\n";
  std::size_t number = 0;
  for (const core::Change& change : set.changes) out += markdown_change(change_view(change), ++number);
  return out;
}

}  // namespace waydiff::report
