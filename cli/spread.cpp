#include "report/spread.hpp"

#include <boost/json.hpp>

#include "cli/clause_text.hpp"
#include "cli/command.hpp"
#include "cli/input.hpp"
#include "report/interval.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::size_t documents = 3;
  int within = 180;
  std::size_t words = 5;
  std::vector<std::string> kinds = {"added", "removed", "reworded"};
  std::string match, site, document_kind, since, until;
  std::size_t limit = 20;
};

core::Result<storage::SearchQuery> query_of(const Options& options) {
  storage::SearchQuery query;
  query.words = options.match;
  query.site = options.site;
  query.document_kind = options.document_kind;
  for (const std::string& kind : options.kinds) query.kinds.push_back(kind == "reworded" ? "modified" : kind);
  const auto taken = take_period({"--since", options.since}, {"--until", options.until}, query);
  if (!taken) return tl::unexpected(taken.error());
  return query;
}

std::string_view kind_name(core::ChangeKind kind) {
  return kind == core::ChangeKind::modified ? "reworded" : core::name(kind);
}

/// An event with the rows that its members stand for.
struct Told {
  report::SpreadEvent event;
  std::vector<storage::ChangeHit> hits;
  std::vector<report::MissedCounts> missed;
};

core::Result<Told> told(storage::Store& store, report::SpreadEvent event) {
  Told out;
  for (const report::SpreadMember& member : event.members) {
    auto hit = store.change(member.change);
    if (!hit) return tl::unexpected(std::move(hit.error()));
    const auto missed = store.missed_captures(member.target, member.not_before, member.not_after);
    if (!missed) return tl::unexpected(missed.error());
    out.missed.push_back(report::missed_between(*missed, member.not_before, member.not_after));
    out.hits.push_back(std::move(*hit));
  }
  out.event = std::move(event);
  return out;
}

std::string words_of(const storage::ChangeHit& hit) {
  if (hit.change == core::ChangeKind::added) return "{+" + printable(hit.new_text) + "+}";
  if (hit.change == core::ChangeKind::removed) return "[-" + printable(hit.old_text) + "-]";
  return marked_words(hit.ops);
}

std::string percent(double alike) {
  return std::to_string(static_cast<int>(alike * 100)) + " % alike";
}

std::string shown(const Told& told) {
  const report::SpreadEvent& event = told.event;
  const core::Timestamp first = event.members.front().not_after, last = event.members.back().not_after;
  std::string out = std::string(kind_name(event.kind)) + " in " + std::to_string(event.members.size()) +
                    " documents, first seen there from " + first.date() + " to " + last.date() + " (" +
                    report::gap_text(first, last) + ")\n  " + words_of(told.hits.front()) + "\n";
  for (std::size_t at = 0; at < told.hits.size(); ++at) {
    const report::SpreadMember& member = event.members[at];
    const storage::ChangeHit& hit = told.hits[at];
    out += "  " + std::to_string(at + 1) + ". " + printable(hit.site) + ", " + printable(hit.kind) + "\n     after " +
           member.not_before.date() + ", not after " + member.not_after.date() + " (" +
           report::gap_text(member.not_before, member.not_after);
    if (const std::string remark = report::missed_remark(told.missed[at]); !remark.empty()) out += "; " + remark;
    out += ")\n";
    if (!member.exact) out += "     " + percent(member.alike) + ": " + words_of(hit) + "\n";
    out += "     - " + hit.old_snapshot + "\n     + " + hit.new_snapshot + "\n";
  }
  if (!event.first_is_sure) out += "  who was first is not sure: the intervals overlap\n";
  return out;
}

std::string json(const Told& told) {
  const report::SpreadEvent& event = told.event;
  boost::json::array documents;
  for (std::size_t at = 0; at < told.hits.size(); ++at) {
    const report::SpreadMember& member = event.members[at];
    const storage::ChangeHit& hit = told.hits[at];
    documents.push_back(boost::json::object{{"site", hit.site},
                                            {"kind", hit.kind},
                                            {"url", hit.url},
                                            {"not_before", member.not_before.digits()},
                                            {"not_after", member.not_after.digits()},
                                            {"gap_days", report::gap_days(member.not_before, member.not_after)},
                                            {"missed", missed_json(told.missed[at])},
                                            {"old_snapshot", hit.old_snapshot},
                                            {"new_snapshot", hit.new_snapshot},
                                            {"exact", member.exact},
                                            {"alike", member.alike},
                                            {"path", boost::json::array(hit.path.begin(), hit.path.end())},
                                            {"old_text", hit.old_text},
                                            {"new_text", hit.new_text}});
  }
  const core::Timestamp first = event.members.front().not_after, last = event.members.back().not_after;
  return boost::json::serialize(boost::json::object{{"change", kind_name(event.kind)},
                                                    {"documents", event.members.size()},
                                                    {"first_seen", first.digits()},
                                                    {"last_seen", last.digits()},
                                                    {"days", report::gap_days(first, last)},
                                                    {"first_is_sure", event.first_is_sure},
                                                    {"spread", std::move(documents)}}) +
         "\n";
}

}  // namespace

Action add_spread(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("--min", options->documents, "In at least so many documents").shows_default().between(2, 1000000);
  app.add_option("--within", options->within, "Days from the first to the last time it was first seen")
      .shows_default()
      .between(0, 100000);
  app.add_option("--kind", options->kinds, "Clauses that were added, removed, reworded; default: all")
      .parted_by(',')
      .one_of({"added", "removed", "reworded", "modified"});
  app.add_option("--match", options->match, "With these words: as search takes them");
  app.add_option("--site", options->site, "Of this site alone");
  app.add_option("--document", options->document_kind, "Of this kind of document alone (\"privacy policy\")");
  app.add_option("--since,--from", options->since, "Changed then or later: 4 to 14 digits");
  app.add_option("--until,--to", options->until, "Changed then or earlier: 4 to 14 digits");
  app.add_option("--words", options->words, "Leave out clauses of fewer words").shows_default().between(1, 1000);
  app.add_option("--limit", options->limit, "How many at most").shows_default().between(1, 1000000);
  return [options](const Common& common, Console& console) {
    const auto query = query_of(*options);
    if (!query) return console.fail(query.error());
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    report::SpreadFinder finder;
    const auto read = store->each_change(*query, [&finder](const storage::ChangeHead& head) {
      report::SpreadMember member;
      member.change = head.change;
      member.target = head.target;
      member.not_before = head.not_before;
      member.not_after = head.not_after;
      finder.add(member, head.kind, head.site, head.old_text, head.new_text);
    });
    if (!read) return console.fail(read.error());
    std::vector<report::SpreadEvent> events =
        finder.events({options->documents, std::chrono::days(options->within), options->words});
    const std::size_t found = events.size();
    if (found > options->limit) events.resize(options->limit);
    std::string out;
    for (report::SpreadEvent& event : events) {
      const auto one = told(*store, std::move(event));
      if (!one) return console.fail(one.error());
      out += common.json ? json(*one) : (out.empty() ? "" : "\n") + shown(*one);
    }
    if (found == 0) console.say("waydiff: nothing found");
    if (found > options->limit) {
      console.say("waydiff: the widest " + std::to_string(options->limit) + " of " + std::to_string(found) +
                  "; more with --limit");
    }
    const auto printed = print(out);
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
