#include "crawler/originals.hpp"

#include "core/digest.hpp"
#include "core/url.hpp"

namespace waydiff::crawler {
namespace {

bool tells(const core::Capture& capture) {
  return !capture.digest.empty() && capture.digest != core::empty_sha1;
}

}  // namespace

void Originals::learn(const core::Capture& capture) {
  if (capture.is_revisit() || capture.file.empty() || capture.offset < 0) return;
  const std::string key = core::url_key(capture.original) + " " + capture.raw_timestamp + " " + capture.digest;
  const auto [entry, is_new] = captures_.emplace(key, capture);
  if (is_new && tells(capture)) by_digest_.emplace(entry->second.digest, &entry->second);
}

const core::Capture* Originals::of(const core::Capture& revisit, const Reference& reference) const {
  if (reference.date) {
    const std::string moment = core::url_key(reference.url) + " " + reference.date->digits() + " ";
    for (auto at = captures_.lower_bound(moment); at != captures_.end() && at->first.starts_with(moment); ++at) {
      const bool fits = reference.any_payload || !tells(revisit) || at->second.digest == revisit.digest;
      if (fits) return &at->second;
    }
  }
  if (!tells(revisit)) return nullptr;
  const std::string own = core::url_key(revisit.original);
  const core::Capture* any = nullptr;
  const auto [begin, end] = by_digest_.equal_range(revisit.digest);
  for (auto at = begin; at != end; ++at) {
    if (core::url_key(at->second->original) == own) return at->second;
    if (any == nullptr) any = at->second;
  }
  return any;
}

}  // namespace waydiff::crawler
