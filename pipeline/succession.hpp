#pragma once

#include <chrono>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "core/error.hpp"
#include "pipeline/observer.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// An address that a capture of a document points to: as a redirect, a refresh, or as its own canonical address.
struct Pointer {
  core::Timestamp time;
  std::string from, to;
};

/// Of `pointers`, in the order of time, the addresses that the document of `kind` moved to: none of `known` (urlkeys);
/// nothing that redirects lead to when a document is gone (home pages, log-ins, error pages); of the same site, or
/// named like such a document; an address that is not named like one must be pointed to twice. Each once, with the
/// first time and the evidence. Pure.
[[nodiscard]] std::vector<storage::AliasRow> moved_to(std::span<const Pointer> pointers, std::string_view kind,
                                                      const std::set<std::string>& known, storage::AliasReason reason);

/// How much of two texts is the same: shared five-word sequences of all of them, 0 to 1. Case, accents and punctuation
/// do not count.
[[nodiscard]] double shared_wording(const core::Document& one, const core::Document& other);

/// From so much shared wording on a text has moved, not been written anew.
inline constexpr double same_wording = 0.9;

/// Looks through what is stored for documents that moved: archived redirects and refreshes, canonical links, the site's
/// home pages (as far as they were looked at), and addresses of their own whose text begins with the words that an
/// older one ended with. Each find becomes an alias of the target with its evidence. Returns how many are new: there is
/// more to crawl then.
[[nodiscard]] core::Result<std::size_t> find_successions(storage::Store& store, Observer& observer,
                                                         std::chrono::sys_seconds now);

}  // namespace waydiff::pipeline
