#include "pipeline/cleaning.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "extract/render.hpp"
#include "pipeline/extraction.hpp"

namespace waydiff::pipeline {
namespace {

using extract::Evidence;
using storage::Id;

int year_of(const core::Timestamp& time) {
  return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(time.time())).year());
}

core::Result<core::Document> document(storage::Store& store, Id text) {
  const auto row = store.text(text);
  if (!row) return tl::unexpected(row.error());
  return extract::from_json(row->document);
}

core::Result<Evidence> gather(storage::Store& store, std::span<const SitePage> others,
                              const std::map<Id, std::vector<core::Timestamp>>& captured) {
  Evidence evidence;
  for (const SitePage& page : others) {
    const auto other = document(store, page.text);
    if (!other) return tl::unexpected(other.error());
    evidence.add_page(*other, page.role);
  }
  for (const auto& [text, times] : captured) {
    const auto own = document(store, text);
    if (!own) return tl::unexpected(own.error());
    evidence.add_text(*own, times);
  }
  return evidence;
}

/// The reading of a text once it is cleaned; unchanged if nothing of it is clutter.
core::Result<storage::TextRow> cleaned(storage::Store& store, Id target, Id text, const Evidence& evidence) {
  auto own = document(store, text);
  if (!own) return tl::unexpected(own.error());
  storage::CleaningRow cleaning;
  cleaning.text = text;
  for (extract::Clutter& clutter : take_clutter(*own, evidence)) {
    cleaning.left_out.emplace_back(name(clutter.why), std::move(clutter.text));
  }
  storage::TextRow row;
  row.id = text;
  if (cleaning.left_out.empty()) return row;
  row = text_row(*own);
  const auto id = store.put_cleaning(target, cleaning, row);
  if (!id) return tl::unexpected(id.error());
  row.id = *id;
  return row;
}

}  // namespace

core::Result<std::vector<SitePage>> pages_of(storage::Store& store, const storage::Target& target) {
  const auto rows = store.captures(target.id);
  if (!rows) return tl::unexpected(rows.error());
  const auto texts = texts_of(store, target.id);
  if (!texts) return tl::unexpected(texts.error());
  const bool home = target.kind == storage::home_page_kind;
  std::map<int, Id> newest;  // by year; rows are in the order of time
  for (const storage::CaptureRow& row : *rows) {
    const storage::Extraction* const extraction = row.body ? texts->of(row) : nullptr;
    if (!extraction || !extraction->text || (!home && !verdict(row, extraction).good())) continue;
    newest[year_of(row.capture.timestamp)] = *extraction->text;
  }
  std::vector<SitePage> out;
  for (const auto& [year, text] : newest) {
    const bool known =
        std::any_of(out.begin(), out.end(), [text = text](const SitePage& one) { return one.text == text; });
    if (!known) out.push_back({text, home ? Evidence::Role::other : Evidence::Role::policy});
  }
  return out;
}

core::Result<std::vector<Id>> clean(storage::Store& store, Id target, std::span<const SitePage> others,
                                    std::vector<Reading>& readings) {
  std::map<Id, std::vector<core::Timestamp>> captured;
  for (const Reading& reading : readings) {
    if (reading.good) captured[reading.text].push_back(reading.time);
  }
  const auto evidence = gather(store, others, captured);
  if (!evidence) return tl::unexpected(evidence.error());
  std::map<Id, storage::TextRow> replaced;
  for (const auto& [text, times] : captured) {
    auto row = cleaned(store, target, text, *evidence);
    if (!row) return tl::unexpected(row.error());
    row->document.clear();
    if (row->id != text) replaced.emplace(text, std::move(*row));
  }
  std::vector<Id> out;
  for (const auto& [text, row] : replaced) out.push_back(text);
  for (Reading& reading : readings) {
    const auto found = reading.good ? replaced.find(reading.text) : replaced.end();
    if (found == replaced.end()) continue;
    reading.text = found->second.id;
    reading.state_key = found->second.state_key;
    reading.clauses = found->second.clauses;
  }
  return out;
}

}  // namespace waydiff::pipeline
