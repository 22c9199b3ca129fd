#pragma once

#include <string>
#include <vector>

#include "core/change_set.hpp"
#include "core/digest.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "extract/extract.hpp"
#include "extract/render.hpp"
#include "report/dossier.hpp"
#include "storage/store.hpp"

/// A small followed policy: two texts that alternate, a soft 404 between, one capture that failed.
namespace waydiff::report::sample {

inline core::Timestamp at(std::string_view digits) {
  return *core::Timestamp::parse(digits);
}

inline core::ClauseRange clause(std::size_t index, std::vector<std::string> path, std::string text) {
  return {index, 1, std::move(path), std::move(text)};
}

inline core::Change reworded() {
  core::Change change;
  change.kind = core::ChangeKind::modified;
  change.reason = "reworded";
  change.similarity = 0.9;
  change.flags = {"modality", "party"};
  change.before = clause(4, {"Sharing"}, "We may share your address with our printers.");
  change.after = clause(5, {"Sharing"}, "We will share your address with our printers and advertisers.");
  change.ops = {{'=', "We "},
                {'-', "may"},
                {'+', "will"},
                {'=', " share your address with our printers"},
                {'+', " and advertisers"},
                {'=', "."}};
  return change;
}

inline core::Change added() {
  core::Change change;
  change.kind = core::ChangeKind::added;
  change.reason = "added";
  change.flags = {"choice"};
  change.after = clause(2, {"Cookies"}, "You can switch off cookies at any time.");
  return change;
}

inline core::Change removed() {
  core::Change change;
  change.kind = core::ChangeKind::removed;
  change.reason = "removed";
  change.before = clause(2, {"Cookies"}, "You can switch off cookies at any time.");
  return change;
}

inline core::Change moved() {
  core::Change change;
  change.kind = core::ChangeKind::moved;
  change.significance = core::Significance::structural;
  change.reason = "moved";
  change.moved = true;
  change.before = clause(1, {"Cookies"}, "A cookie is a small file.");
  change.after = clause(7, {"Words we use"}, "A cookie is a small file.");
  return change;
}

inline core::Change renumbered() {
  core::Change change;
  change.kind = core::ChangeKind::modified;
  change.significance = core::Significance::editorial;
  change.reason = "numbering";
  change.before = clause(8, {}, "3. Contact");
  change.after = clause(9, {}, "4. Contact");
  change.ops = {{'-', "3."}, {'+', "4."}, {'=', " Contact"}};
  return change;
}

inline core::ChangeSet change_set(std::vector<core::Change> changes) {
  core::ChangeSet set;
  set.before_clauses = 10;
  set.after_clauses = 11;
  set.unchanged = 11 - changes.size();
  set.changes = std::move(changes);
  return set;
}

inline storage::ArchiveRow archive() {
  storage::ArchiveRow row;
  row.id = 1;
  row.name = "wayback";
  row.profile = "wayback";
  row.index = "https://archive.example/cdx";
  row.playback = "https://archive.example/web";
  return row;
}

inline storage::CaptureRow capture(storage::Id id, std::string digits, storage::Outcome outcome) {
  storage::CaptureRow row;
  row.id = id;
  row.target = 1;
  row.archive = 1;
  row.capture.urlkey = core::url_key("http://paper.example/privacy");
  row.capture.raw_timestamp = digits;
  row.capture.timestamp = at(digits);
  row.capture.original = "http://paper.example/privacy";
  row.capture.mime = "text/html";
  row.capture.status = 200;
  row.capture.digest = core::sha1_base32(digits);
  row.outcome = outcome;
  if (outcome == storage::Outcome::fetched) {
    row.body = id;
    row.body_sha256 = core::sha256_hex(digits);
    row.http_status = 200;
    row.content_type = "text/html";
  }
  return row;
}

inline storage::Extraction extraction(const storage::CaptureRow& row, storage::Id text, core::Verdict verdict = {}) {
  storage::Extraction out;
  out.id = row.id;
  out.body = *row.body;
  out.page_url = row.capture.original;
  out.content_type = row.content_type;
  out.generation = extract::generation;
  out.text = text;
  out.verdict = std::move(verdict);
  return out;
}

inline storage::TransitionRow transition(int sequence, storage::TransitionKind kind, int from, int to,
                                         const storage::CaptureRow& before, const storage::CaptureRow& after,
                                         int quarantined, core::ChangeSet changes) {
  storage::TransitionRow row;
  row.id = sequence;
  row.sequence = sequence;
  row.kind = kind;
  row.old_state = from;
  row.new_state = to;
  row.old_text = from;
  row.new_text = to;
  row.old_capture = before.id;
  row.new_capture = after.id;
  row.not_before = before.capture.timestamp;
  row.not_after = after.capture.timestamp;
  row.quarantined_between = quarantined;
  row.changes = std::move(changes);
  return row;
}

inline std::vector<core::StatedDate> stated_dates(storage::Id text) {
  if (text == 1) return {{"updated", "2010-02-01", "Last updated: 1 February 2010"}};
  return {{"updated", "2012-10-01", "Last updated: 1 October 2012"}};
}

inline storage::TextRow text(storage::Id id, std::size_t clauses) {
  storage::TextRow row;
  row.id = id;
  core::Document document;
  document.title = "Privacy " + std::to_string(id);
  document.dates = stated_dates(id);
  row.document = extract::to_json(document);
  row.sha256 = core::sha256_hex(row.document);
  row.state_key = core::sha256_hex("state " + std::to_string(id));
  row.clauses = clauses;
  row.title = "Privacy at Paper Example";
  row.language = "en";
  return row;
}

inline Dossier dossier() {
  using storage::Outcome;
  Dossier out;
  out.target = {1,
                "http://paper.example/privacy",
                core::url_key("http://paper.example/privacy"),
                "paper.example",
                "privacy policy",
                ""};
  out.archives = {archive()};
  out.captures = {capture(1, "20100301120000", Outcome::fetched), capture(2, "20120301120000", Outcome::fetched),
                  capture(3, "20120801120000", Outcome::fetched), capture(4, "20121101120000", Outcome::fetched),
                  capture(5, "20140301120000", Outcome::fetched), capture(6, "20150301120000", Outcome::failed),
                  capture(7, "20160301120000", Outcome::pending)};
  out.captures[5].cause = "timed_out: no answer in 60 s";
  out.captures[5].attempts = 3;
  const auto& rows = out.captures;
  out.extractions = {extraction(rows[0], 1), extraction(rows[1], 1),
                     extraction(rows[2], 3, {core::Quarantine::soft_404, 0.9, "title says “Page not found”"}),
                     extraction(rows[3], 2), extraction(rows[4], 1)};
  out.texts = {text(1, 10), text(2, 11)};
  out.history.key = "k";
  out.history.states = {{1, 1, text(1, 10).state_key, 10}, {2, 2, text(2, 11).state_key, 11}};
  out.history.placements = {{1, 1, 1}, {2, 1, 1}, {4, 2, 2}, {5, 1, 1}};
  out.history.transitions = {
      transition(1, storage::TransitionKind::changed, 1, 2, rows[1], rows[3], 1,
                 change_set({added(), reworded(), moved(), renumbered()})),
      transition(2, storage::TransitionKind::returned, 2, 1, rows[3], rows[4], 0, change_set({removed()}))};
  out.receipt.target = 1;
  out.receipt.listed = 7;
  out.receipt.counts = {{Outcome::fetched, 5}, {Outcome::failed, 1}, {Outcome::pending, 1}};
  out.missed = {
      {at("20120801120000"), "soft_404"}, {at("20150301120000"), "failed"}, {at("20160301120000"), "pending"}};
  out.dates = {{1, stated_dates(1)}, {2, stated_dates(2)}};
  return out;
}

}  // namespace waydiff::report::sample
