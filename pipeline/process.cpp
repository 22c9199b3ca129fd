#include "pipeline/process.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/digest.hpp"
#include "diff/compare.hpp"
#include "diff/segmentation.hpp"
#include "extract/extract.hpp"
#include "extract/render.hpp"
#include "pipeline/clause_lines.hpp"
#include "pipeline/cleaning.hpp"
#include "pipeline/extraction.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/pool.hpp"
#include "pipeline/target_language.hpp"
#include "pipeline/timeline.hpp"

namespace waydiff::pipeline {
namespace {

using storage::CaptureRow;

/// Clauses that are enough to tell the language of a text.
constexpr std::size_t clauses_to_tell = 10;

core::Result<core::ChangeSet> compare_texts(const std::string& before, const std::string& after) {
  const auto old_document = extract::from_json(before);
  if (!old_document) return tl::unexpected(old_document.error());
  const auto new_document = extract::from_json(after);
  if (!new_document) return tl::unexpected(new_document.error());
  const diff::SegmentedPair both(*old_document, *new_document);
  return diff::compare(both.before(), both.after());
}

/// A target's bodies as they are to be compared.
struct Read {
  std::vector<Reading> readings;  ///< by time
  std::vector<storage::MisfitRow> misfits;
};

/// Is it good, whatever the target's other captures once said of it?
bool good_alone(const CaptureRow& row, storage::Extraction extraction) {
  if (extraction.reads_well && !extraction.overruled) extraction.verdict = {};
  return verdict(row, &extraction).good();
}

/// Good is what reads well, or what a person released; of these, texts in another language than the target's are not.
Read readings(const storage::Target& target, const std::vector<CaptureRow>& rows, const Texts& texts) {
  Read out;
  std::vector<std::string> languages;
  std::vector<const storage::Extraction*> extractions;
  for (const CaptureRow& row : rows) {
    if (!row.body) continue;
    Reading reading;
    reading.capture = row.id;
    reading.time = row.capture.timestamp;
    const storage::Extraction* const extraction = texts.of(row);
    const auto head = extraction && extraction->text ? texts.heads.find(*extraction->text) : texts.heads.end();
    std::string language;
    if (head != texts.heads.end() && good_alone(row, *extraction)) {
      reading.good = true;
      reading.text = head->first;
      reading.state_key = head->second.state_key;
      reading.clauses = head->second.clauses;
      // A person's word stands, and a few clauses are not enough to tell a language by.
      if (!extraction->overruled && head->second.clauses >= clauses_to_tell) language = head->second.language;
    }
    languages.push_back(std::move(language));
    extractions.push_back(extraction);
    out.readings.push_back(std::move(reading));
  }
  std::set<storage::Id> known;
  for (const std::size_t stray : language_strays(languages, target.language)) {
    out.readings[stray].good = false;
    if (!known.insert(extractions[stray]->id).second) continue;
    out.misfits.push_back({extractions[stray]->id,
                           {core::Quarantine::wrong_language, 0.8,
                            "is in \"" + languages[stray] + "\", not in " +
                                (target.language.empty() ? "the language of the captures before and after it"
                                                         : "\"" + target.language + "\"")}});
  }
  return out;
}

/// What a history is made from.
std::string key_of(const storage::Target& target, const std::vector<Reading>& readings,
                   std::span<const SitePage> others) {
  std::string inputs = "extract " + std::to_string(extract::generation) + " diff " + std::to_string(diff::generation) +
                       " lines 1 language " + target.language;
  for (const Reading& reading : readings) {
    inputs += "\n" + std::to_string(reading.capture) + " " + std::to_string(reading.good ? reading.text : 0);
  }
  for (const SitePage& page : others) {
    inputs += "\nbeside " + std::to_string(page.text) + " " + std::to_string(static_cast<int>(page.role));
  }
  return core::sha256_hex(inputs);
}

class Processing {
 public:
  Processing(storage::Store& store, Observer& observer, const ProcessOptions& options)
      : store_(store), observer_(observer), options_(options), pool_(options.threads) {}

