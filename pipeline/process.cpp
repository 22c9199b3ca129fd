#include "pipeline/process.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "core/digest.hpp"
#include "diff/compare.hpp"
#include "extract/extract.hpp"
#include "extract/render.hpp"
#include "pipeline/interrupt.hpp"
#include "pipeline/pool.hpp"
#include "pipeline/timeline.hpp"

namespace waydiff::pipeline {
namespace {

using storage::CaptureRow;
using storage::Extraction;
using storage::Id;

/// What a text depends on besides the generation.
using Source = std::tuple<Id, std::string, std::string>;  // body, page address, content type

Source source_of(const CaptureRow& row) { return {*row.body, row.capture.original, row.content_type}; }

bool is_page(const CaptureRow& row) { return row.body && row.http_status.value_or(200) == 200; }

/// An extractor's answer, ready to be stored.
struct Read {
  std::optional<storage::TextRow> text;
  core::Verdict verdict;
};

Read read_body(const std::string& body, const extract::Page& page) {
  const auto document = extract::extract(body, page);
  if (!document) {
    return {{}, {core::Quarantine::unreadable, 1.0, document.error().detail}};
  }
  const std::vector<core::Clause> clauses = diff::clauses(*document);
  storage::TextRow text;
  text.document = extract::to_json(*document);
  text.sha256 = core::sha256_hex(text.document);
  text.state_key = diff::state_key(clauses);
  text.clauses = clauses.size();
  text.title = document->title;
  text.language = document->language;
  return {std::move(text), document->verdict};
}

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
    if (const auto done = extract_missing(target, *rows); !done || summary.interrupted) return done;
    return bring_up_to_date(target, *rows);
  }

  ProcessSummary summary;

 private:
  core::Result<std::map<Source, Extraction>> extractions(const storage::Target& target) {
    auto known = store_.extractions(target.id, extract::generation);
    if (!known) return tl::unexpected(known.error());
    std::map<Source, Extraction> by_source;
    for (Extraction& extraction : *known) {
      Source key{extraction.body, extraction.page_url, extraction.content_type};
      by_source.emplace(std::move(key), std::move(extraction));
    }
    return by_source;
  }

  core::Result<void> extract_missing(const storage::Target& target, const std::vector<CaptureRow>& rows) {
    auto known = extractions(target);
    if (!known) return tl::unexpected(known.error());
    std::vector<Source> missing;
    std::set<Source> seen;
    for (const CaptureRow& row : rows) {
      if (!is_page(row)) continue;
      Source source = source_of(row);
      const bool wanted = (options_.all && !done_.contains(source)) || !known->contains(source);
      if (wanted && seen.insert(source).second) missing.push_back(std::move(source));
    }
    std::optional<core::Error> problem;
    const std::function<std::function<Read()>(std::size_t)> make = [&](std::size_t n) -> std::function<Read()> {
      auto body = store_.body(std::get<0>(missing[n]));
      if (!body) {
        // A damaged body is that capture's loss, not the run's: verify names it too.
        observer_.warning(std::get<1>(missing[n]) + ": " + body.error().detail);
        core::Verdict lost{core::Quarantine::unreadable, 1.0, body.error().detail};
        return [lost] { return Read{{}, lost}; };
      }
      extract::Page page{std::get<1>(missing[n]), std::get<2>(missing[n])};
      return [bytes = std::move(*body), page] { return read_body(bytes, page); };
    };
    const std::function<bool(std::size_t, Read)> take = [&](std::size_t n, Read read) {
      if (const auto stored = store_read(missing[n], std::move(read)); !stored) {
        problem = stored.error();
        return false;
      }
      ++summary.extracted;
      if (options_.all) done_.insert(missing[n]);
      observer_.progress("extract", n + 1, missing.size());
      summary.interrupted = InterruptGuard::interrupted();
      return !summary.interrupted;
    };
    pool_.each<Read>(missing.size(), make, take);
    if (problem) return tl::unexpected(*problem);
    return {};
  }

  core::Result<void> store_read(const Source& source, Read read) {
    return store_.transaction([&]() -> core::Result<void> {
      Extraction extraction;
      extraction.body = std::get<0>(source);
      extraction.page_url = std::get<1>(source);
      extraction.content_type = std::get<2>(source);
      extraction.generation = extract::generation;
      extraction.verdict = read.verdict;
      if (read.text) {
        const auto text = store_.put_text(*read.text);
        if (!text) return tl::unexpected(text.error());
        extraction.text = *text;
      } else {
        ++summary.unreadable;
      }
      return store_.put_extraction(extraction);
    });
  }

  core::Result<void> bring_up_to_date(const storage::Target& target, const std::vector<CaptureRow>& rows) {
    const auto known = extractions(target);
    if (!known) return tl::unexpected(known.error());
    const auto heads = store_.text_heads(target.id);
    if (!heads) return tl::unexpected(heads.error());
    std::map<Id, const storage::TextRow*> head_of;
    for (const storage::TextRow& head : *heads) head_of[head.id] = &head;

    std::vector<Reading> readings;
    std::string inputs = "extract " + std::to_string(extract::generation) + " diff " + std::to_string(diff::generation);
    for (const CaptureRow& row : rows) {
      if (!row.body) continue;
      Reading reading;
      reading.capture = row.id;
      reading.time = row.capture.timestamp;
      const Extraction* extraction = nullptr;
      if (is_page(row)) {
        const auto found = known->find(source_of(row));
        if (found != known->end()) extraction = &found->second;
      }
      reading.good = verdict(row, extraction).good() && extraction && extraction->text;
      if (reading.good) {
        reading.text = *extraction->text;
        const storage::TextRow& head = *head_of.at(reading.text);
        reading.state_key = head.state_key;
        reading.clauses = head.clauses;
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
    const std::function<std::function<Compared()>(std::size_t)> make =
        [&](std::size_t n) -> std::function<Compared()> {
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
  std::set<Source> done_;  ///< of a re-extraction: bodies that two targets share are read once
};

}  // namespace

core::Verdict verdict(const CaptureRow& row, const Extraction* extraction) {
  const int status = row.http_status.value_or(200);
  if (status >= 400) return {core::Quarantine::http_error, 1.0, "the site answered " + std::to_string(status)};
  if (status >= 300) {
    return {core::Quarantine::redirect, 1.0,
            "the site answered " + std::to_string(status) + (row.location.empty() ? "" : ", see " + row.location)};
  }
  if (status != 200) return {core::Quarantine::http_error, 1.0, "the site answered " + std::to_string(status)};
  if (!extraction) return {core::Quarantine::unreadable, 0.0, "not extracted yet"};
  return extraction->verdict;
}

core::Result<ProcessSummary> process(storage::Store& store, Observer& observer, const ProcessOptions& options) {
  const auto targets = store.targets();
  if (!targets) return tl::unexpected(targets.error());
  const InterruptGuard guard;
  Processing processing(store, observer, options);
  for (const storage::Target& target : *targets) {
    if (const auto done = processing.target(target); !done) return tl::unexpected(done.error());
    if (processing.summary.interrupted) break;
  }
  return processing.summary;
}

}  // namespace waydiff::pipeline
