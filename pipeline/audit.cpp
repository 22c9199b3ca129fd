#include "pipeline/audit.hpp"

#include <algorithm>
#include <list>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "diff/compare.hpp"
#include "extract/render.hpp"
#include "pipeline/replay.hpp"

namespace waydiff::pipeline {
namespace {

using core::Result;
using storage::Id;

/// A text taken apart; no clauses where it cannot be read.
struct Parsed {
  std::string state_key;
  std::vector<core::Clause> clauses;
  std::size_t said = 0;  ///< clauses, as its row says
  std::string said_key;
  bool good = false;
};

class Audit {
 public:
  explicit Audit(storage::Store& store) : store_(store) {}

  Result<void> target(const storage::Target& target) {
    const auto history = store_.history(target.id);
    if (!history && history.error().code == core::Errc::store_corrupt) return {};
    if (!history) return tl::unexpected(history.error());
    if (history->key.empty()) return {};  // about to be made anew, perhaps by other rules than its texts
    // So is what an earlier version of the differ made: its clauses may have been others.
    const auto known = store_.known_changes(target.id, diff::generation);
    if (!known && known.error().code == core::Errc::store_corrupt) return {};
    if (!known) return tl::unexpected(known.error());
    if (known->empty() && !history->transitions.empty()) return {};
    place_ = target.url + " (" + target.kind + ")";
    parsed_.clear();
    if (auto done = placements(*history); !done) return done;
    for (const storage::TransitionRow& row : history->transitions) {
      if (auto done = transition(row); !done) return done;
    }
    return lines(target.id);
  }

  std::vector<storage::Finding> findings;

 private:
  void say(const std::string& what) { findings.push_back({place_ + ": " + what, storage::Mend::process}); }

  Result<std::shared_ptr<const Parsed>> text(Id id) {
    // Transitions follow each other: the new text of one is the old text of the next.
    for (auto at = parsed_.begin(); at != parsed_.end(); ++at) {
      if (at->first != id) continue;
      parsed_.splice(parsed_.begin(), parsed_, at);
      return parsed_.front().second;
    }
    auto out = std::make_shared<Parsed>();
    const auto row = store_.text(id);
    const bool unreadable =
        !row && (row.error().code == core::Errc::store_corrupt || row.error().code == core::Errc::not_found);
    if (!row && !unreadable) return tl::unexpected(row.error());
    if (row) {
      const auto document = extract::from_json(row->document);
      if (!document) {
        say("text " + std::to_string(id) + ": " + document.error().detail);
      } else {
        out->clauses = diff::clauses(*document);
        out->state_key = diff::state_key(out->clauses);
        out->said = row->clauses;
        out->said_key = row->state_key;
        out->good = true;
      }
    }
    parsed_.emplace_front(id, std::move(out));
    if (parsed_.size() > most_parsed) parsed_.pop_back();
    return parsed_.front().second;
  }

  Result<void> placements(const storage::History& history) {
    std::set<std::pair<Id, int>> seen;
    for (const storage::Placement& placement : history.placements) {
      if (!seen.emplace(placement.text, placement.state).second) continue;
      const auto read = text(placement.text);
      if (!read) return tl::unexpected(read.error());
      if (!(*read)->good) continue;
      const std::string name = "text " + std::to_string(placement.text);
      if ((*read)->state_key != (*read)->said_key || (*read)->clauses.size() != (*read)->said) {
        say(name + ": its key or its number of clauses is not what its words give");
      }
      const auto state = std::find_if(history.states.begin(), history.states.end(),
                                      [&](const auto& row) { return row.ordinal == placement.state; });
      if (state == history.states.end()) continue;
      if (state->key != (*read)->state_key || state->clauses != (*read)->clauses.size()) {
        say("state " + std::to_string(placement.state) + ": " + name + " says something else");
      }
    }
    return {};
  }

  Result<void> transition(const storage::TransitionRow& row) {
    const auto before = text(row.old_text);
    if (!before) return tl::unexpected(before.error());
    const auto after = text(row.new_text);
    if (!after) return tl::unexpected(after.error());
    if (!(*before)->good || !(*after)->good) return {};
    const auto said = replay(row.changes, (*before)->clauses, (*after)->clauses);
    if (said) say("transition " + std::to_string(row.sequence) + ": " + *said);
    return {};
  }

  Result<void> lines(Id target) {
    const auto lines = store_.clause_lines(target);
    if (!lines && lines.error().code == core::Errc::store_corrupt) {
      findings.push_back({lines.error().detail, storage::Mend::process});
      return {};
    }
    if (!lines) return tl::unexpected(lines.error());
    for (const storage::TextWordings& made : lines->texts) {
      const auto read = text(made.text);
      if (!read) return tl::unexpected(read.error());
      if (!(*read)->good) continue;
      const std::vector<core::Clause>& clauses = (*read)->clauses;
      const std::string name = "text " + std::to_string(made.text);
      if (clauses.size() != made.wordings.size()) {
        say(name + ": " + std::to_string(clauses.size()) + " clauses, but " + std::to_string(made.wordings.size()) +
            " wordings");
        continue;
      }
      for (std::size_t at = 0; at < clauses.size(); ++at) {
        if (lines->wordings[made.wordings[at]].words == clauses[at].text) continue;
        say(name + ": clause " + std::to_string(at + 1) + " has other words than its line");
        break;
      }
    }
    return {};
  }

  static constexpr std::size_t most_parsed = 32;

  storage::Store& store_;
  std::string place_;
  std::list<std::pair<Id, std::shared_ptr<const Parsed>>> parsed_;  ///< used last first
};

}  // namespace

Result<std::vector<storage::Finding>> audit(storage::Store& store, Observer& observer) {
  Audit audit(store);
  const auto done = store.transaction([&]() -> Result<void> {
    const auto targets = store.targets();
    if (!targets && targets.error().code == core::Errc::store_corrupt) return {};
    if (!targets) return tl::unexpected(targets.error());
    std::size_t at = 0;
    for (const storage::Target& target : *targets) {
      if (auto checked = audit.target(target); !checked) return checked;
      observer.progress("replay", ++at, targets->size());
    }
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return std::move(audit.findings);
}

}  // namespace waydiff::pipeline
