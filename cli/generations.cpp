#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "cli/clause_text.hpp"
#include "cli/input.hpp"
#include "pipeline/process.hpp"
#include "pipeline/rereading.hpp"
#include "report/plain_text.hpp"
#include "report/redline_terminal.hpp"

namespace waydiff::cli {
namespace {

using pipeline::Rereading;
using report::counted;
using storage::Generation;

struct Options {
  std::vector<std::string> targets;
  std::string compare;
  std::string drop;
  bool patch = false;
};

constexpr std::size_t most_wordings = 20;

std::string shown_counts(const std::vector<storage::GenerationCounts>& rows, bool json) {
  std::string out;
  for (const storage::GenerationCounts& row : rows) {
    if (json) {
      const boost::json::value line = {{"generation", row.generation.text()},
                                       {"extractor", row.generation.extract},
                                       {"differ", row.generation.diff},
                                       {"present", row.present},
                                       {"targets", row.targets},
                                       {"captures", row.captures},
                                       {"texts", row.states},
                                       {"transitions", row.transitions},
                                       {"changes", row.changes}};
      out += boost::json::serialize(line) + "\n";
      continue;
    }
    const bool own = row.generation == pipeline::present_generation();
    out += row.generation.text() + "  " +
           (row.present ? own ? "present" : "to be made anew by `waydiff process`" : "kept") + ": " +
           counted(row.targets, "document") + ", " + counted(row.captures, "good capture") + ", " +
           counted(row.states, "text") + ", " + counted(row.transitions, "transition") + ", " +
           counted(row.changes, "change") + "\n";
  }
  return out;
}

/// A target's rereading with what its captures are called.
struct Reread {
  storage::Target target;
  Rereading rereading;
  Snapshots snapshots;
};

/// The clauses that one generation has and the other has not, or words otherwise, over all targets.
struct Wording {
  std::string words;  ///< with marks for what differs
  std::size_t captures = 0;
  std::set<storage::Id> targets{};
};

std::vector<Wording> wordings(const std::vector<Reread>& all) {
  std::map<std::string, Wording> found;
  for (const Reread& one : all) {
    for (const Rereading::Differing& pair : one.rereading.differing) {
      for (const core::Change& change : pair.changes.changes) {
        if (change.significance == core::Significance::editorial) continue;
        std::string words;
        if (change.kind == core::ChangeKind::added) {
          words = "+ " + printable(change.after->text);
        } else if (change.kind == core::ChangeKind::removed) {
          words = "- " + printable(change.before->text);
        } else if (change.significance == core::Significance::structural) {
          words = std::string(core::name(change.kind)) + ": " + printable(change.after->text);
        } else {
          words = "~ " + marked_words(change.ops);
        }
        Wording& wording = found[words];
        wording.words = words;
        wording.captures += pair.captures;
        wording.targets.insert(one.target.id);
      }
    }
  }
  std::vector<Wording> out;
  for (auto& [words, wording] : found) out.push_back(std::move(wording));
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.captures > b.captures; });
  return out;
}

/// The generation of the histories that stand now: several where `process` has not seen all targets yet.
std::string now_text(const std::vector<Reread>& all) {
  std::set<Generation> seen;
  for (const Reread& one : all) seen.insert(one.target.generation);
  std::string out;
  for (const Generation generation : seen) out += (out.empty() ? "" : ", ") + generation.text();
  return out;
}

std::string summary(const std::vector<Reread>& all, Generation former) {
  Rereading sum;
  std::size_t differing = 0, documents = 0;
  for (const Reread& one : all) {
    const Rereading& each = one.rereading;
    sum.captures += each.captures;
    sum.same += each.same;
    sum.transitions_of_both += each.transitions_of_both;
    sum.retold.insert(sum.retold.end(), each.retold.begin(), each.retold.end());
    sum.quarantined.insert(sum.quarantined.end(), each.quarantined.begin(), each.quarantined.end());
    sum.released.insert(sum.released.end(), each.released.begin(), each.released.end());
    sum.only_former.insert(sum.only_former.end(), each.only_former.begin(), each.only_former.end());
    sum.only_present.insert(sum.only_present.end(), each.only_present.begin(), each.only_present.end());
    differing += each.captures - each.same;
    if (!each.nothing()) ++documents;
  }
  return former.text() + " -> " + now_text(all) + ": " + counted(all.size(), "document") + " made anew, " +
         std::to_string(documents) +
         " of them with a difference. None of it is a change of a document:\n"
         "the archived bytes are the same.\n"
         "  captures good to both: " +
         std::to_string(sum.captures) + ", " + std::to_string(sum.same) + " of them with the same clauses, " +
         std::to_string(differing) + " read otherwise\n" +
         "  captures quarantined now, good then: " + std::to_string(sum.quarantined.size()) +
         "; good now, quarantined then: " + std::to_string(sum.released.size()) + "\n" +
         "  transitions seen by both: " + std::to_string(sum.transitions_of_both) + ", " +
         std::to_string(sum.retold.size()) +
         " of them with other changes of clauses; seen only then: " + std::to_string(sum.only_former.size()) +
         ", only now: " + std::to_string(sum.only_present.size()) + "\n";
}

