#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/fake_archive.hpp"

namespace waydiff::test {

struct FakeTable;

/// The parameters of a request, decoded; each name may come several times.
using Parameters = std::multimap<std::string, std::string>;
[[nodiscard]] Parameters parameters_of(std::string_view target);
[[nodiscard]] std::string first(const Parameters& parameters, const std::string& name);
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// The digest that indexes print for a capture.
[[nodiscard]] std::string digest_of(const FakeCapture& capture);

/// What servers differ in when they choose the rows of an answer.
enum class FilterManner {
  whole,   ///< classic: the expression is the whole value
  begins,  ///< classic, as some servers: the value begins with it
  pywb,    ///< "[!][=|~]field:text"
};

/// The captures that a query's url, matchType, from, to and filter leave, in the order of the index. With `scan_cap`
/// no more lines than that are looked at.
[[nodiscard]] std::vector<const FakeCapture*> select_rows(const FakeTable& table, const Parameters& parameters,
                                                          FilterManner manner, std::size_t scan_cap = 0);

}  // namespace waydiff::test
