#pragma once

#include "tests/storage/scratch.hpp"

namespace waydiff::storage {

inline core::Change reworded() {
  core::Change change;
  change.kind = core::ChangeKind::modified;
  change.reason = "reworded";
  change.moved = true;
  change.similarity = 0.75;
  change.flags = {"modality", "party"};
  change.before = core::ClauseRange{2, 1, {"Privacy", "Sharing \"it\""}, "We may share it."};
  change.after = core::ClauseRange{1, 1, {"Privacy"}, "We will share it."};
  change.ops = {{'=', "We "}, {'-', "may"}, {'+', "will"}, {'=', " share it."}};
  return change;
}

inline core::Change added(std::string text) {
  core::Change change;
  change.kind = core::ChangeKind::added;
  change.reason = "new";
  change.after = core::ClauseRange{4, 1, {}, std::move(text)};
  return change;
}

/// A store with one target whose text goes A, B, A, with one soft 404 between A and B.
struct ExampleStore {
  explicit ExampleStore(const Scratch& scratch) : store(open(scratch)), target(example_target(store)) {
    list(store, target, wayback(store),
         {captured("20180101000000", "A"), captured("20180601000000", "X"), captured("20190101000000", "B"),
          captured("20200101000000", "A")});
    captures = got(store.captures(target));
    text_a = fetch(captures[0], "<p>We may share it.", Outcome::fetched, {});
    fetch(captures[1], "<p>Page not found.", Outcome::fetched, {core::Quarantine::soft_404, 0.9, "not found"});
    text_b = fetch(captures[2], "<p>We will share it.", Outcome::fetched, {});
    fetch(captures[3], "<p>We may share it.", Outcome::duplicate, {});

    history.key = "captures 1, 3, 4";
    history.states = {{0, 1, "key of A", 3}, {0, 2, "key of B", 4}};
    history.placements = {{captures[0].id, 1, text_a}, {captures[2].id, 2, text_b}, {captures[3].id, 1, text_a}};
    history.transitions = {transition(1, TransitionKind::changed, 0, 2), transition(2, TransitionKind::returned, 2, 3)};
    history.transitions[0].quarantined_between = 1;
  }

  TransitionRow transition(int sequence, TransitionKind kind, std::size_t from, std::size_t to) const {
    TransitionRow row;
    row.sequence = sequence;
    row.kind = kind;
    row.old_state = from == 2 ? 2 : 1;
    row.new_state = to == 2 ? 2 : 1;
    row.old_text = from == 2 ? text_b : text_a;
    row.new_text = to == 2 ? text_b : text_a;
    row.old_capture = captures[from].id;
    row.new_capture = captures[to].id;
    row.not_before = captures[from].capture.timestamp;
    row.not_after = captures[to].capture.timestamp;
    row.changes = {3, 4, 2, {reworded(), added("We tell you when it changes.")}, {"a note"}};
    return row;
  }

  Id fetch(CaptureRow& row, const std::string& page, Outcome outcome, const core::Verdict& verdict) {
    row.outcome = outcome;
    row.body = got(store.put_body(page));
    row.http_status = 200;
    row.content_type = "text/html";
    done(store.update_capture(row));
    const Id text = put_text(store, page, "Privacy");
    done(store.put_extraction({0, *row.body, row.capture.original, row.content_type, 1, text, verdict}));
    return text;
  }

  Store store;
  Id target;
  std::vector<CaptureRow> captures;
  Id text_a = 0, text_b = 0;
  History history;
};

}  // namespace waydiff::storage
