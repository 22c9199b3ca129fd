#include "core/error.hpp"

namespace waydiff::core {

std::string_view name(Errc code) noexcept {
  switch (code) {
    case Errc::bad_argument:
      return "bad_argument";
    case Errc::bad_config:
      return "bad_config";
    case Errc::bad_timestamp:
      return "bad_timestamp";
    case Errc::bad_url:
      return "bad_url";
    case Errc::bad_cdx:
      return "bad_cdx";
    case Errc::bad_warc:
      return "bad_warc";
    case Errc::bad_body:
      return "bad_body";
    case Errc::bad_document:
      return "bad_document";
    case Errc::bad_json:
      return "bad_json";
    case Errc::too_large:
      return "too_large";
    case Errc::not_found:
      return "not_found";
    case Errc::excluded:
      return "excluded";
    case Errc::unplayable:
      return "unplayable";
    case Errc::rate_limited:
      return "rate_limited";
    case Errc::refused:
      return "refused";
    case Errc::http_status:
      return "http_status";
    case Errc::transport:
      return "transport";
    case Errc::timed_out:
      return "timed_out";
    case Errc::io:
      return "io";
    case Errc::store_busy:
      return "store_busy";
    case Errc::store_newer:
      return "store_newer";
    case Errc::store_corrupt:
      return "store_corrupt";
    case Errc::store_full:
      return "store_full";
    case Errc::interrupted:
      return "interrupted";
  }
  return "?";
}

bool is_transient(Errc code) noexcept {
  switch (code) {
    case Errc::bad_cdx:
    case Errc::rate_limited:
    case Errc::refused:
    case Errc::http_status:
    case Errc::transport:
    case Errc::timed_out:
    case Errc::io:
    case Errc::store_busy:
    case Errc::store_full:
    case Errc::interrupted:
      return true;
    default:
      return false;
  }
}

}  // namespace waydiff::core
