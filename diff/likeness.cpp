#include "diff/likeness.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include "diff/lexicon.hpp"
#include "diff/update_date.hpp"

namespace waydiff::diff {
namespace {

using core::ClauseKind;
using Order = std::span<const WordId>;

constexpr double near_threshold = 0.42;
constexpr double alone_threshold = 0.30;
constexpr std::size_t far_words = 5;      // shorter clauses reworded elsewhere are chance
constexpr std::size_t telling_words = 8;  // one that stands whole in another elsewhere says enough from here on

/// Without what joins a list's member to the next: "…; and".
Order without_joint(const ClauseView& clause, const Shape& shape) {
  const Order order = shape.order;
  const std::string_view text = clause.fingerprint;
  const bool joint =
      text.ends_with("; and") || text.ends_with("; or") || text.ends_with(", and") || text.ends_with(", or");
  return joint && order.size() > 1 ? order.first(order.size() - 1) : order;
}

std::size_t common_opening(Order a, Order b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

/// Whether the shorter begins or ends the longer, word for word.
bool holds(Order a, Order b) {
  if (a.size() > b.size()) std::swap(a, b);
  return std::equal(a.begin(), a.end(), b.begin()) ||
         std::equal(a.begin(), a.end(), b.end() - static_cast<std::ptrdiff_t>(a.size()));
}

std::string_view key_cell(const ClauseView& row) {
  const std::string_view text = row.fingerprint;
  return text.substr(0, std::min(text.find(" |"), text.size()));
}

bool same_row(const ClauseView& before, const ClauseView& after) {
  if (before.kind != ClauseKind::table_row || after.kind != ClauseKind::table_row) return false;
  const std::string_view key = key_cell(before);
  return !key.empty() && key == key_cell(after);
}

/// Both say when the document was changed, or whose it is, or are the same row of a table.
bool same_statement(const ClauseView& before, const ClauseView& after) {
  return (states_update(before.fingerprint) && states_update(after.fingerprint)) ||
         (states_copyright(before.fingerprint) && states_copyright(after.fingerprint)) || same_row(before, after);
}

}  // namespace

Likeness likeness(const ClauseView& before, const Shape& old_shape, const ClauseView& after, const Shape& new_shape,
                  const Vocabulary& vocabulary, Nearness nearness) {
  const Order a = without_joint(before, old_shape);
  const Order b = without_joint(after, new_shape);
  const std::size_t shorter = std::min(a.size(), b.size());
  const bool same_kind = (before.kind == ClauseKind::heading) == (after.kind == ClauseKind::heading);
  const bool near = nearness != Nearness::far;
  const auto at_least = [](double& value, double floor) { value = std::max(value, floor); };

  Likeness found;
  found.common_weight = common_weight(old_shape, new_shape, vocabulary);
  found.similarity = similarity(old_shape, new_shape, found.common_weight);
  found.value = found.similarity;
  const bool same_words = shorter > 0 && std::equal(a.begin(), a.end(), b.begin(), b.end());
  if (same_words) at_least(found.value, 0.97);
  if (near) {
    const std::size_t opening = common_opening(a, b);
    // It makes a pair believed, not better than one that shares more.
    if (opening >= 3 && found.value > 0.2 && found.value < near_threshold) {
      found.value = std::min(near_threshold, found.value + (opening >= 5 ? 0.18 : 0.08));
    }
    if (found.value < 0.7 && same_statement(before, after)) found.value = 0.7;
    // A clause that stands whole in the other is that clause, made longer or shorter.
    if (shorter >= 3 && std::min(before.fingerprint.size(), after.fingerprint.size()) >= 16 && holds(a, b)) {
      at_least(found.value, shorter >= telling_words ? 0.64 : 0.6);
    }
  } else if (shorter >= telling_words && holds(a, b)) {
    at_least(found.value, 0.64);
  }
  if (nearness == Nearness::alone) {
    const double least = std::min(old_shape.weight, new_shape.weight);
    if (least > 0.0) at_least(found.value, 0.6 * found.common_weight / least);
    // "Enabled" became "Disabled"
    if (std::max(a.size(), b.size()) <= 2 && before.kind == after.kind && before.kind != ClauseKind::heading) {
      at_least(found.value, alone_threshold);
    }
  }
  found.threshold = nearness == Nearness::far    ? far_threshold
                    : nearness == Nearness::near ? near_threshold
                                                 : alone_threshold;
  if (!same_kind) found.threshold += 0.15;
  if (!near && shorter < far_words && !same_words) found.threshold = 2.0;
  found.score = found.value + (near ? 0.1 : 0.0) - (same_kind ? 0.0 : 0.1) + (*before.path == *after.path ? 0.02 : 0.0);
  return found;
}

}  // namespace waydiff::diff
