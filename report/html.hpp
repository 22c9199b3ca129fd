#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/timestamp.hpp"
#include "report/change_view.hpp"
#include "report/view.hpp"

namespace waydiff::report {

using Data = kainjow::mustache::data;

/// Fills a template. The templates hold no unescaped tag, so all data is HTML-escaped.
[[nodiscard]] std::string render(std::string_view body_template, const Data& data);

/// A whole page around a body: head, style, and a policy that allows nothing but that style. `more_style` follows the
/// style of all pages.
[[nodiscard]] std::string html_page(std::string_view title, std::string_view body_template, const Data& data,
                                    std::string_view more_style = {});

/// Data for templates. Sections look for missing names further out, so every name is always set: `false` for none.
[[nodiscard]] Data list_data();
[[nodiscard]] Data text_or_false(std::string_view text);
[[nodiscard]] Data number_data(std::size_t number);

[[nodiscard]] Data spans_data(const std::vector<core::WordOp>& spans);
[[nodiscard]] Data change_data(const ChangeView& change);
[[nodiscard]] Data snapshot_data(const SnapshotView& snapshot);

}  // namespace waydiff::report
