#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// What became of a document's captures, in numbers fit to publish.
struct DocumentNumbers {
  storage::Target target;
  std::size_t listed = 0;            ///< captures that an index has
  std::size_t fetched = 0;           ///< of them with a body in the store: fetched, or known to be equal to one
  std::size_t bodies = 0;            ///< distinct bodies
  std::size_t byte_differences = 0;  ///< captures whose body is another than that of the one before, quarantined or not
  std::size_t good = 0;              ///< captures that were compared
  std::size_t texts = 0;             ///< distinct texts of those, to the last mark
  std::size_t states = 0;            ///< distinct by their clauses
  std::size_t transitions = 0;       ///< changed, returned and editorial ones
  std::size_t changed = 0, returned = 0, editorial = 0;
  std::size_t substantive_transitions = 0;  ///< changed ones with a substantive change
  std::size_t substantive_changes = 0;      ///< clause-level ones, in changed ones: a return brings none that is new
  std::map<std::string, std::size_t> quarantined{};  ///< captures with a body that were not compared, by verdict
};

/// Of these, in their order, without home pages. Reads captures and histories of one document at a time.
[[nodiscard]] core::Result<std::vector<DocumentNumbers>> document_numbers(storage::Store& store,
                                                                          const std::vector<storage::Target>& targets);

/// CSV (RFC 4180, lines end in "\n") with a header; a column for each reason of quarantine.
[[nodiscard]] std::string numbers_csv(std::span<const DocumentNumbers> numbers);
/// An object a line; `quarantined` has only the reasons there are.
[[nodiscard]] std::string numbers_json(std::span<const DocumentNumbers> numbers);

}  // namespace waydiff::pipeline
