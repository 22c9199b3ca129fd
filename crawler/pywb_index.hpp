#pragma once

#include <string>
#include <string_view>

#include "core/archive_profile.hpp"
#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/http_response.hpp"
#include "crawler/index_page.hpp"

namespace waydiff::crawler {

/// The address of a query in pywb's dialect. Filters that the style cannot say are left to the caller's sieve.
/// Source: field guide section 9.1.
[[nodiscard]] std::string pywb_address(std::string_view index, const ListQuery& query, int limit,
                                       core::FilterStyle filters);

/// Reads the body of an answer: a JSON object a line, or CDXJ (`urlkey timestamp {…}`). Dropped and counted besides
/// what RowSieve drops: "fuzzy" (the server's guess at another address), "blocked" (listed, but not for us). Fails
/// with bad_cdx when it is no rows or ends inside one, with excluded when all rows are blocked.
[[nodiscard]] core::Result<IndexPage> parse_pywb_rows(std::string_view body, const ListQuery& query);

/// Reads a whole answer. 404 with a message in JSON means that there is nothing; other refusals as index_refusal().
[[nodiscard]] core::Result<IndexPage> read_pywb_answer(const Response& response, const ListQuery& query);

}  // namespace waydiff::crawler
