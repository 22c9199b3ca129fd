#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diff/compare.hpp"
#include "extract/extract.hpp"

namespace {

using namespace waydiff;

/// One side of a change: its operations give its text, and no clause stands in two changes.
void check_side(const core::Change& change, const std::optional<core::ClauseRange>& side, char mine,
                std::size_t clauses, std::set<std::size_t>& seen) {
  if (!side) return;
  for (std::size_t at = side->index; at < side->index + side->count; ++at) {
    if (at >= clauses || !seen.insert(at).second) std::abort();
  }
  if (change.ops.empty()) return;
  std::string text;
  for (const core::WordOp& op : change.ops) {
    if (op.op == '=' || op.op == mine) text += op.text;
  }
  if (text != side->text) std::abort();
}

}  // namespace

/// Two documents parted by a byte 0: the operations reproduce both sides and every clause is accounted for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t middle = std::min(all.find('\0'), all.size());
  const auto before = diff::clauses(extract::read_markdown(all.substr(0, middle)));
  const auto after = diff::clauses(extract::read_markdown(all.substr(std::min(middle + 1, all.size()))));
  const core::ChangeSet set = diff::compare(before, after);
  std::set<std::size_t> old_seen;
  std::set<std::size_t> new_seen;
  for (const core::Change& change : set.changes) {
    check_side(change, change.before, '-', before.size(), old_seen);
    check_side(change, change.after, '+', after.size(), new_seen);
  }
  if (set.unchanged + new_seen.size() != after.size() || set.unchanged + old_seen.size() != before.size()) std::abort();
  return 0;
}
