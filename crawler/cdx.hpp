#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/http_response.hpp"
#include "crawler/index_page.hpp"

namespace waydiff::crawler {

/// The address of one page of a query in the classic dialect. `resume_key` is sent back exactly as the index printed
/// it; empty on the first page. Source: field guide section 3.11.
[[nodiscard]] std::string query_address(std::string_view index, const ListQuery& query, int limit,
                                        std::string_view resume_key);

/// A query whose answer has a row only if more than `count` captures are in the query's scope, filters aside.
[[nodiscard]] std::string scan_address(std::string_view index, const ListQuery& query, std::size_t count);

/// Reads the body of an answer: a JSON array of rows under a row of column names. Rows that are no captures are
/// dropped and counted. Fails with bad_cdx when it is not JSON rows from the first to the last byte: HTML, text, cut.
[[nodiscard]] core::Result<IndexPage> parse_page(std::string_view body, const ListQuery& query);

/// Reads a whole answer, whatever its status. Fails with bad_cdx as above, with too_large, and as index_refusal() says.
[[nodiscard]] core::Result<IndexPage> read_index_answer(const Response& response, const ListQuery& query);

}  // namespace waydiff::crawler
