#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/pdf_page.hpp"

namespace waydiff::extract {

/// What is read of a file at most; the rest is left out, and a note says so.
inline constexpr int most_pdf_pages = 2000;
inline constexpr std::size_t most_pdf_words = 2'000'000;

/// What stands in a PDF, as the library tells it.
struct PdfContent {
  enum class State { read, not_opened, locked };
  State state = State::not_opened;
  bool damaged = false;  ///< something had to be rebuilt
  int page_count = 0;    ///< as the file says
  int unreadable = 0;    ///< pages that were tried and gave nothing
  std::vector<PdfPage> pages;
  std::vector<PdfOutlineEntry> outline;
  std::string title;  ///< of the file's properties
};

}  // namespace waydiff::extract

// All that is known of poppler is in a module of its own, which extract/pdf_module.cpp loads when the first PDF comes:
// to link poppler and the forty libraries it brings would cost every other use of the program 5 ms at its start.
extern "C" {
/// Any thread.
void waydiff_read_pdf(const std::string_view& body, waydiff::extract::PdfContent& content);
}
