#include "pipeline/plan_texts.hpp"

#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace waydiff::pipeline {
namespace {

using storage::PlanRow;
using storage::PlanRows;

/// Empty for what has no body or was no page (a redirect, an error).
std::optional<PageSource> source_of(const PlanRows& captures, const PlanRow& row) {
  if (row.body == 0 || (row.http_status >= 0 && row.http_status != 200)) return {};
  const storage::PlanPage& page = captures.pages[row.page];
  return PageSource(row.body, page.original, page.content_type);
}

}  // namespace

std::vector<std::uint32_t> text_numbers(const PlanRows& captures, const Texts& texts) {
  std::vector<std::uint32_t> out(captures.rows.size(), 0);
  std::map<std::string_view, std::uint32_t> numbers;
  for (std::size_t at = 0; at < captures.rows.size(); ++at) {
    const auto source = source_of(captures, captures.rows[at]);
    if (!source) continue;
    const auto found = texts.extractions.find(*source);
    if (found == texts.extractions.end()) continue;
    const storage::Extraction& extraction = found->second;
    if (!extraction.text || !extraction.verdict.good()) continue;
    if (captures.rows[at].cut_short && !extraction.overruled) continue;
    const auto head = texts.heads.find(*extraction.text);
    if (head == texts.heads.end()) continue;
    const auto next = static_cast<std::uint32_t>(numbers.size() + 1);
    out[at] = numbers.try_emplace(head->second.state_key, next).first->second;
  }
  return out;
}

std::vector<storage::CaptureRow> unread_pages(const PlanRows& captures, const Texts& texts) {
  std::vector<storage::CaptureRow> out;
  std::set<PageSource> known;
  for (const PlanRow& row : captures.rows) {
    const auto source = source_of(captures, row);
    if (!source || texts.extractions.contains(*source) || !known.insert(*source).second) continue;
    storage::CaptureRow& page = out.emplace_back();
    page.id = row.id;
    page.body = row.body;
    page.capture.original = captures.pages[row.page].original;
    page.content_type = captures.pages[row.page].content_type;
  }
  return out;
}

}  // namespace waydiff::pipeline
