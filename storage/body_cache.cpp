#include "storage/body_cache.hpp"

#include <algorithm>

namespace waydiff::storage {
namespace {

constexpr std::size_t most_kept = 64;
constexpr std::size_t most_bytes = 16u << 20;

}  // namespace

BodyCache::Bytes BodyCache::find(const std::string& sha256) {
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const auto& one) { return one.first == sha256; });
  if (found == kept_.end()) return {};
  kept_.splice(kept_.begin(), kept_, found);
  return found->second;
}

void BodyCache::keep(const std::string& sha256, Bytes bytes) {
  if (bytes->size() > most_bytes / 2 || find(sha256)) return;
  size_ += bytes->size();
  kept_.emplace_front(sha256, std::move(bytes));
  while (kept_.size() > most_kept || size_ > most_bytes) {
    size_ -= kept_.back().second->size();
    kept_.pop_back();
  }
}

}  // namespace waydiff::storage
