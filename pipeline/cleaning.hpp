#pragma once

#include <span>
#include <vector>

#include "core/error.hpp"
#include "extract/evidence.hpp"
#include "pipeline/timeline.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// A text of another page of a site.
struct SitePage {
  storage::Id text = 0;
  extract::Evidence::Role role = extract::Evidence::Role::other;
};

/// What a target shows of its site: its newest text of each year, good ones alone unless it is a home page.
[[nodiscard]] core::Result<std::vector<SitePage>> pages_of(storage::Store& store, const storage::Target& target);

/// Puts in the place of the texts of good `readings`, which are all of a target's, what is left of them once `others`
/// and the readings themselves have told what is the site's (extract/evidence.hpp), and writes those cleaned texts.
/// Returns the texts that were replaced. Holds one text at a time, and what the evidence is made of.
[[nodiscard]] core::Result<std::vector<storage::Id>> clean(storage::Store& store, storage::Id target,
                                                           std::span<const SitePage> others,
                                                           std::vector<Reading>& readings);

}  // namespace waydiff::pipeline
