#include "pipeline/enumeration.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/url.hpp"
#include "pipeline/plan.hpp"

namespace waydiff::pipeline {
namespace {

using std::chrono::sys_seconds;
using storage::ListingRow;

constexpr std::string_view vanished_note = "no longer listed";

/// A stretch of time that listings have covered.
struct Span {
  sys_seconds begin, end;
  sys_seconds listed_at;  ///< of the latest listing that reaches `end`
};

sys_seconds first_second(const std::string& digits) {
  const auto time = core::Timestamp::parse_from(digits.empty() ? "0001" : digits);
  return time ? time->time() : sys_seconds::min();
}

sys_seconds last_second(const std::string& digits, sys_seconds now) {
  const auto time = core::Timestamp::parse_to(digits);
  return digits.empty() || !time ? now : time->time();
}

bool is_of(const ListingRow& row, const std::string& url) {
  // Rows of stores of version 1 name the address in the query alone.
  return row.url.empty() ? row.query.starts_with(url + " ") : row.url == url;
}

bool is_refused(const ListingRow& row) {
  return row.problem.starts_with(refused_mark);
}

/// The range of "URL FROM-TO".
std::optional<std::pair<std::string, std::string>> range_of(const ListingRow& row) {
  const std::size_t space = row.query.rfind(' ');
  const std::size_t dash = row.query.find('-', space == std::string::npos ? 0 : space);
  if (space == std::string::npos || dash == std::string::npos) return {};
  return std::pair(row.query.substr(space + 1, dash - space - 1), row.query.substr(dash + 1));
}

/// What the complete listings cover together, as stretches that do not touch, by time.
std::vector<Span> covered(std::span<const ListingRow> listings, const Wanted& wanted, sys_seconds now) {
  std::vector<Span> spans;
  for (const ListingRow& row : listings) {
    if (!row.complete || is_refused(row) || !is_of(row, wanted.url)) continue;
    if (row.listed_at <= now - wanted.relist_full) continue;
    const auto range = range_of(row);
    if (!range) continue;
    Span span;
    span.begin = first_second(row.since.empty() ? range->first : row.since);
    span.end = std::min(last_second(range->second, row.listed_at), row.listed_at);
    span.listed_at = row.listed_at;
    if (span.begin <= span.end) spans.push_back(span);
  }
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::vector<Span> merged;
  for (const Span& span : spans) {
    if (merged.empty() || span.begin > merged.back().end + std::chrono::seconds(1)) {
      merged.push_back(span);
    } else {
      Span& last = merged.back();
      last.end = std::max(last.end, span.end);
      last.listed_at = std::max(last.listed_at, span.listed_at);
    }
  }
  return merged;
}

std::string digits(sys_seconds time) {
  return core::Timestamp(time).digits();
}

}  // namespace

Wanted wanted_of(const config::TargetConfig& target, const config::ArchiveConfig& archive, std::string url,
                 bool always) {
  Wanted out;
  out.url = std::move(url);
  out.from = target.from;
  out.to = target.to;
  out.relist = std::chrono::hours(archive.relist_hours);
  out.reread = std::chrono::days(archive.reread_days);
  out.relist_full = std::chrono::days(archive.relist_full_days);
  out.always = always || archive.local();
  return out;
}

std::vector<std::string> addresses(const std::string& url, const std::vector<std::string>& configured,
                                   std::span<const storage::AliasRow> aliases) {
  std::vector<std::string> out, keys;
  const auto add = [&](const std::string& address) {
    std::string key = core::url_key(address);
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) return;
    keys.push_back(std::move(key));
    out.push_back(address);
  };
  add(url);
  for (const std::string& alias : configured) add(alias);
  for (const storage::AliasRow& alias : aliases) add(alias.url);
  return out;
}

std::vector<Ask> missing_listings(std::span<const ListingRow> listings, const Wanted& wanted,
                                  std::optional<core::Timestamp> newest, sys_seconds now) {
  const Ask all{wanted.from, wanted.to, {}};
  if (wanted.always) return {all};
  if (const auto until = refused_until(listings, wanted.url)) {
    if (*until > now) return {};
    return {all};
  }
  const sys_seconds begin = first_second(wanted.from);
  const sys_seconds end = std::min(last_second(wanted.to, now), now);
  std::vector<Span> spans = covered(listings, wanted, now);
  std::erase_if(spans, [&](const Span& span) { return span.end < begin || span.begin > end; });
  if (spans.empty()) return {all};
  // What was listed as a whole too long ago is due again as a whole.
  const bool due = std::any_of(listings.begin(), listings.end(), [&](const ListingRow& row) {
    return row.complete && is_of(row, wanted.url) && row.since.empty() && row.listed_at <= now - wanted.relist_full;
  });
  if (due && spans.front().begin > begin) return {all};

  std::vector<Ask> out;
  // Holes before, and between, what is known.
  sys_seconds from = begin;
  std::string from_digits = wanted.from;
  for (const Span& span : spans) {
    if (span.begin > from) out.push_back({from_digits, digits(span.begin), {}});
    from = span.end;
    from_digits = digits(from);
  }
  const Span& last = spans.back();
  // Once a closed range has been listed well after its end, nothing is to come.
  if (last.end >= end && last.listed_at > end + wanted.reread) return out;
  if (last.listed_at > now - wanted.relist) {
    // A range that now reaches farther is not covered by a young listing of a shorter one.
    if (last.end >= end || last.end == last.listed_at) return out;
  }
  if (!newest) {
    out.push_back(all);
    return out;
  }
  const sys_seconds since = std::min(newest->time(), last.end) - wanted.reread;
  if (since <= begin) return {all};
  out.push_back({wanted.from, wanted.to, digits(since)});
  return out;
}

std::optional<sys_seconds> refused_until(std::span<const ListingRow> listings, const std::string& url) {
  int refusals = 0;
  std::optional<sys_seconds> last;
  for (const ListingRow& row : listings) {
    if (!is_of(row, url)) continue;
    if (is_refused(row)) {
      ++refusals;
      last = row.listed_at;
    } else if (row.complete) {
      refusals = 0;
      last.reset();
    }
  }
  if (!last) return {};
  return ask_again(refusals, *last);
}

std::string query_text(const std::string& url, const Ask& ask) {
  return url + " " + ask.from + "-" + ask.to;
}

Vanished::Vanished(storage::Id archive, std::string urlkey, const Ask& ask, const crawler::CaptureList& listed,
                   const std::vector<std::string>& offers)
    : archive_(archive),
      urlkey_(std::move(urlkey)),
      begin_(first_second(ask.from)),
      end_(last_second(ask.to, sys_seconds::max())),
      listed_(listed),
      offers_(offers.begin(), offers.end()) {}

bool Vanished::mark(storage::CaptureRow& row) const {
  const sys_seconds time = row.capture.timestamp.time();
  if (row.archive != archive_ || row.capture.urlkey != urlkey_ || time < begin_ || time > end_) return false;
  const bool gone = !listed_.contains(row.capture);
  const std::size_t noted = row.cause.find(vanished_note);
  if (gone == (noted != std::string::npos)) return false;
  if (gone && offers_.contains(row.capture.raw_timestamp + " " + row.capture.original)) return false;
  if (gone) {
    row.cause += (row.cause.empty() ? "" : "; ") + std::string(vanished_note);
  } else {
    const std::size_t begin_of_note = noted >= 2 ? noted - 2 : 0;
    row.cause.erase(begin_of_note, noted + vanished_note.size() - begin_of_note);
  }
  return true;
}

}  // namespace waydiff::pipeline
