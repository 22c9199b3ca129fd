#include "pipeline/rereading.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "diff/compare.hpp"
#include "diff/segmentation.hpp"
#include "extract/render.hpp"

namespace waydiff::pipeline {
namespace {

using storage::History;
using storage::Id;
using storage::Placement;
using storage::TransitionRow;
using Between = std::map<std::pair<Id, Id>, const TransitionRow*>;  // by the captures on both sides

std::map<Id, const Placement*> by_capture(const History& history) {
  std::map<Id, const Placement*> out;
  for (const Placement& placement : history.placements) out.emplace(placement.capture, &placement);
  return out;
}

Between by_captures(const History& history) {
  Between out;
  for (const TransitionRow& transition : history.transitions) {
    out.emplace(std::pair(transition.old_capture, transition.new_capture), &transition);
  }
  return out;
}

/// What a reader is told of a change; positions are none of it, for they follow from other clauses.
using Told = std::tuple<core::ChangeKind, core::Significance, std::string, std::string, std::vector<std::string>>;

std::vector<Told> told(const TransitionRow& transition) {
  std::vector<Told> out;
  for (const core::Change& change : transition.changes.changes) {
    out.emplace_back(change.kind, change.significance, change.before ? change.before->text : "",
                     change.after ? change.after->text : "", change.flags);
  }
  std::sort(out.begin(), out.end());
  return out;
}

const std::string& key_of(const History& history, int state) {
  return history.states.at(static_cast<std::size_t>(state) - 1).key;
}

core::Result<core::Document> document(storage::Store& store, Id text) {
  const auto row = store.text(text);
  if (!row) return tl::unexpected(row.error());
  return extract::from_json(row->document);
}

}  // namespace

Rereading reread(const History& former, const History& present, const std::function<bool(Id)>& read_before) {
  Rereading out;
  const auto before = by_capture(former), now = by_capture(present);
  for (const Placement& placement : former.placements) {
    if (!now.contains(placement.capture)) out.quarantined.push_back(placement.capture);
  }
  const Between between_before = by_captures(former), between_now = by_captures(present);
  std::map<std::pair<Id, Id>, std::size_t> pairs;  // of texts: position in `differing`
  const Placement* last_before = nullptr;
  const Placement* last_now = nullptr;
  for (const Placement& placement : present.placements) {  // by time
    const auto found = before.find(placement.capture);
    if (found == before.end()) {
      if (read_before(placement.capture)) out.released.push_back(placement.capture);
      continue;
    }
    const Placement& old = *found->second;
    ++out.captures;
    if (old.text == placement.text || key_of(former, old.state) == key_of(present, placement.state)) {
      ++out.same;
    } else {
      const auto [pair, is_new] = pairs.emplace(std::pair(old.text, placement.text), out.differing.size());
      if (is_new) out.differing.push_back({old.text, placement.text});
      ++out.differing[pair->second].captures;
    }
    if (last_before) {
      const bool changed_before = last_before->state != old.state;
      const bool changed_now = last_now->state != placement.state;
      const CapturePair neighbours{last_now->capture, placement.capture};
      if (changed_before && !changed_now) out.only_former.push_back(neighbours);
      if (!changed_before && changed_now) out.only_present.push_back(neighbours);
      if (changed_before && changed_now) {
        ++out.transitions_of_both;
        const auto one = between_before.find({neighbours.before, neighbours.after});
        const auto other = between_now.find({neighbours.before, neighbours.after});
        // Where a capture between them is good for one alone, neither tells of these two.
        const bool told_by_both = one != between_before.end() && other != between_now.end();
        if (told_by_both && told(*one->second) != told(*other->second)) {
          out.retold.push_back(
              {neighbours, one->second->changes.changes.size(), other->second->changes.changes.size()});
        }
      }
    }
    last_before = &old;
    last_now = &placement;
  }
  return out;
}

core::Result<Rereading> rereading(storage::Store& store, Id target, storage::Generation former) {
  const auto before = store.former_history(target, former);
  if (!before) return tl::unexpected(before.error());
  const auto now = store.history(target);
  if (!now) return tl::unexpected(now.error());
  const auto extractions = store.extractions(target, former.extract);
  if (!extractions) return tl::unexpected(extractions.error());
  std::set<Id> bodies;
  for (const storage::Extraction& extraction : *extractions) bodies.insert(extraction.body);
  const auto captures = store.captures(target);
  if (!captures) return tl::unexpected(captures.error());
  std::set<Id> read;
  for (const storage::CaptureRow& row : *captures) {
    if (row.body && bodies.contains(*row.body)) read.insert(row.id);
  }
  Rereading out = reread(*before, *now, [&read](Id capture) { return read.contains(capture); });
  for (Rereading::Differing& pair : out.differing) {
    const auto one = document(store, pair.former);
    if (!one) return tl::unexpected(one.error());
    const auto other = document(store, pair.present);
    if (!other) return tl::unexpected(other.error());
    const diff::SegmentedPair both(*one, *other);
    pair.changes = diff::compare(both.before(), both.after());
    // Another generation of the differ may have told texts apart that are the same to this one.
    if (pair.changes.changes.empty()) out.same += pair.captures;
  }
  std::erase_if(out.differing, [](const auto& pair) { return pair.changes.changes.empty(); });
  return out;
}

}  // namespace waydiff::pipeline
