#include "cli/clause_text.hpp"

#include "cli/console.hpp"
#include "report/interval.hpp"

namespace waydiff::cli {

std::string shown_coming(const report::Coming& coming, const Snapshots& snapshots) {
  const core::Timestamp after = snapshots.time(coming.new_capture);
  if (!coming.old_capture) return "not after " + after.date() + ", the first capture";
  const core::Timestamp before = snapshots.time(*coming.old_capture);
  const std::string remark = report::missed_remark(snapshots.missed(before, after));
  return "after " + before.date() + ", not after " + after.date() + " (" + report::gap_text(before, after) +
         (remark.empty() ? "" : "; " + remark) + ")";
}

boost::json::object coming_json(const report::Coming& coming, const Snapshots& snapshots) {
  boost::json::object out;
  out["not_before"] = nullptr;
  out["gap_days"] = nullptr;
  out["missed"] = boost::json::object();
  out["old_snapshot"] = nullptr;
  if (coming.old_capture) {
    const core::Timestamp before = snapshots.time(*coming.old_capture), after = snapshots.time(coming.new_capture);
    out["not_before"] = before.digits();
    out["gap_days"] = report::gap_days(before, after);
    out["missed"] = missed_json(snapshots.missed(before, after));
    out["old_snapshot"] = snapshots.address(*coming.old_capture);
  }
  out["not_after"] = snapshots.time(coming.new_capture).digits();
  out["new_snapshot"] = snapshots.address(coming.new_capture);
  return out;
}

boost::json::object missed_json(const report::MissedCounts& missed) {
  boost::json::object out;
  for (const auto& [reason, number] : missed) out[reason] = number;
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
