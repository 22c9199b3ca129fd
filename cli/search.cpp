#include <boost/json.hpp>

#include "cli/clause_text.hpp"
#include "cli/command.hpp"
#include "cli/input.hpp"
#include "report/interval.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::vector<std::string> words;
  bool changes = false;
  std::string site, document_kind, from, to;
  std::vector<std::string> kinds, significances, flags;
  std::size_t limit = 20;

  [[nodiscard]] bool of_changes() const {
    return changes || !kinds.empty() || !significances.empty() || !flags.empty();
  }
};

core::Result<storage::SearchQuery> query_of(const Options& options) {
  storage::SearchQuery query;
  // A shell has taken the quotes of a phrase away: an argument of several words is one.
  for (const std::string& word : options.words) {
    const bool phrase =
        options.words.size() > 1 && word.find(' ') != std::string::npos && word.find('"') == std::string::npos;
    query.words += (query.words.empty() ? "" : " ") + (phrase ? "\"" + word + "\"" : word);
  }
  query.site = options.site;
  query.document_kind = options.document_kind;
  const auto taken = take_period({"--from", options.from}, {"--to", options.to}, query);
  if (!taken) return tl::unexpected(taken.error());
  query.limit = options.limit;
  query.kinds = options.kinds;
  query.significances = options.significances;
  query.flags = options.flags;
  return query;
}

boost::json::array strings(const std::vector<std::string>& texts) {
  return boost::json::array(texts.begin(), texts.end());
}

std::string document_of(const std::string& site, const std::string& kind) {
  return printable(site) + ", " + printable(kind);
}

/// What might have narrowed the interval of a change.
using Missed = report::MissedCounts;

std::string shown(const storage::ClauseHit& hit, const Missed&) {
  const std::string path = shown_path(hit.path);
  return document_of(hit.site, hit.kind) + (path.empty() ? "" : ", " + path) + "\n  " + hit.line + "  " +
         printable(hit.words) + "\n              seen " + hit.first_seen.date() + "  " + hit.first_snapshot +
         "\n                to " + hit.last_seen.date() + "  " + hit.last_snapshot + "\n";
}

std::string json(const storage::ClauseHit& hit, const Missed&) {
  return boost::json::serialize(boost::json::object{{"site", hit.site},
                                                    {"kind", hit.kind},
                                                    {"url", hit.url},
                                                    {"clause", hit.line},
                                                    {"path", strings(hit.path)},
                                                    {"words", hit.words},
                                                    {"first_seen", hit.first_seen.digits()},
                                                    {"last_seen", hit.last_seen.digits()},
                                                    {"first_snapshot", hit.first_snapshot},
                                                    {"last_snapshot", hit.last_snapshot}}) +
         "\n";
}

std::string shown(const storage::ChangeHit& hit, const Missed& missed) {
  const std::string path = shown_path(hit.path);
  std::string out = document_of(hit.site, hit.kind) + (path.empty() ? "" : ", " + path) + "\n  " +
                    std::string(core::name(hit.change));
  if (hit.reason != core::name(hit.change)) out += ", " + hit.reason;
  for (const std::string& flag : hit.flags) out += " #" + flag;
  out += ", after " + hit.not_before.date() + ", not after " + hit.not_after.date() + " (" +
         report::gap_text(hit.not_before, hit.not_after);
  if (const std::string remark = report::missed_remark(missed); !remark.empty()) out += "; " + remark;
  out += ")\n    ";
  if (!hit.ops.empty()) {
    out += marked_words(hit.ops);
  } else if (hit.new_text.empty()) {
    out += "[-" + printable(hit.old_text) + "-]";
  } else {
    out += "{+" + printable(hit.new_text) + "+}";
  }
  return out + "\n    - " + hit.old_snapshot + "\n    + " + hit.new_snapshot + "\n";
}

std::string json(const storage::ChangeHit& hit, const Missed& missed) {
  boost::json::array ops;
  for (const core::WordOp& op : hit.ops) ops.push_back(boost::json::array{std::string(1, op.op), op.text});
  return boost::json::serialize(boost::json::object{{"site", hit.site},
                                                    {"kind", hit.kind},
                                                    {"url", hit.url},
                                                    {"change", core::name(hit.change)},
                                                    {"significance", core::name(hit.significance)},
                                                    {"reason", hit.reason},
                                                    {"flags", strings(hit.flags)},
                                                    {"path", strings(hit.path)},
                                                    {"old_text", hit.old_text},
                                                    {"new_text", hit.new_text},
                                                    {"ops", std::move(ops)},
                                                    {"not_before", hit.not_before.digits()},
                                                    {"not_after", hit.not_after.digits()},
                                                    {"gap_days", report::gap_days(hit.not_before, hit.not_after)},
                                                    {"missed", missed_json(missed)},
                                                    {"old_snapshot", hit.old_snapshot},
                                                    {"new_snapshot", hit.new_snapshot}}) +
         "\n";
}

core::Result<Missed> missed_of(storage::Store&, const storage::ClauseHit&) {
  return Missed();
}

core::Result<Missed> missed_of(storage::Store& store, const storage::ChangeHit& hit) {
  const auto missed = store.missed_captures(hit.target, hit.not_before, hit.not_after);
  if (!missed) return tl::unexpected(missed.error());
  return report::missed_between(*missed, hit.not_before, hit.not_after);
}

template <class Hits>
Exit show(storage::Store& store, const Hits& hits, const Options& options, bool as_json, Console& console) {
  if (!hits) return console.fail(hits.error());
  std::string out;
  for (const auto& hit : *hits) {
    const auto missed = missed_of(store, hit);
    if (!missed) return console.fail(missed.error());
    out += as_json ? json(hit, *missed) : (out.empty() ? "" : "\n") + shown(hit, *missed);
  }
  if (hits->empty()) console.say("waydiff: nothing found");
  if (hits->size() == options.limit) {
    console.say("waydiff: the best " + std::to_string(options.limit) + "; more with --limit");
  }
  const auto printed = print(out);
  return printed ? Exit::done : console.fail(printed.error());
}

}  // namespace

Action add_search(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("WORDS", options->words, "All of them; \"a phrase\"; begin* of a word; -not").required();
  app.add_flag("--changes", options->changes, "Find changes instead of clauses");
  app.add_option("--kind", options->kinds, "Changes that are added, removed, modified, moved, split or merged")
      .parted_by(',')
      .one_of({"added", "removed", "modified", "moved", "split", "merged"});
  app.add_option("--significance", options->significances, "Changes that are substantive, structural or editorial")
      .parted_by(',')
      .one_of({"substantive", "structural", "editorial"});
  app.add_option("--flag", options->flags, "Changes with all of these flags")
      .parted_by(',')
      .one_of({"negation", "modality", "number", "duration", "date", "money", "link", "party", "choice"});
  app.add_option("--site", options->site, "Of this site alone");
  app.add_option("--document", options->document_kind, "Of this kind of document alone (\"privacy policy\")");
  app.add_option("--from", options->from, "Seen, or changed, then or later: 4 to 14 digits");
  app.add_option("--to", options->to, "Seen, or changed, then or earlier: 4 to 14 digits");
  app.add_option("--limit", options->limit, "How many at most").shows_default().between(1, 1000000);
  return [options](const Common& common, Console& console) {
    const auto query = query_of(*options);
    if (!query) return console.fail(query.error());
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    if (options->of_changes()) return show(*store, store->search_changes(*query), *options, common.json, console);
    return show(*store, store->search_clauses(*query), *options, common.json, console);
  };
}

}  // namespace waydiff::cli
