#include "pipeline/process.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "core/digest.hpp"
#include "diff/compare.hpp"
#include "extract/extract.hpp"
#include "extract/render.hpp"
#include "pipeline/extraction.hpp"
#include "pipeline/home_pages.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/pool.hpp"
#include "pipeline/timeline.hpp"

namespace waydiff::pipeline {
namespace {

using storage::CaptureRow;

core::Result<core::ChangeSet> compare_texts(const std::string& before, const std::string& after) {
  const auto old_document = extract::from_json(before);
  if (!old_document) return tl::unexpected(old_document.error());
  const auto new_document = extract::from_json(after);
  if (!new_document) return tl::unexpected(new_document.error());
  return diff::compare(diff::clauses(*old_document), diff::clauses(*new_document));
}

class Processing {
 public:
  Processing(storage::Store& store, Observer& observer, const ProcessOptions& options)
      : store_(store), observer_(observer), options_(options), pool_(options.threads) {}

  core::Result<void> target(const storage::Target& target) {
    const auto rows = store_.captures(target.id);
    if (!rows) return tl::unexpected(rows.error());
    if (const auto done = extract_all(target, *rows); !done || summary.interrupted) return done;
    return bring_up_to_date(target, *rows);
  }

  ProcessSummary summary;

 private:
  core::Result<void> extract_all(const storage::Target& target, const std::vector<CaptureRow>& rows) {
    const auto texts = texts_of(store_, target.id);
    if (!texts) return tl::unexpected(texts.error());
    const auto again = [this](const PageSource& source) { return options_.all && done_.insert(source).second; };
    const auto stopped = [this] { return summary.interrupted = InterruptGuard::interrupted(); };
    const auto done = extract_missing(store_, observer_, pool_, rows, *texts, again, stopped);
    if (!done) return tl::unexpected(done.error());
    summary.extracted += done->read;
    summary.unreadable += done->unreadable;
    return {};
  }

  core::Result<void> bring_up_to_date(const storage::Target& target, const std::vector<CaptureRow>& rows) {
    const auto texts = texts_of(store_, target.id);
    if (!texts) return tl::unexpected(texts.error());
    const std::vector<Seen> what = seen(rows, *texts);
    std::vector<Reading> readings;
    std::string inputs = "extract " + std::to_string(extract::generation) + " diff " + std::to_string(diff::generation);
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const CaptureRow& row = rows[at];
      if (!row.body) continue;
      Reading reading;
      reading.capture = row.id;
      reading.time = row.capture.timestamp;
      reading.good = what[at].good;
      if (reading.good) {
        reading.text = *texts->of(row)->text;
        reading.state_key = what[at].state;
        reading.clauses = texts->heads.at(reading.text).clauses;
      }
      inputs += "\n" + std::to_string(row.id) + " " + std::to_string(reading.good ? reading.text : 0);
      readings.push_back(std::move(reading));
    }
    const std::string key = core::sha256_hex(inputs);
    if (key == target.history_key && !options_.all) return {};

    storage::History history = timeline(readings);
    history.key = key;
    if (const auto done = compare_all(history); !done || summary.interrupted) return done;
    ++summary.histories;
    return store_.put_history(target.id, history, diff::generation);
  }

  /// Fills in the transitions' changes; editorial ones without any (a new title, a repaired byte) are none.
  core::Result<void> compare_all(storage::History& history) {
    using Compared = core::Result<core::ChangeSet>;
    std::optional<core::Error> problem;
    const std::function<std::function<Compared()>(std::size_t)> make = [&](std::size_t n) -> std::function<Compared()> {
      auto before = store_.text(history.transitions[n].old_text);
      auto after = store_.text(history.transitions[n].new_text);
      if (!before || !after) {
        const core::Error error = before ? after.error() : before.error();
        return [error]() -> Compared { return tl::unexpected(error); };
      }
      return [old_text = std::move(before->document), new_text = std::move(after->document)] {
        return compare_texts(old_text, new_text);
      };
    };
    const std::function<bool(std::size_t, Compared)> take = [&](std::size_t n, Compared compared) {
      if (!compared) {
        problem = compared.error();
        return false;
      }
      history.transitions[n].changes = std::move(*compared);
      ++summary.compared;
      observer_.progress("compare", n + 1, history.transitions.size());
      summary.interrupted = InterruptGuard::interrupted();
      return !summary.interrupted;
    };
    pool_.each<Compared>(history.transitions.size(), make, take);
    if (problem) return tl::unexpected(*problem);
    std::erase_if(history.transitions, [](const storage::TransitionRow& transition) {
      return transition.kind == storage::TransitionKind::editorial && transition.changes.changes.empty();
    });
    int sequence = 0;
    for (storage::TransitionRow& transition : history.transitions) transition.sequence = ++sequence;
    return {};
  }

  storage::Store& store_;
  Observer& observer_;
  const ProcessOptions& options_;
  Pool pool_;
  std::set<PageSource> done_;  ///< of a re-extraction: bodies that two targets share are read once
};

}  // namespace

core::Result<ProcessSummary> process(storage::Store& store, Observer& observer, const ProcessOptions& options) {
  const auto targets = store.targets();
  if (!targets) return tl::unexpected(targets.error());
  const InterruptGuard guard;
  Processing processing(store, observer, options);
  for (const storage::Target& target : *targets) {
    if (target.kind == home_page_kind) continue;  // kept for their links
    const auto& only = options.targets;
    if (!only.empty() && std::find(only.begin(), only.end(), target.id) == only.end()) continue;
    if (const auto done = processing.target(target); !done) return tl::unexpected(done.error());
    if (processing.summary.interrupted) break;
  }
  return processing.summary;
}

}  // namespace waydiff::pipeline
