#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/common_crawl.hpp"
#include "crawler/session.hpp"

namespace waydiff::crawler {

/// The list of crawls, asked for once in the life of an archive. Shared by all listings under way.
struct KnownCrawls {
  std::optional<std::vector<CrawlIndex>> crawls;
  std::shared_ptr<boost::asio::steady_timer> coming;  ///< set while one of them asks; cancelled when it has
};

/// Asks the index of each crawl that may hold captures of the range, one after the other. A crawl whose index cannot
/// be read leaves the listing incomplete, and the others are asked all the same. Fails as Archive::list().
[[nodiscard]] boost::asio::awaitable<core::Result<Listing>> walk_crawls(Session::Self session,
                                                                        std::shared_ptr<KnownCrawls> known,
                                                                        ListQuery query);

}  // namespace waydiff::crawler
