#include "crawler/archive.hpp"

namespace waydiff::crawler {

std::string_view name(DigestCheck check) noexcept {
  switch (check) {
    case DigestCheck::none:
      return "";
    case DigestCheck::verified:
      return "verified";
    case DigestCheck::unverifiable:
      return "unverifiable";
    case DigestCheck::suspect:
      return "suspect";
  }
  return "";
}

}  // namespace waydiff::crawler
