#include "pipeline/numbers.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "core/document.hpp"

namespace waydiff::pipeline {
namespace {

using core::Quarantine;
using storage::Id;
using storage::TransitionKind;

constexpr std::array reasons = {Quarantine::http_error,   Quarantine::redirect,     Quarantine::block_page,
                                Quarantine::soft_404,     Quarantine::consent_wall, Quarantine::parked,
                                Quarantine::empty,        Quarantine::truncated,    Quarantine::wrong_language,
                                Quarantine::not_a_policy, Quarantine::unreadable};
constexpr std::string_view unprocessed = "unprocessed";

struct Column {
  const char* name;
  std::size_t DocumentNumbers::*number;
};
constexpr std::array columns = {Column{"listed", &DocumentNumbers::listed},
                                Column{"fetched", &DocumentNumbers::fetched},
                                Column{"bodies", &DocumentNumbers::bodies},
                                Column{"byte_differences", &DocumentNumbers::byte_differences},
                                Column{"good", &DocumentNumbers::good},
                                Column{"texts", &DocumentNumbers::texts},
                                Column{"states", &DocumentNumbers::states},
                                Column{"transitions", &DocumentNumbers::transitions},
                                Column{"changed", &DocumentNumbers::changed},
                                Column{"returned", &DocumentNumbers::returned},
                                Column{"editorial", &DocumentNumbers::editorial},
                                Column{"substantive_transitions", &DocumentNumbers::substantive_transitions},
                                Column{"substantive_changes", &DocumentNumbers::substantive_changes}};

void count_bodies(const std::vector<storage::CaptureRow>& captures, DocumentNumbers& numbers) {
  std::set<Id> bodies;
  Id before = 0;
  for (const storage::CaptureRow& row : captures) {
    ++numbers.listed;
    if (!row.body) continue;
    ++numbers.fetched;
    bodies.insert(*row.body);
    if (before != 0 && before != *row.body) ++numbers.byte_differences;
    before = *row.body;
  }
  numbers.bodies = bodies.size();
}

void count_history(const storage::History& history, DocumentNumbers& numbers) {
  std::set<Id> texts;
  for (const storage::Placement& placement : history.placements) texts.insert(placement.text);
  numbers.good = history.placements.size();
  numbers.texts = texts.size();
  numbers.states = history.states.size();
  numbers.transitions = history.transitions.size();
  for (const storage::TransitionRow& transition : history.transitions) {
    if (transition.kind == TransitionKind::editorial) ++numbers.editorial;
    if (transition.kind == TransitionKind::returned) ++numbers.returned;
    if (transition.kind != TransitionKind::changed) continue;
    ++numbers.changed;
    const auto& changes = transition.changes.changes;
    const auto substantive = static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), [](const auto& c) {
      return c.significance == core::Significance::substantive;
    }));
    numbers.substantive_changes += substantive;
    if (substantive > 0) ++numbers.substantive_transitions;
  }
}

/// A spreadsheet must not take a text of the store for a formula.
std::string cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

}  // namespace

core::Result<std::vector<DocumentNumbers>> document_numbers(storage::Store& store,
                                                            const std::vector<storage::Target>& targets) {
  std::vector<DocumentNumbers> out;
  for (const storage::Target& target : targets) {
    if (target.kind == storage::home_page_kind) continue;
    DocumentNumbers numbers;
    numbers.target = target;
    const auto captures = store.captures(target.id);
    if (!captures) return tl::unexpected(captures.error());
    count_bodies(*captures, numbers);
    const auto history = store.history(target.id);
    if (!history) return tl::unexpected(history.error());
    count_history(*history, numbers);
    const auto missed = store.missed_captures(target.id);
    if (!missed) return tl::unexpected(missed.error());
    const auto is_reason = [](const std::string& name) {
      return name == unprocessed ||
             std::any_of(reasons.begin(), reasons.end(), [&](Quarantine reason) { return core::name(reason) == name; });
    };
    for (const storage::MissedCapture& capture : *missed) {
      if (is_reason(capture.reason)) ++numbers.quarantined[capture.reason];
    }
    out.push_back(std::move(numbers));
  }
  return out;
}

std::string numbers_csv(std::span<const DocumentNumbers> numbers) {
  std::string out = "site,kind,url";
  for (const Column& column : columns) out += std::string(",") + column.name;
  out += ",quarantined";
  std::vector<std::string> names;
  for (const Quarantine reason : reasons) names.emplace_back(core::name(reason));
  names.emplace_back(unprocessed);
  for (const std::string& name : names) out += "," + name;
  out += "\n";
  for (const DocumentNumbers& line : numbers) {
    out += cell(line.target.site) + "," + cell(line.target.kind) + "," + cell(line.target.url);
    for (const Column& column : columns) out += "," + std::to_string(line.*column.number);
    std::size_t sum = 0;
    std::string by_reason;
    for (const std::string& name : names) {
      const auto found = line.quarantined.find(name);
      const std::size_t number = found == line.quarantined.end() ? 0 : found->second;
      sum += number;
      by_reason += "," + std::to_string(number);
    }
    out += "," + std::to_string(sum) + by_reason + "\n";
  }
  return out;
}

std::string numbers_json(std::span<const DocumentNumbers> numbers) {
  std::string out;
  for (const DocumentNumbers& line : numbers) {
    boost::json::object object{{"site", line.target.site}, {"kind", line.target.kind}, {"url", line.target.url}};
    for (const Column& column : columns) object[column.name] = line.*column.number;
    boost::json::object quarantined;
    for (const auto& [reason, number] : line.quarantined) quarantined[reason] = number;
    object["quarantined"] = std::move(quarantined);
    out += boost::json::serialize(object) + "\n";
  }
  return out;
}

}  // namespace waydiff::pipeline
