#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/index_page.hpp"
#include "crawler/session.hpp"

namespace waydiff::crawler {

/// How one index is asked for a page, and how its answer is read.
struct IndexSpeech {
  std::function<std::string(const ListQuery& query, int limit, const std::string& resume_key)> address;
  std::function<core::Result<IndexPage>(const Response& response, const ListQuery& query)> read;
  /// A query that has an answer only if more than so many captures are in scope; none where that cannot be asked.
  std::function<std::string(const ListQuery& query, std::size_t count)> scan{};
};

/// True for what ends a listing without a result; other errors leave it incomplete.
[[nodiscard]] bool ends_listing(core::Errc code);

/// Adds a page's rows and counts; repeated rows stay until finished().
void add_page(Listing& listing, IndexPage page);

/// Repeated rows dropped, captures by time.
[[nodiscard]] Listing finished(Listing listing);

/// Asks for pages by resume keys, to the end. A filtered query of an exact address whose history is longer than servers
/// are known to scan is asked by halves of its time. Source: field guide sections 3.6, 3.7.
[[nodiscard]] boost::asio::awaitable<core::Result<Listing>> walk_keys(Session::Self session, IndexSpeech speech,
                                                                      ListQuery query);

/// Asks an index without resume keys: a page that is full is followed by the time after its last row or, where rows do
/// not come in the order of time, asked again by halves.
[[nodiscard]] boost::asio::awaitable<core::Result<Listing>> walk_windows(Session::Self session, IndexSpeech speech,
                                                                         ListQuery query);

}  // namespace waydiff::crawler
