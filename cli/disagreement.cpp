#include "cli/disagreement.hpp"

#include "cli/console.hpp"

namespace waydiff::cli {

std::string shown_disagreement(const storage::Disagreement& found) {
  return "archives disagree: \"" + found.one_archive + "\" at " + shown_time(found.one_at.time()) + " has text " +
         std::to_string(found.one_state) + ", \"" + found.other_archive + "\" at " + shown_time(found.other_at.time()) +
         " text " + std::to_string(found.other_state);
}

}  // namespace waydiff::cli
