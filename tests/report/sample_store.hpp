#pragma once

#include <map>
#include <string>

#include "sample.hpp"

namespace waydiff::report::sample {

/// Puts a dossier into a store through its public face, ids mapped. Returns the first problem, or "".
inline std::string fill(storage::Store& store, const Dossier& dossier) {
  std::string problem;
  const auto take = [&problem](const auto& result, storage::Id& id) {
    if (!result && problem.empty()) problem = result.error().detail;
    if (result) id = *result;
  };
  const auto check = [&problem](const auto& result) {
    if (!result && problem.empty()) problem = result.error().detail;
  };
  storage::Id target = 0, archive = 0;
  take(store.put_target(dossier.target), target);
  take(store.put_archive(dossier.archives.at(0)), archive);

  storage::ListingRow listing;
  listing.target = target;
  listing.archive = archive;
  listing.query = dossier.target.url;
  listing.complete = true;
  listing.rows = dossier.captures.size();
  std::vector<core::Capture> captures;
  for (const auto& row : dossier.captures) captures.push_back(row.capture);
  check(store.put_listing(listing, captures));

  std::map<storage::Id, storage::Id> capture_ids, body_ids, text_ids;
  const auto stored = store.captures(target);
  check(stored);
  if (!problem.empty()) return problem;
  for (const auto& row : dossier.captures) {
    for (auto copy : *stored) {
      if (copy.capture.raw_timestamp != row.capture.raw_timestamp) continue;
      capture_ids[row.id] = copy.id;
      copy.outcome = row.outcome;
      copy.cause = row.cause;
      copy.attempts = row.attempts;
      copy.http_status = row.http_status;
      copy.content_type = row.content_type;
      if (row.body) {
        storage::Id body = 0;
        take(store.put_body("body " + row.capture.raw_timestamp), body);
        body_ids[*row.body] = body;
        copy.body = body;
      }
      check(store.update_capture(copy));
    }
  }
  for (const auto& row : dossier.texts) take(store.put_text(row), text_ids[row.id]);
  for (auto extraction : dossier.extractions) {
    extraction.body = body_ids[extraction.body];
    const auto text = text_ids.find(extraction.text.value_or(0));
    extraction.text = text == text_ids.end() ? std::nullopt : std::optional(text->second);
    check(store.put_extraction(extraction));
  }
  storage::History history = dossier.history;
  for (auto& row : history.placements) {
    row.capture = capture_ids[row.capture];
    row.text = text_ids[row.text];
  }
  for (auto& row : history.transitions) {
    row.old_capture = capture_ids[row.old_capture];
    row.new_capture = capture_ids[row.new_capture];
    row.old_text = text_ids[row.old_text];
    row.new_text = text_ids[row.new_text];
  }
  check(store.put_history(target, history, {1, 1}));
  return problem;
}

}  // namespace waydiff::report::sample
