#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture.hpp"
#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/http_response.hpp"

namespace waydiff::crawler {

/// The address of one page of an exact query. `resume_key` is sent back exactly as the index printed it; empty on the
/// first page. Source: field guide section 3.11.
[[nodiscard]] std::string query_address(std::string_view index, const ListQuery& query, int limit,
                                        std::string_view resume_key);

/// One answer of the index.
struct CdxPage {
  std::vector<core::Capture> captures;         ///< in the order printed, repeated rows included
  std::size_t rows = 0;                        ///< printed, whatever became of them
  std::map<std::string, std::size_t> dropped;  ///< "malformed", "out_of_range", "not_http"
  std::vector<std::string> warnings;           ///< a few of the malformed rows
  std::string resume_key;                      ///< empty on the last page
};

/// Reads the body of an answer: a JSON array of rows under a row of column names. Rows that are no captures are
/// dropped and counted. Fails with bad_cdx when it is not JSON rows from the first to the last byte: HTML, text, cut.
[[nodiscard]] core::Result<CdxPage> parse_page(std::string_view body, const ListQuery& query);

/// Reads a whole answer, whatever its status. Fails with bad_cdx as above, excluded, rate_limited (429, and a 403
/// that gives no reason: it is the client that is refused), bad_argument (another 4xx: asking again is no use),
/// timed_out (502, 504: fewer rows may do), http_status (what else may pass), too_large.
[[nodiscard]] core::Result<CdxPage> read_index_answer(const Response& response, const ListQuery& query);

/// Brings the rows of several pages together: each (raw timestamp, original, digest) once, by time. A repeated row
/// leaves its length when that is greater. Returns how many were repeated.
std::size_t drop_repeated(std::vector<core::Capture>& captures);

}  // namespace waydiff::crawler
