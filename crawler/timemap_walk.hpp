#pragma once

#include <boost/asio/awaitable.hpp>

#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/session.hpp"

namespace waydiff::crawler {

/// Reads a TimeMap and those that it refers to, each once and on the configured host only. Filters on columns that
/// TimeMaps do not have hold nothing back; a warning says so. Fails as Archive::list().
[[nodiscard]] boost::asio::awaitable<core::Result<Listing>> walk_timemaps(Session::Self session, ListQuery query);

}  // namespace waydiff::crawler
