#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace waydiff::extract {

/// How to read "05/06/2018".
enum class DateOrder { unknown, day_first, month_first };

struct WrittenDate {
  std::string date;       ///< YYYY-MM-DD
  std::size_t begin = 0;  ///< bytes in the text
  std::size_t end = 0;
};

/// The full dates in a text, in order, not overlapping: "May 25th, 2018", "25. Mai 2018", "1er juin 2018",
/// "25 de mayo de 2018", "2018-05-25", "25/05/2018", "2018年5月25日", "平成30年5月25日"; months in sixteen languages.
/// Of a range the first day. Years of two digits only where no other reading is a date ("5/25/18"). Left out where day
/// and month cannot be told apart and `order` does not say. Looks at the first 400 words and numbers.
[[nodiscard]] std::vector<WrittenDate> written_dates(std::string_view text, DateOrder order = DateOrder::unknown);

/// What the dates in digits of a text say of their order, if all that say something agree.
[[nodiscard]] DateOrder shown_order(std::string_view text);

/// In lower case where that takes as many bytes, so that places in it are places in the text.
[[nodiscard]] std::string lower_in_place(std::string_view text);

}  // namespace waydiff::extract
