#include "pipeline/extraction.hpp"

#include <optional>
#include <set>
#include <utility>

#include "core/digest.hpp"
#include "diff/compare.hpp"
#include "extract/extract.hpp"
#include "extract/render.hpp"

namespace waydiff::pipeline {
namespace {

using storage::CaptureRow;
using storage::Extraction;

PageSource source_of(const CaptureRow& row) {
  return {*row.body, row.capture.original, row.content_type};
}

bool is_page(const CaptureRow& row) {
  return row.body && row.http_status.value_or(200) == 200;
}

/// An extractor's answer, ready to be stored.
struct Read {
  std::optional<storage::TextRow> text;
  core::Verdict verdict;
};

Read read_body(const std::string& body, const extract::Page& page) {
  const auto document = extract::extract(body, page);
  if (!document) return {{}, {core::Quarantine::unreadable, 1.0, document.error().detail}};
  return {text_row(*document), document->verdict};
}

core::Result<void> store_read(storage::Store& store, const PageSource& source, const Read& read) {
  return store.transaction([&]() -> core::Result<void> {
    Extraction extraction;
    extraction.body = std::get<0>(source);
    extraction.page_url = std::get<1>(source);
    extraction.content_type = std::get<2>(source);
    extraction.generation = extract::generation;
    extraction.verdict = read.verdict;
    if (read.text) {
      const auto text = store.put_text(*read.text);
      if (!text) return tl::unexpected(text.error());
      extraction.text = *text;
    }
    return store.put_extraction(extraction);
  });
}

}  // namespace

storage::TextRow text_row(const core::Document& document) {
  const std::vector<core::Clause> clauses = diff::clauses(document);
  storage::TextRow text;
  text.document = extract::to_json(document);
  text.sha256 = core::sha256_hex(text.document);
  text.state_key = diff::state_key(clauses);
  text.clauses = clauses.size();
  text.title = document.title;
  text.language = document.language;
  return text;
}

const Extraction* Texts::of(const CaptureRow& row) const {
  if (!is_page(row)) return nullptr;
  const auto found = extractions.find(source_of(row));
  return found == extractions.end() ? nullptr : &found->second;
}

core::Result<Texts> texts_of(storage::Store& store, storage::Id target) {
  Texts out;
  auto known = store.extractions(target, extract::generation);
  if (!known) return tl::unexpected(known.error());
  for (Extraction& extraction : *known) {
    PageSource key{extraction.body, extraction.page_url, extraction.content_type};
    out.extractions.emplace(std::move(key), std::move(extraction));
  }
  auto heads = store.text_heads(target);
  if (!heads) return tl::unexpected(heads.error());
  for (storage::TextRow& head : *heads) {
    const storage::Id id = head.id;
    out.heads.emplace(id, std::move(head));
  }
  return out;
}

core::Verdict verdict(const CaptureRow& row, const Extraction* extraction) {
  const int status = row.http_status.value_or(200);
  if (status >= 400) return {core::Quarantine::http_error, 1.0, "the site answered " + std::to_string(status)};
  if (status >= 300) {
    return {core::Quarantine::redirect, 1.0,
            "the site answered " + std::to_string(status) + (row.location.empty() ? "" : ", see " + row.location)};
  }
  if (status != 200) return {core::Quarantine::http_error, 1.0, "the site answered " + std::to_string(status)};
  if (!extraction) return {core::Quarantine::unreadable, 0.0, "not extracted yet"};
  if (extraction->overruled || !extraction->verdict.good()) return extraction->verdict;
  if (!row.cut_short.empty()) return {core::Quarantine::truncated, 0.9, row.cut_short};
  return extraction->verdict;
}

core::Result<Extracted> extract_missing(storage::Store& store, Observer& observer, Pool& pool,
                                        const std::vector<CaptureRow>& rows, const Texts& texts,
                                        const std::function<bool(const PageSource&)>& again,
                                        const std::function<bool()>& stopped) {
  std::vector<PageSource> missing;
  std::set<PageSource> chosen;
  for (const CaptureRow& row : rows) {
    if (!is_page(row)) continue;
    PageSource source = source_of(row);
    const bool wanted = again(source) || !texts.extractions.contains(source);
    if (wanted && chosen.insert(source).second) missing.push_back(std::move(source));
  }
  Extracted out;
  std::optional<core::Error> problem;
  const std::function<std::function<Read()>(std::size_t)> make = [&](std::size_t n) -> std::function<Read()> {
    auto body = store.body(std::get<0>(missing[n]));
    if (!body) {
      // A damaged body is that capture's loss, not the run's: verify names it too.
      observer.warning(std::get<1>(missing[n]) + ": " + body.error().detail);
      core::Verdict lost{core::Quarantine::unreadable, 1.0, body.error().detail};
      return [lost] { return Read{{}, lost}; };
    }
    extract::Page page{std::get<1>(missing[n]), std::get<2>(missing[n])};
    return [bytes = std::move(*body), page] { return read_body(bytes, page); };
  };
  const std::function<bool(std::size_t, Read)> take = [&](std::size_t n, Read read) {
    if (const auto stored = store_read(store, missing[n], read); !stored) {
      problem = stored.error();
      return false;
    }
    ++out.read;
    if (!read.text) ++out.unreadable;
    observer.progress("extract", n + 1, missing.size());
    return !stopped();
  };
  pool.each<Read>(missing.size(), make, take);
  if (problem) return tl::unexpected(*problem);
  return out;
}

}  // namespace waydiff::pipeline
