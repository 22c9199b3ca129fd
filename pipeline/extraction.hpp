#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/document.hpp"
#include "core/error.hpp"
#include "pipeline/observer.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/pool.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// What a text depends on besides the extractor's generation: body, page address, content type.
using PageSource = std::tuple<storage::Id, std::string, std::string>;

/// What there is of a target's texts, of this generation.
struct Texts {
  std::map<PageSource, storage::Extraction> extractions;
  std::map<storage::Id, storage::TextRow> heads;  ///< by text, without the document

  /// The extraction of a capture's body; null when it has none or was no page (a redirect, an error).
  [[nodiscard]] const storage::Extraction* of(const storage::CaptureRow& row) const;
};

[[nodiscard]] core::Result<Texts> texts_of(storage::Store& store, storage::Id target);

/// A document as it is stored, without its id.
[[nodiscard]] storage::TextRow text_row(const core::Document& document);

/// The verdict on a capture: of its archived status first, then of its text. `extraction` may be null.
[[nodiscard]] core::Verdict verdict(const storage::CaptureRow& row, const storage::Extraction* extraction);

/// What extract_missing() did.
struct Extracted {
  std::size_t read = 0;        ///< bodies turned into texts
  std::size_t unreadable = 0;  ///< bodies that are no page of text
};

/// Extracts the bodies of `rows` that have no text of this generation, and those that `again` says to read anew, in the
/// pool; writes each from this thread. Ends early when `stopped` says so.
[[nodiscard]] core::Result<Extracted> extract_missing(storage::Store& store, Observer& observer, Pool& pool,
                                                      const std::vector<storage::CaptureRow>& rows, const Texts& texts,
                                                      const std::function<bool(const PageSource&)>& again,
                                                      const std::function<bool()>& stopped);

}  // namespace waydiff::pipeline
