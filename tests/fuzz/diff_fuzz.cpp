#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diff/compare.hpp"
#include "diff/segmentation.hpp"
#include "extract/extract.hpp"

namespace {

using namespace waydiff;

void require(bool holds) {
  if (!holds) std::abort();
}

/// One side of a change: its text is that of its clauses, its operations give it, and no clause stands in two changes.
void check_side(const core::Change& change, const std::optional<core::ClauseRange>& side, char mine,
                const std::vector<core::Clause>& clauses, std::vector<bool>& seen) {
  if (!side) return;
  require(side->count > 0);
  std::string told;
  for (std::size_t at = side->index; at < side->index + side->count; ++at) {
    require(at < clauses.size() && !seen[at]);
    seen[at] = true;
    told.append(told.empty() ? "" : " ").append(clauses[at].text);
  }
  require(told == side->text);
  if (change.ops.empty()) return;
  std::string text;
  for (const core::WordOp& op : change.ops) {
    if (op.op == '=' || op.op == mine) text += op.text;
  }
  require(text == side->text);
}

void check_form(const core::Change& change) {
  require(change.before.has_value() == (change.kind != core::ChangeKind::added));
  require(change.after.has_value() == (change.kind != core::ChangeKind::removed));
  require(change.ops.empty() == (!change.before || !change.after));
  require(!change.reason.empty());
  require(change.similarity >= 0.0 && change.similarity <= 1.0);
  for (std::size_t i = 0; i < change.ops.size(); ++i) {
    require(!change.ops[i].text.empty() && (i == 0 || change.ops[i].op != change.ops[i - 1].op));
  }
}

std::vector<std::string_view> unseen(const std::vector<core::Clause>& clauses, const std::vector<bool>& seen) {
  std::vector<std::string_view> rest;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    if (!seen[i]) rest.push_back(clauses[i].text);
  }
  return rest;
}

}  // namespace

/// Two documents parted by a byte 0: cut together they are cut as each alone, the operations reproduce both sides,
/// every clause of either stands in exactly one change or is unchanged and in order, and the time is bounded.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t middle = std::min(all.find('\0'), all.size());
  const core::Document old_document = extract::read_markdown(all.substr(0, middle));
  const core::Document new_document = extract::read_markdown(all.substr(std::min(middle + 1, all.size())));
  const auto before = diff::clauses(old_document);
  const auto after = diff::clauses(new_document);
  const diff::SegmentedPair both(old_document, new_document);
  require(diff::clauses(both.before()) == before && diff::clauses(both.after()) == after);
  const auto start = std::chrono::steady_clock::now();
  const core::ChangeSet set = diff::compare(before, after);
  // a millisecond a kilobyte would do; sanitizers and a busy machine take their share
  require(std::chrono::steady_clock::now() - start < std::chrono::seconds(5) + std::chrono::milliseconds(size / 10));
  std::vector<bool> old_seen(before.size(), false);
  std::vector<bool> new_seen(after.size(), false);
  for (const core::Change& change : set.changes) {
    check_form(change);
    check_side(change, change.before, '-', before, old_seen);
    check_side(change, change.after, '+', after, new_seen);
  }
  const auto rest = unseen(after, new_seen);
  require(unseen(before, old_seen) == rest && set.unchanged == rest.size());
  return 0;
}
