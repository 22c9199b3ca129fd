#pragma once

#include <boost/regex.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive_profile.hpp"
#include "core/error.hpp"

namespace waydiff::crawler {

/// One row of an index, its values as they were printed: "-" is unknown, a null view means that there is no such
/// column.
struct IndexRow {
  std::string_view urlkey, timestamp, original, mime, status, digest, length;
  std::string_view file, offset;  ///< place of the record, where the index tells
};

/// A condition on one column of the index: "[!]field:regex" with the names of the classic index. Servers compare the
/// whole value, its beginning or any part of it, so what they are asked is only a help: check() decides.
class RowFilter {
 public:
  /// Fails with bad_argument for unknown fields and expressions that are none.
  [[nodiscard]] static core::Result<RowFilter> parse(std::string_view text);

  /// What a server is asked; empty when it cannot be asked without losing rows. Source: field guide 3.2, 9.1.
  [[nodiscard]] std::string asked(core::FilterStyle style) const;

  /// Over the whole value, "-" included. A column that is not there holds nothing back.
  [[nodiscard]] bool check(const IndexRow& row) const;

 private:
  bool negated_ = false;
  std::string field_;
  std::string expression_;
  boost::regex regex_;
};

[[nodiscard]] core::Result<std::vector<RowFilter>> parse_filters(const std::vector<std::string>& texts);

}  // namespace waydiff::crawler
