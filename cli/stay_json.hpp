#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "report/stays.hpp"

namespace waydiff::cli {

/// first_seen, last_seen, captures, at_least_days, at_most_days (null: no bound is known).
[[nodiscard]] boost::json::object stay_json(const report::Stay& stay);

/// The texts of a history, each once: when, how often and how long it stood. For machines an object a line.
[[nodiscard]] std::string shown_states(const std::vector<report::Stay>& stays);
[[nodiscard]] std::string states_json(const std::vector<report::Stay>& stays);

}  // namespace waydiff::cli
