#pragma once

#include <string_view>

namespace waydiff::extract {

/// What a page's markup tells beside its text.
struct MarkupSigns {
  bool scripts = false;       ///< it has a <script>
  bool password = false;      ///< it has a field for a password
  bool closed = false;        ///< </body> or </html> was met
  bool unfinished = false;    ///< it ends inside a tag, a comment or a script
  bool ends_in_text = false;  ///< its last bytes are words, not a tag
  int open_boxes = 0;         ///< <div>, <table>, <ul>, <section>, <article> and <main> that were opened and not closed
};

/// `html` in UTF-8. One pass, linear; reads no entities and decides nothing.
[[nodiscard]] MarkupSigns read_markup_signs(std::string_view html);

}  // namespace waydiff::extract
