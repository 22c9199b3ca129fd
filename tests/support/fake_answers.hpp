#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/fake_archive.hpp"

namespace waydiff::test {

/// What an archive knows.
struct FakeTable {
  std::string base;  ///< "http://127.0.0.1:PORT"
  FakeDialects dialects;
  std::vector<FakeCapture> captures;
  std::map<std::string, Exclusion> excluded;  ///< by urlkey
  KeyStyle key_style = KeyStyle::readable;
  int page_rows = 0;  ///< most rows of an index page; 0: as many as are asked for
};

/// An HTTP answer before it is framed.
struct FakeAnswer {
  int status = 200;
  Headers headers;
  std::string body;
  bool chunked = false;
};

/// A capture as raw playback gives it.
[[nodiscard]] FakeAnswer memento(const FakeCapture& capture);
[[nodiscard]] std::string gzipped(const std::string& bytes);

/// The right answer to a request target.
[[nodiscard]] FakeAnswer answer_to(const FakeTable& table, std::string_view target);

/// Head and body as they go over the wire; `body_at` is where the body begins.
[[nodiscard]] std::string wire_form(const FakeAnswer& answer, std::size_t& body_at);

}  // namespace waydiff::test
