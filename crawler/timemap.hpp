#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/http_response.hpp"
#include "crawler/index_page.hpp"

namespace waydiff::crawler {

/// "INDEX/ADDRESS", or INDEX with its "{url}" filled in.
[[nodiscard]] std::string timemap_address(std::string_view index, const ListQuery& query);

/// One TimeMap: what it lists, and the parts that it refers to.
struct TimeMapPage {
  IndexPage page;                  ///< status, type, digest and length of its captures are unknown
  std::vector<std::string> parts;  ///< addresses of further TimeMaps that may hold captures of the range, as printed
};

/// Reads a TimeMap in application/link-format. Fails with bad_cdx when it is none or ends inside an entry.
/// Source: RFC 7089, section 5; field guide section 8.
[[nodiscard]] core::Result<TimeMapPage> parse_timemap(std::string_view body, const ListQuery& query);

/// Reads a whole answer. 404 means that there is nothing; other refusals as index_refusal().
[[nodiscard]] core::Result<TimeMapPage> read_timemap_answer(const Response& response, const ListQuery& query);

}  // namespace waydiff::crawler
