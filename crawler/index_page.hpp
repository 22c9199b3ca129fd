#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture.hpp"
#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/http_response.hpp"
#include "crawler/row_filter.hpp"

namespace waydiff::crawler {

/// One answer of an index, in any dialect.
struct IndexPage {
  CaptureList captures;                        ///< in the order printed, repeated rows included
  std::size_t rows = 0;                        ///< printed, whatever became of them
  std::map<std::string, std::size_t> dropped;  ///< "malformed", "out_of_range", "not_http", "filtered", …
  std::vector<std::string> warnings;           ///< a few of the malformed rows
  std::string resume_key;                      ///< empty on the last page, and in dialects without

  // Where the page ends, for those who go on from there; rows that a filter dropped count as well.
  std::optional<core::Timestamp> latest;      ///< of the rows in range
  bool in_order = true;                       ///< no row in range is older than the one before it
  std::string last_timestamp, last_original;  ///< of the last row, as printed
};

/// Turns rows into captures; what is none, or was not asked for, is dropped and counted. Source: field guide 3.9.
class RowSieve {
 public:
  /// Fails with bad_argument when a filter of the query cannot be read.
  [[nodiscard]] static core::Result<RowSieve> of(const ListQuery& query);

  /// `shown` is the row for a person, should it be malformed.
  void add(const IndexRow& row, std::string_view shown, IndexPage& page) const;

  /// Counts something that is not even a row.
  static void add_malformed(std::string_view shown, IndexPage& page);

 private:
  std::optional<core::Timestamp> from_, to_;
  std::vector<RowFilter> filters_;
};

/// The refusals that answers of all dialects have in common; empty when the answer is to be read as rows. `body` is
/// decoded. rate_limited (429, and a 403 that gives no reason: it is the client that is refused), excluded,
/// bad_argument (another 4xx: asking again is no use), timed_out (502, 504: fewer rows may do), http_status (what
/// else may pass).
[[nodiscard]] std::optional<core::Error> index_refusal(const Response& response, std::string_view body);

/// The body of an answer with its codings undone. Fails with too_large.
[[nodiscard]] core::Result<std::string> index_body(const Response& response);

/// The beginning of an answer, for messages.
[[nodiscard]] std::string beginning(std::string_view body);

}  // namespace waydiff::crawler
