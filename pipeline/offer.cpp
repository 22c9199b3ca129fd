#include "pipeline/offer.hpp"

#include <algorithm>
#include <string_view>

#include "core/url.hpp"

namespace waydiff::pipeline {
namespace {

std::string shown(std::chrono::seconds distance) {
  const auto seconds = distance < distance.zero() ? -distance : distance;
  const std::string when = distance < distance.zero() ? " earlier" : " later";
  const auto count = [&](auto number, const std::string& unit) {
    return std::to_string(number) + " " + unit + (number == 1 ? "" : "s") + when;
  };
  if (seconds >= std::chrono::days(2)) return count(seconds / std::chrono::days(1), "day");
  if (seconds >= std::chrono::hours(2)) return count(seconds / std::chrono::hours(1), "hour");
  if (seconds >= std::chrono::minutes(2)) return count(seconds / std::chrono::minutes(1), "minute");
  return count(seconds.count(), "second");
}

}  // namespace

std::chrono::seconds tolerance(const config::Every& every) {
  using Unit = config::Every::Unit;
  switch (every.unit) {
    case Unit::all:
    case Unit::changes:
      return std::chrono::days(1);
    case Unit::days:
      return std::chrono::seconds(std::chrono::days(every.count)) / 2;
    case Unit::weeks:
      return std::chrono::seconds(std::chrono::weeks(every.count)) / 2;
    case Unit::months:
      return std::chrono::seconds(std::chrono::months(every.count)) / 2;
    case Unit::years:
      return std::chrono::seconds(std::chrono::years(every.count)) / 2;
  }
  return std::chrono::days(1);
}

std::string offer_text(const crawler::Offer& offer) {
  return offer.raw_timestamp + " " + offer.original;
}
std::string offer_text(const core::Capture& offered) {
  return offered.raw_timestamp + " " + offered.original;
}

OfferVerdict judge_offer(const storage::CaptureRow& asked, const crawler::Offer& offer,
                         std::span<const storage::CaptureRow> rows, const config::Every& every) {
  OfferVerdict out;
  const auto distance = offer.time.time() - asked.capture.timestamp.time();
  out.cause = "the archive does not give it out; it offers " + offer_text(offer) + ", " + shown(distance);
  const std::string own = offer_text(asked.capture);
  const bool is_offer = std::any_of(rows.begin(), rows.end(), [&](const storage::CaptureRow& row) {
    return row.archive == asked.archive && row.id != asked.id && row.offered == own;
  });
  const std::string urlkey = core::url_key(offer.original);
  const auto same = [&](const storage::CaptureRow& row) {
    return row.archive == asked.archive && row.id != asked.id && row.capture.raw_timestamp == offer.raw_timestamp &&
           core::url_key(row.capture.original) == urlkey;
  };
  if (std::any_of(rows.begin(), rows.end(), same)) {
    out.listed = true;
    out.cause += ", which is listed";
  } else if (is_offer) {
    out.cause += ": refused, for this one was itself given in place of another";
  } else if (urlkey != core::url_key(asked.capture.original)) {
    out.cause += ": refused, for it is another address";
  } else if (distance > tolerance(every) || -distance > tolerance(every)) {
    out.cause += ": refused, too far away";
  } else {
    core::Capture capture;
    capture.urlkey = asked.capture.urlkey;
    capture.raw_timestamp = offer.raw_timestamp;
    capture.timestamp = offer.time;
    capture.original = offer.original;
    out.capture = std::move(capture);
    out.cause += ", which is taken instead";
  }
  return out;
}

}  // namespace waydiff::pipeline
