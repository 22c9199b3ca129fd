#pragma once

#include <cstddef>
#include <string>

#include "crawler/http_response.hpp"

namespace waydiff::crawler {

/// An answer whose body was cut short on the way, and what is still to be had of it. Source: RFC 9110, section 14.
class Resumption {
 public:
  /// Takes in what came of an answer that was cut. Kept only if the rest can be asked for and put to it: a whole
  /// capture (200 with Memento-Datetime), not coded, of declared length, from a server that gives ranges. The rest of
  /// an answer already held, cut as well, is added to it.
  void keep(Response cut);

  /// "1234-": what to ask for; empty when it must be all.
  [[nodiscard]] std::string range() const;
  [[nodiscard]] std::size_t held() const { return held_.body.size(); }

  /// Puts the answer to that request together with what is held. False when it is not the rest of it: then nothing is
  /// held any more and all must be asked for again. Answers that are no ranges are left as they are.
  [[nodiscard]] bool complete(Response& answer);

 private:
  [[nodiscard]] bool continues(const Response& rest) const;

  Response held_;  ///< without a body: nothing
};

}  // namespace waydiff::crawler
