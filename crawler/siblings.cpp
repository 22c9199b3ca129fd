#include "crawler/siblings.hpp"

#include <algorithm>
#include <utility>

#include "core/digest.hpp"
#include "core/url.hpp"

namespace waydiff::crawler {
namespace {

std::string second_of(const core::Capture& capture) {
  return core::url_key(capture.original) + " " + capture.raw_timestamp;
}

bool tells(const core::Capture& capture) {
  return !capture.digest.empty() && capture.digest != core::empty_sha1;
}

}  // namespace

void Siblings::learn(const CaptureList& captures) {
  // Those of one second stand together in a listing.
  core::Capture a;
  core::Capture b;
  for (const core::Capture& capture : captures) {
    a = std::exchange(b, capture);
    if (a.raw_timestamp != b.raw_timestamp || a.digest == b.digest || !tells(a) || !tells(b)) continue;
    const std::string second = second_of(a);
    if (second != second_of(b)) continue;
    auto& known = digests_[second];
    for (const std::string& digest : {a.digest, b.digest}) {
      if (std::ranges::find(known, digest) == known.end()) known.push_back(digest);
    }
  }
}

std::vector<std::string> Siblings::of(const core::Capture& capture) const {
  if (digests_.empty()) return {};
  const auto found = digests_.find(second_of(capture));
  if (found == digests_.end()) return {};
  std::vector<std::string> others = found->second;
  std::erase(others, capture.digest);
  return others;
}

}  // namespace waydiff::crawler
