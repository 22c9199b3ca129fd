#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "extract/extract.hpp"
#include "extract/render.hpp"

namespace waydiff::extract {

/// The Document of an HTML page at https://example.org/legal/terms.
inline core::Document document_of(std::string_view html, std::string_view content_type = "text/html") {
  auto document = extract(html, Page{"https://example.org/legal/terms", std::string(content_type)});
  EXPECT_TRUE(document.has_value()) << (document ? "" : document.error().detail);
  return document ? *document : core::Document();
}

/// Its Markdown without the last line end.
inline std::string shown(std::string_view html, std::string_view content_type = "text/html") {
  std::string text = to_markdown(document_of(html, content_type));
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace waydiff::extract