  /// A site: all its targets are read before any is compared, for each tells something of the others.
  core::Result<void> site(std::span<const storage::Target> targets) {
    for (const storage::Target& target : targets) {
      const auto rows = store_.captures(target.id);
      if (!rows) return tl::unexpected(rows.error());
      if (const auto done = extract_all(target, *rows); !done || summary.interrupted) return done;
    }
    std::vector<std::vector<SitePage>> pages(targets.size());
    for (std::size_t at = 0; at < targets.size() && targets.size() > 1; ++at) {
      auto found = pages_of(store_, targets[at]);
      if (!found) return tl::unexpected(found.error());
      pages[at] = std::move(*found);
    }
    for (std::size_t at = 0; at < targets.size(); ++at) {
      if (targets[at].kind == storage::home_page_kind) continue;  // kept for its links
      std::vector<SitePage> others;
      for (std::size_t other = 0; other < targets.size(); ++other) {
        if (other != at) others.insert(others.end(), pages[other].begin(), pages[other].end());
      }
      const auto done = bring_up_to_date(targets[at], others);
      if (!done || summary.interrupted) return done;
    }
    return {};
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

  core::Result<void> bring_up_to_date(const storage::Target& target, std::span<const SitePage> others) {
    const auto rows = store_.captures(target.id);
    if (!rows) return tl::unexpected(rows.error());
    const auto texts = texts_of(store_, target.id);
    if (!texts) return tl::unexpected(texts.error());
    Read read = readings(target, *rows, *texts);
    const std::string key = key_of(target, read.readings, others);
    if (key == target.history_key && !options_.all) return {};

    const auto replaced = clean(store_, target.id, others, read.readings);
    if (!replaced) return tl::unexpected(replaced.error());
    storage::History history = timeline(read.readings);
    history.key = key;
    history.misfits = std::move(read.misfits);
    history.cleaned = *replaced;
    if (const auto done = compare_all(target.id, history); !done || summary.interrupted) return done;
    auto lines = trace(target, history);
    if (!lines) return tl::unexpected(lines.error());
    history.lines = std::move(*lines);
    ++summary.histories;
    if (target.generation.extract > 0 && target.generation != present_generation()) ++summary.former;
    return store_.put_history(target.id, history, present_generation());
  }

  /// Fills in the transitions' changes, which stay as they are where both texts did; editorial ones without any (a new
  /// title, a repaired byte) are none.
  core::Result<void> compare_all(storage::Id target, storage::History& history) {
    using Compared = core::Result<core::ChangeSet>;
    using Changes = std::map<std::pair<storage::Id, storage::Id>, core::ChangeSet>;
    auto known = options_.all ? core::Result<Changes>() : store_.known_changes(target, diff::generation);
    if (!known) return tl::unexpected(known.error());
    std::vector<storage::TransitionRow*> missing;
    for (storage::TransitionRow& transition : history.transitions) {
      const auto found = known->find({transition.old_text, transition.new_text});
      if (found == known->end()) {
        missing.push_back(&transition);
      } else {
        transition.changes = found->second;
      }
    }
    std::optional<core::Error> problem;
    const std::function<std::function<Compared()>(std::size_t)> make = [&](std::size_t n) -> std::function<Compared()> {
      auto before = store_.text(missing[n]->old_text);
      auto after = store_.text(missing[n]->new_text);
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
      missing[n]->changes = std::move(*compared);
      ++summary.compared;
      observer_.progress("compare", n + 1, missing.size());
      summary.interrupted = InterruptGuard::interrupted();
      return !summary.interrupted;
    };
    pool_.each<Compared>(missing.size(), make, take);
    if (problem) return tl::unexpected(*problem);
    std::erase_if(history.transitions, [](const storage::TransitionRow& transition) {
      return transition.kind == storage::TransitionKind::editorial && transition.changes.changes.empty();
    });
    int sequence = 0;
    for (storage::TransitionRow& transition : history.transitions) transition.sequence = ++sequence;
    return {};
  }

  core::Result<std::vector<core::Clause>> clauses_of(storage::Id text) {
    const auto row = store_.text(text);
    if (!row) return tl::unexpected(row.error());
    const auto document = extract::from_json(row->document);
    if (!document) return tl::unexpected(document.error());
    return diff::clauses(*document);
  }

  /// Follows the clauses through the history. Reads each text once more, and each new state's forerunner.
  core::Result<storage::ClauseLines> trace(const storage::Target& target, const storage::History& history) {
    LineTracer tracer(target.urlkey + "\n" + target.kind);
    std::vector<storage::Id> captures;
    std::map<storage::Id, std::pair<int, std::vector<std::size_t>>> shown;  // by text: its state, and what shows it
    std::vector<storage::Id> texts;                                         // in the order in which they came
    std::map<int, storage::Id> first_text;                                  // of a state
    for (const storage::Placement& placement : history.placements) {
      auto& [state, positions] = shown[placement.text];
      if (positions.empty()) texts.push_back(placement.text);
      first_text.emplace(placement.state, placement.text);
      state = placement.state;
      positions.push_back(captures.size());
      captures.push_back(placement.capture);
    }
    std::map<int, const storage::TransitionRow*> came;  // the transition that brought a state
    for (const storage::TransitionRow& transition : history.transitions) {
      if (transition.kind == storage::TransitionKind::changed) came.emplace(transition.new_state, &transition);
    }
    for (const storage::Id text : texts) {
      const auto clauses = clauses_of(text);
      if (!clauses) return tl::unexpected(clauses.error());
      const auto& [state, positions] = shown.at(text);
      const auto found = came.find(state);
      if (found != came.end() && first_text.at(state) == text) {
        const auto before = clauses_of(found->second->old_text);
        if (!before) return tl::unexpected(before.error());
        const auto descended = descents(found->second->changes, *before, *clauses);
        if (!descended) return tl::unexpected(descended.error());
        tracer.follow(found->second->old_state, state, *descended, *clauses);
      } else if (first_text.at(state) == text) {
        tracer.begin(state, *clauses);
      }
      tracer.place(text, state, *clauses, positions);
    }
    return std::move(tracer).done(captures);
  }

  storage::Store& store_;
  Observer& observer_;
  const ProcessOptions& options_;
  Pool pool_;
  std::set<PageSource> done_;  ///< of a re-extraction: bodies that two targets share are read once
};

}  // namespace

storage::Generation present_generation() noexcept {
  return {extract::generation, diff::generation};
}

core::Result<ProcessSummary> process(storage::Store& store, Observer& observer, const ProcessOptions& options) {
  const auto targets = store.targets();
  if (!targets) return tl::unexpected(targets.error());
  const InterruptGuard guard;
  Processing processing(store, observer, options);
  const auto& only = options.targets;
  const auto chosen = [&](const storage::Target& target) {
    return only.empty() || std::find(only.begin(), only.end(), target.id) != only.end();
  };
  // By site.
  for (auto first = targets->begin(); first != targets->end();) {
    const auto last = std::find_if(first, targets->end(), [&](const auto& one) { return one.site != first->site; });
    if (std::any_of(first, last, chosen)) {
      if (const auto done = processing.site(std::span(first, last)); !done) return tl::unexpected(done.error());
      if (processing.summary.interrupted) break;
    }
    first = last;
  }
  if (const std::size_t former = processing.summary.former; former > 0) {
    observer.warning(std::to_string(former) +
                     (former == 1 ? " history that an earlier version of the program made is"
                                  : " histories that an earlier version of the program made are") +
                     " made anew; the former ones are kept, `waydiff generations` tells what differs");
  }
  return processing.summary;
}

}  // namespace waydiff::pipeline
