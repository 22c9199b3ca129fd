#include "core/document.hpp"

namespace waydiff::core {

std::string_view name(Quarantine reason) noexcept {
  switch (reason) {
    case Quarantine::none:
      return "good";
    case Quarantine::http_error:
      return "http_error";
    case Quarantine::redirect:
      return "redirect";
    case Quarantine::block_page:
      return "block_page";
    case Quarantine::soft_404:
      return "soft_404";
    case Quarantine::consent_wall:
      return "consent_wall";
    case Quarantine::parked:
      return "parked";
    case Quarantine::empty:
      return "empty";
    case Quarantine::truncated:
      return "truncated";
    case Quarantine::wrong_language:
      return "wrong_language";
    case Quarantine::not_a_policy:
      return "not_a_policy";
    case Quarantine::unreadable:
      return "unreadable";
  }
  return "?";
}

}  // namespace waydiff::core
