#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "pipeline/crawl.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// A target with the counts of its captures.
struct TargetReceipt {
  storage::Target target;
  storage::Receipt receipt;
  std::size_t quarantined = 0;  ///< captures with a body that are not fit to compare
  std::size_t overruled = 0;    ///< pages on which a person's verdict is in force
  std::size_t states = 0;
  std::size_t transitions = 0;       ///< changed and returned
  std::optional<TargetWork> work{};  ///< what this run did for it; empty when it had no part in it
};

/// Of all targets, or of these.
[[nodiscard]] core::Result<std::vector<TargetReceipt>> receipts(storage::Store& store);
[[nodiscard]] core::Result<std::vector<TargetReceipt>> receipts(storage::Store& store,
                                                                const std::vector<storage::Target>& targets);

/// What to call targets, one name each: "example.com, terms of use", with the address where that would be said of two.
[[nodiscard]] std::vector<std::string> document_names(const std::vector<storage::Target>& targets);

/// A table for people; the columns after `listed` add up to it.
[[nodiscard]] std::string receipt_table(const std::vector<TargetReceipt>& receipts);
[[nodiscard]] std::string receipt_json(const std::vector<TargetReceipt>& receipts);  ///< one array

/// Captures that a rerun may still bring: pending and failed ones.
[[nodiscard]] std::size_t unfinished(const std::vector<TargetReceipt>& receipts);

}  // namespace waydiff::pipeline
