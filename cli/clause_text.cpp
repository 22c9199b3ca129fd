#include "cli/clause_text.hpp"

#include <chrono>

#include "cli/console.hpp"

namespace waydiff::cli {

std::string shown_coming(const report::Coming& coming, const Snapshots& snapshots) {
  const core::Timestamp after = snapshots.time(coming.new_capture);
  if (!coming.old_capture) return "not after " + after.date() + ", the first capture";
  const core::Timestamp before = snapshots.time(*coming.old_capture);
  const auto gap = std::chrono::floor<std::chrono::days>(after.time() - before.time()).count();
  return "after " + before.date() + ", not after " + after.date() + " (" + std::to_string(gap) +
         (gap == 1 ? " day)" : " days)");
}

boost::json::object coming_json(const report::Coming& coming, const Snapshots& snapshots) {
  boost::json::object out;
  out["not_before"] = nullptr;
  out["old_snapshot"] = nullptr;
  if (coming.old_capture) {
    out["not_before"] = snapshots.time(*coming.old_capture).digits();
    out["old_snapshot"] = snapshots.address(*coming.old_capture);
  }
  out["not_after"] = snapshots.time(coming.new_capture).digits();
  out["new_snapshot"] = snapshots.address(coming.new_capture);
  return out;
}

std::string marked_words(const std::vector<core::WordOp>& ops) {
  std::string out;
  for (const core::WordOp& op : ops) {
    if (op.op == '=') out += printable(op.text);
    if (op.op == '-') out += "[-" + printable(op.text) + "-]";
    if (op.op == '+') out += "{+" + printable(op.text) + "+}";
  }
  return out;
}

std::string shown_path(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& heading : path) out += (out.empty() ? "" : " > ") + printable(heading);
  return out;
}

}  // namespace waydiff::cli
