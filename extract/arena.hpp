#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace waydiff::extract {

/// Memory given out piece by piece and given back all at once: the parser makes many small nodes that die together.
class Arena {
 public:
  explicit Arena(std::size_t first_chunk) : next_chunk_(first_chunk) {}

  [[nodiscard]] void* allocate(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (size > left_) add_chunk(size);
    void* const piece = free_;
    free_ += size;
    left_ -= size;
    return piece;
  }

 private:
  void add_chunk(std::size_t size) {
    const std::size_t bytes = size > next_chunk_ ? size : next_chunk_;
    chunks_.push_back(std::unique_ptr<std::byte[]>(new std::byte[bytes]));  // not zeroed, unlike make_unique
    free_ = chunks_.back().get();
    left_ = bytes;
    if (next_chunk_ < (std::size_t{4} << 20)) next_chunk_ *= 2;
  }

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte* free_ = nullptr;
  std::size_t left_ = 0;
  std::size_t next_chunk_;
};

}  // namespace waydiff::extract
