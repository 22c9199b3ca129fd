#include "cli/heap.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace waydiff::cli {

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

constexpr std::size_t piece = 1u << 20;
constexpr std::size_t huge_page = 2u << 20;

/// A comparison holds this much a byte of its inputs, an extraction less.
constexpr std::size_t held_each = 10;

/// Makes the heap's unused end `bytes` longer at once, so that one request covers all of it.
void lengthen(std::size_t bytes) {
  mallopt(M_TOP_PAD, static_cast<int>(bytes));
  const auto old_end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  void* volatile more = std::malloc(::mallinfo2().keepcost + 1);  // more than is left at the end, which so grows
  std::free(more);
  const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  const std::uintptr_t begin = (old_end + huge_page - 1) / huge_page * huge_page;
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace

void expect_input(std::size_t bytes) {
  constexpr std::size_t small = 256u << 10;
  constexpr std::size_t most = 512u << 20;
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most it takes
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  if (bytes >= small) lengthen(std::min(bytes * held_each, most));
  mallopt(M_TOP_PAD, static_cast<int>(piece));
}

#else

void expect_input(std::size_t) {}

#endif

}  // namespace waydiff::cli
