#include "storage/body_chain.hpp"

namespace waydiff::storage {
namespace {

// An error page between two captures of the document has nothing of it.
constexpr std::size_t like_size = 4;

std::chrono::seconds apart(core::Timestamp one, core::Timestamp other) {
  return one < other ? other.time() - one.time() : one.time() - other.time();
}

}  // namespace

bool has_room(const BaseOffer& offer) noexcept {
  return offer.chain < longest_chain && offer.chain_bytes + offer.size <= most_chain_bytes;
}

std::optional<BaseOffer> best_base(std::span<const BaseOffer> offers, std::size_t size, core::Timestamp time) {
  std::optional<BaseOffer> best;
  for (const BaseOffer& offer : offers) {
    if (!has_room(offer) || offer.size == 0) continue;
    if (offer.size / like_size > size || size / like_size > offer.size) continue;
    if (best) {
      const auto distance = apart(offer.time, time), least = apart(best->time, time);
      if (distance > least || (distance == least && offer.time >= best->time)) continue;
    }
    best = offer;
  }
  return best;
}

bool pays(std::size_t frame, std::size_t alone) noexcept {
  return frame < alone - alone / 8;
}

bool plainly_pays(std::size_t frame, std::size_t size) noexcept {
  // Prose and markup alone come to a fifth to a third of their size.
  return frame < size / 10;
}

}  // namespace waydiff::storage
