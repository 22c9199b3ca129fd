#include "cli/clause_log.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "cli/clause_text.hpp"
#include "diff/word_ops.hpp"
#include "report/clause_history.hpp"

namespace waydiff::cli {
namespace {

using report::ClauseLife;
using report::ClauseStay;

std::string shown(const ClauseLife& life, const Snapshots& snapshots) {
  std::string out = "clause " + life.line;
  if (!life.split_from.empty()) out += ", once a part of " + life.split_from;
  out += "\n";
  const ClauseStay* before = nullptr;
  for (const ClauseStay& stay : life.stays) {
    const bool back = before != nullptr && before->removed;
    const std::string head = before == nullptr ? "appeared" : back ? "came back" : "reworded";
    out += "  " + head + " " + shown_coming(stay.came, snapshots);
    const std::string path = shown_path(stay.path);
    out += (path.empty() ? "" : ", under " + path) + "\n    ";
    out += before == nullptr || back ? printable(stay.words) : marked_words(diff::word_ops(before->words, stay.words));
    if (stay.came.old_capture) out += "\n    - " + snapshots.address(*stay.came.old_capture);
    out += "\n    + " + snapshots.address(stay.came.new_capture) + "\n";
    if (stay.removed) {
      out += "  removed " + shown_coming({stay.last_capture, *stay.gone_capture}, snapshots) + "\n    - " +
             snapshots.address(stay.last_capture) + "\n    + " + snapshots.address(*stay.gone_capture) + "\n";
    }
    before = &stay;
  }
  if (before != nullptr && !before->gone_capture) {
    out += "  still there " + snapshots.time(before->last_capture).date() + "\n";
  }
  return out;
}

std::string json(const ClauseLife& life, const Snapshots& snapshots) {
  boost::json::array stays;
  for (const ClauseStay& stay : life.stays) {
    boost::json::object one;
    one["words"] = stay.words;
    one["path"] = boost::json::array(stay.path.begin(), stay.path.end());
    one["came"] = coming_json(stay.came, snapshots);
    one["last_seen"] = snapshots.time(stay.last_capture).digits();
    one["went"] = nullptr;
    if (stay.gone_capture) one["went"] = coming_json({stay.last_capture, *stay.gone_capture}, snapshots);
    one["removed"] = stay.removed;
    stays.push_back(std::move(one));
  }
  boost::json::object out;
  out["clause"] = life.line;
  out["split_from"] = life.split_from;
  out["stays"] = std::move(stays);
  return boost::json::serialize(out) + "\n";
}

}  // namespace

Exit print_clause_lives(storage::Store& store, const storage::Target& target, const std::string& name,
                        const std::string& match, bool as_json, Console& console) {
  const auto history = store.history(target.id);
  if (!history) return console.fail(history.error());
  const auto lines = store.clause_lines(target.id);
  if (!lines) return console.fail(lines.error());
  const auto snapshots = Snapshots::of(store, target);
  if (!snapshots) return console.fail(snapshots.error());
  std::vector<std::size_t> chosen;
  if (name.empty()) {
    chosen = report::lines_that_say(*lines, match);
  } else {
    const auto found =
        std::find_if(lines->lines.begin(), lines->lines.end(), [&](const auto& line) { return line.name == name; });
    if (found != lines->lines.end()) chosen.push_back(static_cast<std::size_t>(found - lines->lines.begin()));
  }
  if (chosen.empty()) {
    const std::string what = name.empty() ? "that says \"" + match + "\"" : "called " + name;
    return console.fail({core::Errc::not_found, target.url + ": no clause " + what});
  }
  std::string out;
  for (const std::size_t line : chosen) {
    const ClauseLife life = report::clause_life(*history, *lines, line);
    out += as_json ? json(life, *snapshots) : (out.empty() ? "" : "\n") + shown(life, *snapshots);
  }
  const auto printed = print(out);
  return printed ? Exit::done : console.fail(printed.error());
}

}  // namespace waydiff::cli
