#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/capture.hpp"
#include "core/timestamp.hpp"

namespace waydiff::crawler {

/// What a revisit says of the record that holds its payload. Source: field guide section 10.
struct Reference {
  std::string url;                      ///< WARC-Refers-To-Target-URI, or the revisit's own address
  std::optional<core::Timestamp> date;  ///< WARC-Refers-To-Date
  bool any_payload = false;             ///< "not modified": its own digest is not that of the payload
};

/// Captures whose records hold a payload, for the revisits that refer to them. Some hundred bytes a capture.
class Originals {
 public:
  /// Remembers a capture whose place in a file is known; revisits and rows without a place are nothing to refer to.
  void learn(const core::Capture& capture);

  /// The capture that holds a revisit's payload: of the address and date referred to, else with its digest, of its own
  /// address first. Null when none is known.
  [[nodiscard]] const core::Capture* of(const core::Capture& revisit, const Reference& reference) const;

 private:
  std::map<std::string, core::Capture> captures_;                    ///< by urlkey, raw timestamp and digest
  std::multimap<std::string_view, const core::Capture*> by_digest_;  ///< texts and captures stand in captures_
};

}  // namespace waydiff::crawler
