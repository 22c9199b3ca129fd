#include "report/announcement.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace waydiff::report {
namespace {

using core::StatedDate;
using Day = std::chrono::sys_days;

/// Empty for what is no day of the calendar.
std::optional<Day> day_of(std::string_view date) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return {};
  const char* const at = date.data();
  const auto number = [](const char* first, const char* last, auto& value) {
    return std::from_chars(first, last, value).ptr == last;
  };
  if (!number(at, at + 4, year) || !number(at + 5, at + 7, month) || !number(at + 8, at + 10, day)) return {};
  const std::chrono::year_month_day found{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!found.ok()) return {};
  return Day(found);
}

/// The latest date of a role: pages list the dates of their earlier versions, too.
std::string latest(std::span<const StatedDate> dates, std::string_view role) {
  std::string out;
  for (const StatedDate& date : dates) {
    if (date.role == role && date.date > out && day_of(date.date)) out = date.date;
  }
  return out;
}

bool states(std::span<const StatedDate> dates, const std::string& date) {
  return std::any_of(dates.begin(), dates.end(), [&](const StatedDate& one) { return one.date == date; });
}

Announced placed(const std::string& date, core::Timestamp not_before, core::Timestamp not_after) {
  constexpr std::chrono::days tolerance(1);
  const auto day = day_of(date);
  if (!day) return Announced::nothing;
  if (*day < std::chrono::floor<std::chrono::days>(not_before.time()) - tolerance) return Announced::back_dated;
  if (*day > std::chrono::floor<std::chrono::days>(not_after.time()) + tolerance) return Announced::ahead;
  return Announced::dated;
}

/// The verdict of several dates that changed: when a page says that it was updated counts for more than since when it
/// is in effect, which may well be earlier.
Announced together(const std::vector<StatedChange>& dates) {
  const auto some = [&](Announced announced, std::string_view role) {
    return std::any_of(dates.begin(), dates.end(), [&](const StatedChange& date) {
      return date.announced == announced && (role.empty() || date.role == role);
    });
  };
  if (some(Announced::back_dated, "updated")) return Announced::back_dated;
  for (const Announced announced : {Announced::ahead, Announced::dated, Announced::back_dated}) {
    if (some(announced, "")) return announced;
  }
  return Announced::nothing;
}

}  // namespace

std::string_view name(Announced announced) noexcept {
  switch (announced) {
    case Announced::nothing:
      return "";
    case Announced::undated:
      return "undated";
    case Announced::silent:
      return "silent edit";
    case Announced::dated:
      return "dated";
    case Announced::back_dated:
      return "back-dated";
    case Announced::ahead:
      return "announced ahead";
    case Announced::restored:
      return "earlier date restored";
    case Announced::date_only:
      return "date only";
  }
  return "";
}

Announcement announcement(std::span<const StatedDate> before, std::span<const StatedDate> after,
                          core::Timestamp not_before, core::Timestamp not_after, bool substantive,
                          storage::TransitionKind kind) {
  Announcement out;
  bool stated = false;
  for (const char* const role : {"updated", "effective"}) {
    StatedChange date{role, latest(before, role), latest(after, role), Announced::nothing};
    if (date.old_date.empty() && date.new_date.empty()) continue;
    // A date that was there under another name is no new one.
    const bool known = date.old_date.empty() && states(before, date.new_date);
    if (!date.new_date.empty()) {
      stated = true;
      if (date.new_date != date.old_date && !known) date.announced = placed(date.new_date, not_before, not_after);
    }
    out.dates.push_back(std::move(date));
  }
  const Announced moved = together(out.dates);
  if (!substantive) {
    const bool lost = std::any_of(out.dates.begin(), out.dates.end(), [&](const StatedChange& date) {
      return date.new_date.empty() && !states(after, date.old_date);
    });
    out.announced = moved != Announced::nothing || lost ? Announced::date_only : Announced::nothing;
  } else if (!stated) {
    out.announced = Announced::undated;
  } else if (moved == Announced::nothing) {
    out.announced = Announced::silent;
  } else {
    // A text that comes back brings the date it had.
    const bool returned = kind == storage::TransitionKind::returned && moved == Announced::back_dated;
    out.announced = returned ? Announced::restored : moved;
  }
  return out;
}

bool is_substantive(const core::ChangeSet& set) {
  return std::any_of(set.changes.begin(), set.changes.end(),
                     [](const auto& change) { return change.significance == core::Significance::substantive; });
}

std::string announcement_text(const Announcement& announcement) {
  if (announcement.announced == Announced::nothing) return {};
  if (announcement.dates.empty()) return std::string(name(announcement.announced)) + ": the text states no date";
  std::string dates;
  for (const StatedChange& date : announcement.dates) {
    dates += dates.empty() ? ": " : "; ";
    if (date.new_date.empty()) {
      dates += "no longer says " + date.role + " " + date.old_date;
    } else if (date.new_date == date.old_date) {
      dates += date.role + " " + date.new_date + " as before";
    } else {
      dates += date.role + " " + date.new_date;
      dates += date.old_date.empty() ? " (before: none)" : " (before: " + date.old_date + ")";
    }
  }
  return std::string(name(announcement.announced)) + dates;
}

}  // namespace waydiff::report
