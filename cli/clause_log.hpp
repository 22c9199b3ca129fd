#pragma once

#include <string>

#include "cli/command.hpp"
#include "storage/store.hpp"

namespace waydiff::cli {

/// Prints the life of the clause called `name`, or of all that once held the words `match`; one of the two is empty.
[[nodiscard]] Exit print_clause_lives(storage::Store& store, const storage::Target& target, const std::string& name,
                                      const std::string& match, bool json, Console& console);

}  // namespace waydiff::cli
