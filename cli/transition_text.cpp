#include "cli/transition_text.hpp"

#include <boost/json.hpp>
#include <map>
#include <span>

#include "cli/clause_text.hpp"
#include "cli/console.hpp"
#include "cli/stay_json.hpp"
#include "diff/json.hpp"
#include "report/redline.hpp"
#include "report/redline_terminal.hpp"
#include "report/stated_dates.hpp"

namespace waydiff::cli {
namespace {

using storage::TransitionKind;
using storage::TransitionRow;

constexpr const char* indent = "            ";

std::string counted(const core::ChangeSet& set) {
  std::map<std::string, std::size_t> counts;
  for (const core::Change& change : set.changes) {
    ++counts[change.significance == core::Significance::editorial ? "editorial" : std::string(core::name(change.kind))];
  }
  std::string out;
  for (const char* kind : {"modified", "added", "removed", "split", "merged", "moved", "editorial"}) {
    if (counts[kind] > 0) out += (out.empty() ? "" : ", ") + std::to_string(counts[kind]) + " " + kind;
  }
  return out.empty() ? "no clause changed" : out;
}

const report::Alternation* alternation_of(const ToldHistory& history, std::size_t at) {
  for (const report::Alternation& one : history.alternations) {
    if (one.first <= at && at <= one.last) return &one;
  }
  return nullptr;
}

boost::json::object stated_json(const report::Announcement& announcement) {
  boost::json::object out;
  const std::string_view verdict = report::name(announcement.announced);
  out["verdict"] = nullptr;
  if (!verdict.empty()) out["verdict"] = verdict;
  boost::json::array dates;
  for (const report::StatedChange& date : announcement.dates) {
    boost::json::object one{{"role", date.role}, {"old", nullptr}, {"new", nullptr}, {"verdict", nullptr}};
    if (!date.old_date.empty()) one["old"] = date.old_date;
    if (!date.new_date.empty()) one["new"] = date.new_date;
    if (date.announced != report::Announced::nothing) one["verdict"] = report::name(date.announced);
    dates.push_back(std::move(one));
  }
  out["dates"] = std::move(dates);
  return out;
}

}  // namespace

core::Result<ToldHistory> told_history(storage::Store& store, const storage::History& history,
                                       const Snapshots& snapshots) {
  const auto dates = report::read_stated_dates(store, history.transitions);
  if (!dates) return tl::unexpected(dates.error());
  ToldHistory out;
  out.transitions = history.transitions;
  out.stays = report::stays(history, [&](storage::Id capture) { return snapshots.time(capture); });
  out.alternations = report::alternations(history.transitions);
  std::size_t stay = 0;
  for (const TransitionRow& transition : history.transitions) {
    out.announcements.push_back(report::announcement(transition, *dates));
    out.old_stays.emplace_back();
    if (transition.kind == TransitionKind::editorial) continue;
    if (stay < out.stays.size()) out.old_stays.back() = out.stays[stay];
    ++stay;
  }
  return out;
}

std::string shown_transition(const ToldHistory& history, std::size_t at, const Snapshots& snapshots, bool patch) {
  const TransitionRow& transition = history.transitions[at];
  std::string out = transition.not_after.date() + "  text " + std::to_string(transition.old_state) + " -> " +
                    std::to_string(transition.new_state) + "  " + std::string(storage::name(transition.kind)) + "  " +
                    counted(transition.changes) + "\n";
  out += indent + ("after " + transition.not_before.iso()) + ", not after " + transition.not_after.iso() + " (" +
         report::gap_text(transition.not_before, transition.not_after) + ")\n";
  const std::string missed = report::missed_remark(snapshots.missed(transition.not_before, transition.not_after));
  if (!missed.empty()) out += indent + missed + "\n";
  if (const auto& stay = history.old_stays[at]) {
    out += indent + ("text " + std::to_string(stay->state)) + " stood for " + report::lasted_text(lasted(*stay)) + "\n";
  }
  const std::string dates = report::announcement_text(history.announcements[at]);
  if (!dates.empty()) out += indent + printable(dates) + "\n";
  const std::string before = snapshots.address(transition.old_capture);
  const std::string after = snapshots.address(transition.new_capture);
  out += indent + ("- " + before) + "\n" + indent + "+ " + after + "\n";
  if (patch) {
    out += "\n" + report::redline_terminal(report::Redline(transition.changes, before, after),
                                           {colour_wanted(), terminal_width(), false, false});
  }
  return out;
}

std::string shown_alternation(const ToldHistory& history, const report::Alternation& alternation,
                              const Snapshots& snapshots) {
  const TransitionRow& first = history.transitions[alternation.first];
  const TransitionRow& last = history.transitions[alternation.last];
  std::string out = last.not_after.date() + "  " + report::alternation_text(alternation) + " from " +
                    first.not_after.date() + " to " + last.not_after.date() + "\n";
  out += indent + ("after " + first.not_before.iso()) + ", not after " + last.not_after.iso() + "\n";
  const std::span part =
      std::span(history.stays).subspan(alternation.first_stay, alternation.last_stay - alternation.first_stay + 1);
  for (const report::StateLife& life : report::state_lives(part)) {
    out += indent + ("text " + std::to_string(life.state)) + ": " + report::life_text(life) + "\n";
  }
  return out + indent + "- " + snapshots.address(first.old_capture) + "\n" + indent + "+ " +
         snapshots.address(last.new_capture) + "\n";
}

std::string transition_json(const ToldHistory& history, std::size_t at, const Snapshots& snapshots) {
  const TransitionRow& transition = history.transitions[at];
  const std::string before = snapshots.address(transition.old_capture);
  const std::string after = snapshots.address(transition.new_capture);
  boost::json::object line;
  line["sequence"] = transition.sequence;
  line["kind"] = storage::name(transition.kind);
  line["old_state"] = transition.old_state;
  line["new_state"] = transition.new_state;
  line["not_before"] = transition.not_before.digits();
  line["not_after"] = transition.not_after.digits();
  line["gap_days"] = report::gap_days(transition.not_before, transition.not_after);
  line["missed"] = missed_json(snapshots.missed(transition.not_before, transition.not_after));
  line["quarantined_between"] = transition.quarantined_between;
  line["stated"] = stated_json(history.announcements[at]);
  line["old_stay"] = nullptr;
  if (const auto& stay = history.old_stays[at]) line["old_stay"] = stay_json(*stay);
  line["alternation"] = nullptr;
  if (const report::Alternation* const found = alternation_of(history, at)) {
    line["alternation"] = {{"states", boost::json::array(found->states.begin(), found->states.end())},
                           {"returns", found->returns},
                           {"not_before", found->not_before.digits()},
                           {"not_after", found->not_after.digits()}};
  }
  line["diff"] = boost::json::parse(diff::to_json(transition.changes, before, after));
  return boost::json::serialize(line) + "\n";
}

}  // namespace waydiff::cli
