#pragma once

#include <vector>

#include "core/error.hpp"
#include "pipeline/observer.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// Holds every history against the texts it was made from: the changes of each transition, replayed over its old text,
/// give its new one word for word; each clause of each text belongs to one line and one wording, which says its words;
/// texts have the states and the clauses that are said of them. Texts that cannot be read are left to Store::check().
/// Reads only; a few thousand texts a minute.
[[nodiscard]] core::Result<std::vector<storage::Finding>> audit(storage::Store& store, Observer& observer);

}  // namespace waydiff::pipeline
