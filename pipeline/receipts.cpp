#include "pipeline/receipts.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>

#include "pipeline/home_pages.hpp"

namespace waydiff::pipeline {
namespace {

using storage::Outcome;

constexpr std::array columns = {Outcome::fetched,  Outcome::duplicate, Outcome::revisit, Outcome::unplayable,
                                Outcome::excluded, Outcome::failed,    Outcome::pending, Outcome::unselected};

std::size_t count(const TargetReceipt& receipt, Outcome outcome) {
  const auto found = receipt.receipt.counts.find(outcome);
  return found == receipt.receipt.counts.end() ? 0 : found->second;
}

std::string pad(const std::string& text, std::size_t width, bool right) {
  const std::string space(width > text.size() ? width - text.size() : 0, ' ');
  return right ? space + text : text + space;
}

}  // namespace

core::Result<std::vector<TargetReceipt>> receipts(storage::Store& store) {
  const auto targets = store.targets();
  if (!targets) return tl::unexpected(targets.error());
  return receipts(store, *targets);
}

core::Result<std::vector<TargetReceipt>> receipts(storage::Store& store, const std::vector<storage::Target>& targets) {
  std::vector<TargetReceipt> out;
  for (const storage::Target& target : targets) {
    TargetReceipt line;
    line.target = target;
    const auto receipt = store.receipt(target.id);
    if (!receipt) return tl::unexpected(receipt.error());
    line.receipt = *receipt;
    const auto history = store.history(target.id);
    if (!history) return tl::unexpected(history.error());
    line.states = history->states.size();
    const auto overrulings = store.overrulings(target.id);
    if (!overrulings) return tl::unexpected(overrulings.error());
    line.overruled = overrulings->size();
    line.transitions = static_cast<std::size_t>(
        std::count_if(history->transitions.begin(), history->transitions.end(),
                      [](const auto& t) { return t.kind != storage::TransitionKind::editorial; }));
    const std::size_t bodies =
        count(line, Outcome::fetched) + count(line, Outcome::duplicate) + count(line, Outcome::revisit);
    // Home pages are read for their links; nobody asked whether they are fit to compare.
    line.quarantined = target.kind == home_page_kind ? 0 : bodies - std::min(bodies, history->placements.size());
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> document_names(const std::vector<storage::Target>& targets) {
  std::map<std::string, std::size_t> uses;
  std::vector<std::string> out;
  for (const storage::Target& target : targets) {
    out.push_back(target.site + ", " + target.kind);
    ++uses[out.back()];
  }
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (uses[out[at]] > 1) out[at] += ", " + targets[at].url;
  }
  return out;
}

std::string receipt_table(const std::vector<TargetReceipt>& receipts) {
  std::vector<std::vector<std::string>> table;
  std::vector<std::string> head = {"document", "listed"};
  for (const Outcome outcome : columns) head.emplace_back(storage::name(outcome));
  for (const char* name : {"quarantined", "texts", "changes"}) head.emplace_back(name);
  table.push_back(head);
  std::vector<std::size_t> sums(head.size(), 0);
  std::vector<storage::Target> targets;
  for (const TargetReceipt& receipt : receipts) targets.push_back(receipt.target);
  const std::vector<std::string> names = document_names(targets);
  for (std::size_t row = 0; row < receipts.size(); ++row) {
    const TargetReceipt& receipt = receipts[row];
    std::vector<std::size_t> numbers = {receipt.receipt.listed};
    for (const Outcome outcome : columns) numbers.push_back(count(receipt, outcome));
    for (const std::size_t number : {receipt.quarantined, receipt.states, receipt.transitions})
      numbers.push_back(number);
    std::vector<std::string> line = {names[row]};
    for (std::size_t at = 0; at < numbers.size(); ++at) {
      line.push_back(std::to_string(numbers[at]));
      sums[at + 1] += numbers[at];
    }
    table.push_back(std::move(line));
  }
  if (receipts.size() > 1) {
    std::vector<std::string> line = {"all"};
    for (std::size_t at = 1; at < sums.size(); ++at) line.push_back(std::to_string(sums[at]));
    table.push_back(std::move(line));
  }
  // Columns of nothing are noise but for those every run has.
  std::vector<std::size_t> widths(head.size(), 0);
  for (std::size_t at = 0; at < head.size(); ++at) {
    const bool always = at <= 2 || at + 3 >= head.size();
    if (!always && sums[at] == 0) continue;
    for (const auto& line : table) widths[at] = std::max(widths[at], line[at].size());
  }
  std::string out;
  for (const auto& line : table) {
    std::string text;
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (widths[at] > 0) text += (at > 0 ? "  " : "") + pad(line[at], widths[at], at > 0);
    }
    out += text + "\n";
  }
  return out;
}

std::string receipt_json(const std::vector<TargetReceipt>& receipts) {
  boost::json::array out;
  for (const TargetReceipt& receipt : receipts) {
    boost::json::object line;
    line["site"] = receipt.target.site;
    line["kind"] = receipt.target.kind;
    line["url"] = receipt.target.url;
    line["listed"] = receipt.receipt.listed;
    for (const Outcome outcome : columns) line[storage::name(outcome)] = count(receipt, outcome);
    line["quarantined"] = receipt.quarantined;
    if (receipt.overruled > 0) line["overruled"] = receipt.overruled;
    line["states"] = receipt.states;
    line["transitions"] = receipt.transitions;
    if (receipt.work) {
      line["this_run"] = {{"requests", receipt.work->requests},
                          {"new", receipt.work->listed},
                          {"fetched", receipt.work->fetched},
                          {"shared", receipt.work->shared},
                          {"failed", receipt.work->failed}};
    }
    out.push_back(std::move(line));
  }
  return boost::json::serialize(out);
}

std::size_t unfinished(const std::vector<TargetReceipt>& receipts) {
  std::size_t out = 0;
  for (const TargetReceipt& receipt : receipts) {
    out += count(receipt, Outcome::pending) + count(receipt, Outcome::failed);
  }
  return out;
}

}  // namespace waydiff::pipeline
