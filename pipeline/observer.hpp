#pragma once

#include <cstddef>
#include <string>

namespace waydiff::pipeline {

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
};

}  // namespace waydiff::pipeline
