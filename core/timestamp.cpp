#include "core/timestamp.hpp"

#include <array>
#include <cstdio>
#include <optional>

namespace waydiff::core {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

std::optional<std::chrono::sys_seconds> instant(unsigned y, unsigned mo, unsigned d, unsigned h, unsigned mi,
                                                unsigned s) {
  const std::chrono::year_month_day date{year(static_cast<int>(y)), month(mo), day(d)};
  if (y < 1 || !date.ok() || h > 23 || mi > 59 || s > 60) return {};
  // A leap second is the next minute's first: the archive's clocks know no 60th.
  return std::chrono::sys_days(date) + std::chrono::hours(h) + std::chrono::minutes(mi) + std::chrono::seconds(s);
}

std::optional<std::chrono::sys_seconds> from_digits(std::string_view text) {
  if (text.size() != 14 || !all_digits(text)) return {};
  return instant(number(text.substr(0, 4)), number(text.substr(4, 2)), number(text.substr(6, 2)),
                 number(text.substr(8, 2)), number(text.substr(10, 2)), number(text.substr(12, 2)));
}

tl::unexpected<Error> bad(std::string_view text) {
  return fail(Errc::bad_timestamp, "bad timestamp \"" + std::string(text.substr(0, 60)) + "\"");
}

struct Parts {
  int year;
  unsigned month, day, hour, minute, second, weekday;
};

Parts parts(std::chrono::sys_seconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          static_cast<unsigned>(clock.hours().count()),
          static_cast<unsigned>(clock.minutes().count()),
          static_cast<unsigned>(clock.seconds().count()),
          std::chrono::weekday(days).c_encoding()};
}

std::string print(const char* format, const Parts& p) {
  std::array<char, 64> out{};
  const int size = std::snprintf(out.data(), out.size(), format, p.year, p.month, p.day, p.hour, p.minute, p.second);
  return {out.data(), static_cast<std::size_t>(size)};
}

}  // namespace

Result<Timestamp> Timestamp::parse(std::string_view digits) {
  if (const auto time = from_digits(digits)) return Timestamp(*time);
  if (digits.size() == 14 && all_digits(digits)) {
    for (const std::size_t at : {std::size_t{4}, std::size_t{6}}) {
      if (digits.substr(at, 2) != "00") continue;
      const std::string mended = std::string(digits.substr(0, at)) + std::string(digits.substr(at + 2)) + "00";
      if (const auto time = from_digits(mended)) return Timestamp(*time);
    }
  }
  return bad(digits);
}

Result<Timestamp> Timestamp::parse_from(std::string_view digits) {
  if (digits.size() < 4 || digits.size() > 14) return bad(digits);
  const std::string full = std::string(digits) + std::string("00000101000000").substr(digits.size());
  if (const auto time = from_digits(full)) return Timestamp(*time);
  return bad(digits);
}

Result<Timestamp> Timestamp::parse_to(std::string_view digits) {
  if (digits.size() < 4 || digits.size() > 14 || !all_digits(digits)) return bad(digits);
  const std::string head(digits);
  if (digits.size() >= 8) {
    if (const auto time = from_digits(head + std::string("00000000235959").substr(digits.size()))) {
      return Timestamp(*time);
    }
    return bad(digits);
  }
  // The last day of a month is one the calendar knows.
  const std::string month_head = head + std::string("000012").substr(digits.size());
  for (const std::string_view last : {"31", "30", "29", "28"}) {
    if (const auto time = from_digits(month_head + std::string(last) + "235959")) return Timestamp(*time);
  }
  return bad(digits);
}

Result<Timestamp> Timestamp::parse_iso(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(0, text.find_first_of(".Z"))) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (const auto time = from_digits(digits)) return Timestamp(*time);
  return bad(text);
}

Result<Timestamp> Timestamp::parse_http_date(std::string_view text) {
  // "Fri, 24 Nov 2017 15:13:15 GMT"
  const auto comma = text.find(", ");
  if (comma == std::string_view::npos || text.size() < comma + 22) return bad(text);
  const std::string_view rest = text.substr(comma + 2);
  for (std::size_t m = 0; m < months.size(); ++m) {
    if (rest.substr(3, 3) != months[m]) continue;
    std::array<char, 3> two{};
    std::snprintf(two.data(), two.size(), "%02u", static_cast<unsigned>(m + 1) % 100);
    const std::string digits = std::string(rest.substr(7, 4)) + two.data() + std::string(rest.substr(0, 2)) +
                               std::string(rest.substr(12, 2)) + std::string(rest.substr(15, 2)) +
                               std::string(rest.substr(18, 2));
    if (const auto time = from_digits(digits)) return Timestamp(*time);
  }
  return bad(text);
}

std::string Timestamp::digits() const {
  return print("%04d%02u%02u%02u%02u%02u", parts(time_));
}
std::string Timestamp::date() const {
  return print("%04d-%02u-%02u", parts(time_)).substr(0, 10);
}
std::string Timestamp::iso() const {
  return print("%04d-%02u-%02uT%02u:%02u:%02uZ", parts(time_));
}

std::string Timestamp::http_date() const {
  const Parts p = parts(time_);
  const std::string all = print("%04d%02u%02u %02u:%02u:%02u", p);
  return std::string(weekdays[p.weekday]) + ", " + all.substr(6, 2) + " " + std::string(months[p.month - 1]) + " " +
         all.substr(0, 4) + all.substr(8) + " GMT";
}

}  // namespace waydiff::core
