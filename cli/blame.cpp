#include <boost/json.hpp>

#include "cli/clause_text.hpp"
#include "cli/input.hpp"
#include "report/clause_history.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::string target;
  std::string time;
  bool links = false;
};

bool same(const report::Coming& a, const report::Coming& b) {
  return a.new_capture == b.new_capture;
}

std::string links(const report::Coming& coming, const Snapshots& snapshots) {
  std::string out;
  if (coming.old_capture) out += "\n            - " + snapshots.address(*coming.old_capture);
  return out + "\n            + " + snapshots.address(coming.new_capture);
}

std::string entry(const report::BlamedClause& clause, const Snapshots& snapshots, bool with_links) {
  std::string out = clause.line + "  " + printable(clause.words) + "\n            appeared " +
                    shown_coming(clause.appeared, snapshots);
  if (with_links) out += links(clause.appeared, snapshots);
  if (!same(clause.appeared, clause.changed)) {
    out += "\n            changed  " + shown_coming(clause.changed, snapshots);
    if (with_links) out += links(clause.changed, snapshots);
  }
  return out + "\n";
}

std::string json_entry(const report::BlamedClause& clause, const Snapshots& snapshots) {
  boost::json::object line;
  line["clause"] = clause.line;
  line["path"] = boost::json::array(clause.path.begin(), clause.path.end());
  line["words"] = clause.words;
  line["appeared"] = coming_json(clause.appeared, snapshots);
  line["changed"] = coming_json(clause.changed, snapshots);
  return boost::json::serialize(line) + "\n";
}

}  // namespace

Action add_blame(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("TARGET", options->target, "Address, site, \"site kind\" or number; may end in @TIME").required();
  app.add_option("TIME", options->time, "4 to 14 digits; default: the latest");
  app.add_flag("--links", options->links, "Name the snapshots on both sides of each date");
  return [options](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    take_time(options->target, options->time);
    const auto text = stored_text(*store, options->target, options->time);
    if (!text) return console.fail(text.error());
    const auto history = store->history(text->target.id);
    if (!history) return console.fail(history.error());
    const auto lines = store->clause_lines(text->target.id);
    if (!lines) return console.fail(lines.error());
    const auto snapshots = Snapshots::of(*store, text->target);
    if (!snapshots) return console.fail(snapshots.error());
    std::string out;
    if (!common.json) {
      out = text->target.site + ", " + text->target.kind + ", as of " + text->capture.capture.timestamp.iso() + "  " +
            snapshots->address(text->capture.id) + "\n";
    }
    const auto clauses = report::blame(*history, *lines, text->capture.id);
    if (clauses.empty() && !history->placements.empty()) {
      console.say("waydiff: nothing is known of the clauses of this text yet: run `waydiff process`");
    }
    for (const report::BlamedClause& clause : clauses) {
      out += common.json ? json_entry(clause, *snapshots) : "\n" + entry(clause, *snapshots, options->links);
    }
    const auto printed = print(out);
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
