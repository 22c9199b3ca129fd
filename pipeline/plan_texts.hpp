#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/extraction.hpp"
#include "storage/plan_rows.hpp"

namespace waydiff::pipeline {

/// What the rows' texts tell a plan: a number for each row, equal numbers for equal texts, 0 where there is none that
/// is fit to compare.
[[nodiscard]] std::vector<std::uint32_t> text_numbers(const storage::PlanRows& captures, const Texts& texts);

/// The pages among the rows whose bodies have no text in `texts`, each once, as far as extract_missing() looks at them.
[[nodiscard]] std::vector<storage::CaptureRow> unread_pages(const storage::PlanRows& captures, const Texts& texts);

}  // namespace waydiff::pipeline
