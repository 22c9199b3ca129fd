#include "cli/exit_status.hpp"

namespace waydiff::cli {

Exit exit_for(core::Errc code) noexcept {
  using core::Errc;
  switch (code) {
    case Errc::store_busy:
    case Errc::store_newer:
    case Errc::store_corrupt:
    case Errc::store_full:
      return Exit::store;
    case Errc::rate_limited:
    case Errc::refused:
      return Exit::stopped;
    case Errc::excluded:
    case Errc::unplayable:
    case Errc::http_status:
    case Errc::transport:
    case Errc::timed_out:
    case Errc::bad_cdx:
    case Errc::bad_warc:
    case Errc::bad_body:
    case Errc::io:
    case Errc::interrupted:
      return Exit::incomplete;
    default:
      return Exit::usage;
  }
}

}  // namespace waydiff::cli
