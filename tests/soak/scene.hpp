#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "support/fake_archive.hpp"

namespace waydiff::soak {

/// One document that a configuration follows.
struct Followed {
  std::string url;
  std::string every;
};

/// A small archive made from a seed: some documents with a few dozen captures each. Texts change clause by clause and
/// come back; among the captures are copies, revisits, redirects, archived errors, captures that are not given out,
/// variants of the address, and two in one second. Every third seed looks for changes in some of its documents.
struct Scene {
  std::vector<Followed> followed;
  std::vector<test::FakeCapture> captures;
  std::vector<std::string> excluded;  ///< addresses
  int page_rows = 0;
  test::KeyStyle key_style = test::KeyStyle::readable;
};
[[nodiscard]] Scene make_scene(std::uint64_t seed);

}  // namespace waydiff::soak
