#include "cli/clause_log.hpp"
#include "cli/disagreement.hpp"
#include "cli/input.hpp"
#include "cli/stay_json.hpp"
#include "cli/transition_text.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::string target;
  bool patch = false;
  std::string clause;
  std::string match;
  bool states = false;
  bool returns = false;
  std::string generation;
};

/// Every transition, or each run of returns as one.
std::string transitions(const ToldHistory& history, const Snapshots& snapshots, const Options& options) {
  std::string out;
  auto group = history.alternations.begin();
  for (std::size_t at = 0; at < history.transitions.size(); ++at) {
    if (!options.returns && group != history.alternations.end() && group->first == at) {
      out += "\n" + shown_alternation(history, *group, snapshots);
      at = group->last;
      ++group;
    } else {
      out += "\n" + shown_transition(history, at, snapshots, options.patch);
    }
  }
  return out;
}

}  // namespace

Action add_log(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("TARGET", options->target, "Address, site, \"site kind\" or number").required();
  app.add_flag("--patch,-p", options->patch, "Show each change as a redline");
  app.add_flag("--states", options->states, "List the texts instead: when, how often and how long each stood");
  app.add_flag("--returns", options->returns, "Show returns in a row between the same texts one by one");
  app.add_option("--clause", options->clause, "Show the whole life of this clause instead, by its name");
  app.add_option("--match", options->match, "The same of all clauses that once held these words").excludes("--clause");
  app.add_option("--generation", options->generation, "What this generation of the program made of it, such as 2.1")
      .excludes("--clause")
      .excludes("--match");
  return [options](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    const auto target = the_target(*store, options->target);
    if (!target) return console.fail(target.error());
    if (!options->clause.empty() || !options->match.empty()) {
      return print_clause_lives(*store, *target, options->clause, options->match, common.json, console);
    }
    const auto history = history_of(*store, *target, options->generation);
    if (!history) return console.fail(history.error());
    auto snapshots = Snapshots::of(*store, *target);
    if (!snapshots) return console.fail(snapshots.error());
    const bool former = !options->generation.empty() && options->generation != target->generation.text();
    if (former) {
      const auto present = store->history(target->id);
      if (!present) return console.fail(present.error());
      snapshots->take_for_missed(*history, *present);
    }
    const auto disagreements = store->disagreements(target->id);
    if (!disagreements) return console.fail(disagreements.error());
    std::string out;
    if (!common.json) {
      out = target->site + ", " + target->kind + " (" + target->url + ")\n" +
            std::to_string(history->placements.size()) + " good captures, " + std::to_string(history->states.size()) +
            " texts, " + std::to_string(history->transitions.size()) + " transitions" +
            (former ? ", as generation " + options->generation + " of the program saw them" : "") + "\n";
      for (const storage::Disagreement& found : *disagreements) out += shown_disagreement(found) + "\n";
    }
    const auto told = told_history(*store, *history, *snapshots);
    if (!told) return console.fail(told.error());
    if (options->states) {
      out += common.json ? states_json(told->stays) : "\n" + shown_states(told->stays);
    } else if (common.json) {
      for (std::size_t at = 0; at < told->transitions.size(); ++at) out += transition_json(*told, at, *snapshots);
    } else {
      if (!options->returns && !told->alternations.empty()) {
        console.say("waydiff: returns in a row are told as one; --returns shows each");
      }
      out += transitions(*told, *snapshots, *options);
    }
    const auto printed = print(out);
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
