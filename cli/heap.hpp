#pragma once

#include <cstddef>

namespace waydiff::cli {

/// Tells the allocator that this short run will read `bytes` of input and end: it takes memory from the system in large
/// pieces, and gives none back. To touch a page for the first time costs as much as to compare a line; large inputs
/// get huge pages where the system lends them on request. Changes no result; without glibc it does nothing.
void expect_input(std::size_t bytes);

}  // namespace waydiff::cli
