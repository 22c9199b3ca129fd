#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/capture.hpp"
#include "crawler/capture_list.hpp"

namespace waydiff::crawler {

/// Captures of one page in one second with different digests: playback tells them apart by nothing but their bodies.
class Siblings {
 public:
  /// Remembers the seconds of a listing that hold several digests; few do.
  void learn(const CaptureList& captures);

  /// The other digests of the capture's second; empty for most.
  [[nodiscard]] std::vector<std::string> of(const core::Capture& capture) const;

 private:
  std::map<std::string, std::vector<std::string>> digests_;  ///< by urlkey and raw timestamp
};

}  // namespace waydiff::crawler
