#include "crawler/row_filter.hpp"

#include <array>
#include <stdexcept>

namespace waydiff::crawler {
namespace {

using core::Errc;
using core::FilterStyle;

struct Field {
  std::string_view classic, pywb;
  std::string_view IndexRow::*value;
};

constexpr std::array<Field, 7> fields = {{{"urlkey", "urlkey", &IndexRow::urlkey},
                                          {"timestamp", "timestamp", &IndexRow::timestamp},
                                          {"original", "url", &IndexRow::original},
                                          {"mimetype", "mime", &IndexRow::mime},
                                          {"statuscode", "status", &IndexRow::status},
                                          {"digest", "digest", &IndexRow::digest},
                                          {"length", "length", &IndexRow::length}}};

const Field* find_field(std::string_view name) {
  for (const Field& field : fields) {
    if (field.classic == name) return &field;
  }
  return nullptr;
}

bool is_literal(std::string_view text) {
  return text.find_first_of("\\^$.|?*+()[]{}") == std::string_view::npos;
}

/// An expression that means the same to servers that match the whole value and to those that match its beginning.
std::string anchored(const std::string& expression) {
  if (expression.ends_with(".*") || expression.ends_with('$')) return expression;
  return (expression.find('|') == std::string::npos ? expression : "(" + expression + ")") + "$";
}

}  // namespace

core::Result<RowFilter> RowFilter::parse(std::string_view text) {
  const std::string named = "filter \"" + std::string(text) + "\": ";
  RowFilter filter;
  filter.negated_ = text.starts_with('!');
  if (filter.negated_) text.remove_prefix(1);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return core::fail(Errc::bad_argument, named + "[!]field:regex was expected");
  filter.field_ = text.substr(0, colon);
  filter.expression_ = text.substr(colon + 1);
  if (find_field(filter.field_) == nullptr) {
    return core::fail(Errc::bad_argument, named + "an index has no field " + filter.field_);
  }
  try {
    filter.regex_ = boost::regex(filter.expression_);
  } catch (const std::runtime_error& error) {
    return core::fail(Errc::bad_argument, named + error.what());
  }
  return filter;
}

std::string RowFilter::asked(FilterStyle style) const {
  const std::string no = negated_ ? "!" : "";
  const std::string_view theirs = find_field(field_)->pywb;
  const bool literal = is_literal(expression_);
  switch (style) {
    case FilterStyle::regex:
      // Rows too many are dropped here; rows too few would be lost, so what is excluded is anchored.
      return no + field_ + ":" + (negated_ ? anchored(expression_) : expression_);
    case FilterStyle::pywb:
      if (literal) return no + "=" + std::string(theirs) + ":" + expression_;
      return no + "~" + std::string(theirs) + ":" + (negated_ ? anchored(expression_) : expression_);
    case FilterStyle::literal:
      // "Contains": all of a status is as good as equal, for other fields it would exclude too much.
      if (!literal || (negated_ && field_ != "statuscode")) return {};
      return no + std::string(theirs) + ":" + expression_;
    case FilterStyle::none:
      break;
  }
  return {};
}

bool RowFilter::check(const IndexRow& row) const {
  const std::string_view value = row.*(find_field(field_)->value);
  if (value.data() == nullptr) return true;
  try {
    return boost::regex_match(value.begin(), value.end(), regex_) != negated_;
  } catch (const std::runtime_error&) {
    // The engine gives up on expressions that take for ever: better a row too many than one too few.
    return true;
  }
}

core::Result<std::vector<RowFilter>> parse_filters(const std::vector<std::string>& texts) {
  std::vector<RowFilter> filters;
  for (const std::string& text : texts) {
    auto filter = RowFilter::parse(text);
    if (!filter) return tl::unexpected(std::move(filter.error()));
    filters.push_back(std::move(*filter));
  }
  return filters;
}

}  // namespace waydiff::crawler
