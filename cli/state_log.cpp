#include <map>
#include <utility>

#include "cli/stay_json.hpp"

namespace waydiff::cli {
namespace {

void add_lasted(boost::json::object& out, const report::Lasted& lasted) {
  using days = std::chrono::days;
  out["at_least_days"] = std::chrono::floor<days>(lasted.at_least).count();
  out["at_most_days"] = nullptr;
  if (lasted.at_most) out["at_most_days"] = std::chrono::ceil<days>(*lasted.at_most).count();
}

}  // namespace

boost::json::object stay_json(const report::Stay& stay) {
  boost::json::object out;
  out["first_seen"] = stay.first.digits();
  out["last_seen"] = stay.last.digits();
  out["captures"] = stay.captures;
  add_lasted(out, lasted(stay));
  return out;
}

std::string shown_states(const std::vector<report::Stay>& stays) {
  std::string out;
  for (const report::StateLife& life : report::state_lives(stays)) {
    out += "text " + std::to_string(life.state) + "  " + life.first.date() + " to " + life.last.date() + "  stood " +
           report::life_text(life) + "\n";
  }
  return out;
}

std::string states_json(const std::vector<report::Stay>& stays) {
  std::map<int, boost::json::array> by_state;
  for (const report::Stay& stay : stays) by_state[stay.state].push_back(stay_json(stay));
  std::string out;
  for (const report::StateLife& life : report::state_lives(stays)) {
    boost::json::object line;
    line["state"] = life.state;
    line["first_seen"] = life.first.digits();
    line["last_seen"] = life.last.digits();
    line["captures"] = life.captures;
    add_lasted(line, life.lasted);
    line["stays"] = std::move(by_state[life.state]);
    out += boost::json::serialize(line) + "\n";
  }
  return out;
}

}  // namespace waydiff::cli
