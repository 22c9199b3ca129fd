#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "cli/clause_log.hpp"
#include "cli/disagreement.hpp"
#include "cli/input.hpp"
#include "cli/snapshots.hpp"
#include "diff/json.hpp"
#include "report/redline.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::string target;
  bool patch = false;
  std::string clause;
  std::string match;
};

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

std::string entry(const storage::TransitionRow& transition, const Snapshots& snapshots, bool patch) {
  std::string out = transition.not_after.date() + "  text " + std::to_string(transition.old_state) + " -> " +
                    std::to_string(transition.new_state) + "  " + std::string(storage::name(transition.kind)) + "  " +
                    counted(transition.changes) + "\n";
  const auto gap = std::chrono::floor<std::chrono::days>(transition.not_after.time() - transition.not_before.time());
  out += "            after " + transition.not_before.iso() + ", not after " + transition.not_after.iso() + " (" +
         std::to_string(gap.count()) + (gap.count() == 1 ? " day" : " days");
  if (transition.quarantined_between > 0) {
    out += ", " + std::to_string(transition.quarantined_between) +
           (transition.quarantined_between == 1 ? " capture" : " captures") + " between them not fit to compare";
  }
  const std::string before = snapshots.address(transition.old_capture);
  const std::string after = snapshots.address(transition.new_capture);
  out += ")\n            - " + before + "\n            + " + after + "\n";
  if (patch) {
    out += "\n" + report::redline_terminal(report::Redline(transition.changes, before, after),
                                           {colour_wanted(), terminal_width(), false, false});
  }
  return out;
}

std::string json_entry(const storage::TransitionRow& transition, const Snapshots& snapshots) {
  const std::string before = snapshots.address(transition.old_capture);
  const std::string after = snapshots.address(transition.new_capture);
  boost::json::object line;
  line["sequence"] = transition.sequence;
  line["kind"] = storage::name(transition.kind);
  line["old_state"] = transition.old_state;
  line["new_state"] = transition.new_state;
  line["not_before"] = transition.not_before.digits();
  line["not_after"] = transition.not_after.digits();
  line["quarantined_between"] = transition.quarantined_between;
  line["diff"] = boost::json::parse(diff::to_json(transition.changes, before, after));
  return boost::json::serialize(line) + "\n";
}

}  // namespace

Action add_log(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("TARGET", options->target, "Address, site, \"site kind\" or number")->required();
  app.add_flag("--patch,-p", options->patch, "Show each change as a redline");
  app.add_option("--clause", options->clause, "Show the whole life of this clause instead, by its name");
  app.add_option("--match", options->match, "The same of all clauses that once held these words")->excludes("--clause");
  return [options](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    const auto target = the_target(*store, options->target);
    if (!target) return console.fail(target.error());
    if (!options->clause.empty() || !options->match.empty()) {
      return print_clause_lives(*store, *target, options->clause, options->match, common.json, console);
    }
    const auto history = store->history(target->id);
    if (!history) return console.fail(history.error());
    const auto snapshots = Snapshots::of(*store, *target);
    if (!snapshots) return console.fail(snapshots.error());
    const auto disagreements = store->disagreements(target->id);
    if (!disagreements) return console.fail(disagreements.error());
    std::string out;
    if (!common.json) {
      out = target->site + ", " + target->kind + " (" + target->url + ")\n" +
            std::to_string(history->placements.size()) + " good captures, " + std::to_string(history->states.size()) +
            " texts, " + std::to_string(history->transitions.size()) + " transitions\n";
      for (const storage::Disagreement& found : *disagreements) out += shown_disagreement(found) + "\n";
    }
    for (const storage::TransitionRow& transition : history->transitions) {
      out += common.json ? json_entry(transition, *snapshots) : "\n" + entry(transition, *snapshots, options->patch);
    }
    const auto printed = print(out);
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