std::string shown_wordings(const std::vector<Wording>& found) {
  std::string out;
  std::size_t shown = 0;
  for (const Wording& wording : found) {
    if (shown++ == most_wordings) {
      out += "    and " + counted(found.size() - most_wordings, "more difference") + "; --json has all\n";
      break;
    }
    out += "    " + counted(wording.captures, "capture") + " of " + counted(wording.targets.size(), "document") + "  " +
           report::start_of(wording.words, 200) + "\n";
  }
  return out.empty() ? "" : "\nRead otherwise (+ only now, - only then, ~ in other words), by captures:\n" + out;
}

std::string shown_pairs(const char* title, const std::vector<pipeline::CapturePair>& pairs,
                        const Snapshots& snapshots) {
  std::string out;
  for (const pipeline::CapturePair& pair : pairs) {
    out += std::string("  ") + title + ": after " + snapshots.time(pair.before).iso() + ", not after " +
           snapshots.time(pair.after).iso() + "\n    - " + snapshots.address(pair.before) + "\n    + " +
           snapshots.address(pair.after) + "\n";
  }
  return out;
}

std::string shown_captures(const char* title, const std::vector<storage::Id>& captures, const Snapshots& snapshots) {
  std::string out;
  for (const storage::Id capture : captures)
    out += std::string("  ") + title + ": " + snapshots.address(capture) + "\n";
  return out;
}

std::string shown_retold(const std::vector<pipeline::Retold>& found, const Snapshots& snapshots) {
  std::string out;
  for (const pipeline::Retold& one : found) {
    out += "  " + counted(one.former, "change") + " then, " + std::to_string(one.present) + " now: after " +
           snapshots.time(one.captures.before).iso() + ", not after " + snapshots.time(one.captures.after).iso() + "\n";
  }
  return out;
}

std::string shown_document(const Reread& one, bool patch) {
  const Rereading& found = one.rereading;
  if (found.nothing()) return "";
  std::string out = "\n" + one.target.site + ", " + one.target.kind + " (" + one.target.url +
                    "): " + std::to_string(found.captures - found.same) + " of " + counted(found.captures, "capture") +
                    " read otherwise\n";
  out += shown_captures("quarantined now", found.quarantined, one.snapshots);
  out += shown_captures("good now", found.released, one.snapshots);
  out += shown_pairs("transition seen only then", found.only_former, one.snapshots);
  out += shown_pairs("transition seen only now", found.only_present, one.snapshots);
  out += shown_retold(found.retold, one.snapshots);
  if (!patch) return out;
  for (const Rereading::Differing& pair : found.differing) {
    out += "\n" +
           report::redline_terminal(report::Redline(pair.changes, counted(pair.captures, "capture") + " then", "now"),
                                    {colour_wanted(), terminal_width(), false, false});
  }
  return out;
}

boost::json::array pairs_json(const std::vector<pipeline::CapturePair>& pairs, const Snapshots& snapshots) {
  boost::json::array out;
  for (const pipeline::CapturePair& pair : pairs) {
    out.push_back({{"not_before", snapshots.time(pair.before).digits()},
                   {"not_after", snapshots.time(pair.after).digits()},
                   {"old_snapshot", snapshots.address(pair.before)},
                   {"new_snapshot", snapshots.address(pair.after)}});
  }
  return out;
}

boost::json::array retold_json(const std::vector<pipeline::Retold>& found, const Snapshots& snapshots) {
  boost::json::array out;
  for (const pipeline::Retold& one : found) {
    out.push_back({{"not_before", snapshots.time(one.captures.before).digits()},
                   {"not_after", snapshots.time(one.captures.after).digits()},
                   {"changes_then", one.former},
                   {"changes_now", one.present}});
  }
  return out;
}

boost::json::array captures_json(const std::vector<storage::Id>& captures, const Snapshots& snapshots) {
  boost::json::array out;
  for (const storage::Id capture : captures) out.emplace_back(snapshots.address(capture));
  return out;
}

