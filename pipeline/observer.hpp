#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace waydiff::pipeline {

/// What there is to say of an event: names and values, in order.
using Fields = std::vector<std::pair<std::string_view, std::variant<std::string, std::int64_t, double, bool>>>;

/// Hears what the stages do. Called on the thread that runs them.
class Observer {
 public:
  virtual ~Observer() = default;
  /// A trouble the user should know of; the run goes on.
  virtual void warning(const std::string& text) = 0;
  /// A remark for --verbose.
  virtual void detail(const std::string& text) = 0;
  /// `done` of `total` units of a stage ("fetch", "extract", "compare") are finished.
  virtual void progress(const std::string& stage, std::size_t done, std::size_t total) = 0;
  /// Something that machines may want to know: "listed", "fetched", "paused" … docs/commands.md lists them.
  virtual void event(std::string_view /*name*/, const Fields& /*fields*/) {}
};

}  // namespace waydiff::pipeline
