#pragma once

#include <deque>
#include <utility>

namespace waydiff::cli {

/// Keeps a large value until the process ends: to give a million strings back one by one takes a tenth of a comparison.
template <class Value>
Value& kept(Value value) {
  static std::deque<Value> all;
  return all.emplace_back(std::move(value));
}

/// Ends the process once everything that was printed is written, without destroying what is static or still open. Call
/// it when commands have closed their stores. Under sanitizers, which look for leaks at the end, it ends as usual.
[[noreturn]] void leave(int status);

}  // namespace waydiff::cli