std::string document_json(const Reread& one, Generation former) {
  const Rereading& found = one.rereading;
  boost::json::array differing;
  for (const Rereading::Differing& pair : found.differing) {
    boost::json::array changes;
    for (const core::Change& change : pair.changes.changes) {
      boost::json::object line{{"kind", core::name(change.kind)},
                               {"significance", core::name(change.significance)},
                               {"then", nullptr},
                               {"now", nullptr}};
      if (change.before) line["then"] = change.before->text;
      if (change.after) line["now"] = change.after->text;
      changes.push_back(std::move(line));
    }
    differing.push_back({{"captures", pair.captures}, {"changes", std::move(changes)}});
  }
  const boost::json::value line = {{"site", one.target.site},
                                   {"kind", one.target.kind},
                                   {"url", one.target.url},
                                   {"then", former.text()},
                                   {"now", one.target.generation.text()},
                                   {"captures", found.captures},
                                   {"same", found.same},
                                   {"differing", std::move(differing)},
                                   {"quarantined_now", captures_json(found.quarantined, one.snapshots)},
                                   {"good_now", captures_json(found.released, one.snapshots)},
                                   {"transitions_of_both", found.transitions_of_both},
                                   {"retold", retold_json(found.retold, one.snapshots)},
                                   {"transitions_only_then", pairs_json(found.only_former, one.snapshots)},
                                   {"transitions_only_now", pairs_json(found.only_present, one.snapshots)}};
  return boost::json::serialize(line) + "\n";
}

core::Result<Generation> generation_of(const std::string& text) {
  const auto found = Generation::parse(text);
  if (found) return *found;
  return core::fail(core::Errc::bad_argument, "\"" + text +
                                                  "\" is no generation: give two numbers such as 2.1; "
                                                  "`waydiff generations` lists those there are");
}

core::Result<std::vector<storage::Target>> chosen(storage::Store& store, const std::vector<std::string>& names) {
  if (names.empty()) return store.targets();
  std::vector<storage::Target> out;
  for (const std::string& name : names) {
    const auto target = the_target(store, name);
    if (!target) return tl::unexpected(target.error());
    out.push_back(*target);
  }
  return out;
}

Exit compare(storage::Store& store, const Options& options, bool json, Console& console) {
  const auto former = generation_of(options.compare);
  if (!former) return console.fail(former.error());
  const auto targets = chosen(store, options.targets);
  if (!targets) return console.fail(targets.error());
  std::vector<Reread> all;
  for (std::size_t at = 0; at < targets->size(); ++at) {
    const storage::Target& target = (*targets)[at];
    console.progress("compare", at, targets->size());
    auto rereading = pipeline::rereading(store, target.id, *former);
    if (!rereading && rereading.error().code == core::Errc::not_found && options.targets.empty()) continue;
    if (!rereading) return console.fail(rereading.error());
    auto snapshots = Snapshots::of(store, target);
    if (!snapshots) return console.fail(snapshots.error());
    all.push_back({target, std::move(*rereading), std::move(*snapshots)});
  }
  if (all.empty()) {
    return console.fail(
        {core::Errc::not_found, "no history of generation " + former->text() + " is kept; see `waydiff generations`"});
  }
  std::string out = json ? "" : summary(all, *former) + shown_wordings(wordings(all));
  for (const Reread& one : all) out += json ? document_json(one, *former) : shown_document(one, options.patch);
  const auto printed = print(out);
  return printed ? Exit::done : console.fail(printed.error());
}

Exit drop(storage::Store& store, const std::string& text, Console& console) {
  const auto generation = generation_of(text);
  if (!generation) return console.fail(generation.error());
  const auto dropped = store.drop_generation(*generation);
  if (!dropped) return console.fail(dropped.error());
  if (*dropped == 0) {
    return console.fail(
        {core::Errc::not_found, "no history of generation " + text + " is kept; see `waydiff generations`"});
  }
  console.say(counted(*dropped, "former history") + " dropped, with the texts that nothing else needs.");
  return Exit::done;
}

}  // namespace

Action add_generations(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("--compare", options->compare,
                 "Tell what this generation, such as 2.1, read otherwise than the present one");
  app.add_option("TARGET", options->targets, "With --compare: these documents only");
  app.add_flag("--patch,-p", options->patch, "With --compare: show each text's differences as a redline");
  app.add_option("--drop", options->drop, "Drop what is kept of this generation").excludes("--compare");
  return [options](const Common& common, Console& console) {
    auto store = common.open_store(options->drop.empty() ? storage::Mode::read : storage::Mode::write);
    if (!store) return console.fail(store.error());
    if (!options->drop.empty()) return drop(*store, options->drop, console);
    if (!options->compare.empty()) return compare(*store, *options, common.json, console);
    const auto rows = store->generations();
    if (!rows) return console.fail(rows.error());
    const auto printed = print(shown_counts(*rows, common.json));
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
