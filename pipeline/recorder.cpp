#include "pipeline/recorder.hpp"

#include <cstdint>
#include <utility>

#include "core/url.hpp"
#include "pipeline/offer.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/redirect_remark.hpp"

namespace waydiff::pipeline {

using core::Errc;
using storage::CaptureRow;
using storage::Outcome;

namespace {

bool is_stop(Errc code) {
  return code == Errc::rate_limited || code == Errc::refused || code == Errc::interrupted;
}

std::string noted(std::string notes, const std::string& note) {
  if (note.empty()) return notes;
  return notes.empty() ? note : notes + "; " + note;
}

}  // namespace

void Recorder::know(const storage::PlanRows& captures) {
  own_keys_.clear();
  for (const storage::PlanPage& page : captures.pages) own_keys_.insert(core::url_key(page.original));
  offers_made_ = captures.offers;
}

void Recorder::record(const Source& source, CaptureRow row, core::Result<crawler::Playback> playback,
                      std::chrono::milliseconds took) {
  if (!source.config.local() && (playback || !is_stop(playback.error().code))) ++run_.work(job_).requests;
  if (playback && playback->offered) {
    playback = refused_offer(source, row, *playback->offered);
  }
  if (!playback) {
    record_failure(source, std::move(row), playback.error());
    return;
  }
  ++row.attempts;
  row.outcome = playback->from_revisit || row.capture.is_revisit() ? Outcome::revisit : Outcome::fetched;
  row.http_status = playback->status;
  row.content_type = playback->content_type;
  row.location = playback->location;
  row.digest_check = std::string(crawler::name(playback->digest_check));
  row.retry_after.reset();
  row.cut_short = playback->cut_short;
  row.cause.clear();
  for (const std::string& note : playback->notes) row.cause = noted(std::move(row.cause), note);
  if (playback->status >= 300 && playback->status < 400) row.cause = noted(std::move(row.cause), remark(row));
  ++run_.summary.fetched;
  ++run_.work(job_).fetched;
  run_.observer.event("fetched", {{"target", job_.target->url},
                                  {"archive", source.config.name},
                                  {"timestamp", row.capture.raw_timestamp},
                                  {"url", row.capture.original},
                                  {"outcome", std::string(storage::name(row.outcome))},
                                  {"status", static_cast<std::int64_t>(playback->status)},
                                  {"bytes", static_cast<std::int64_t>(playback->body.size())},
                                  {"ms", static_cast<std::int64_t>(took.count())}});
  run_.batch.add(std::move(row), std::move(playback->body));
}

void Recorder::record_failure(const Source& source, CaptureRow row, const core::Error& error) {
  if (is_stop(error.code)) {
    run_.trouble(job_, source, error);
    return;  // not the capture's fault: it stays pending
  }
  note_failure(row, error, run_.now());
  if (row.outcome == Outcome::failed) {
    ++run_.summary.failed;
    ++run_.work(job_).failed;
    run_.observer.warning(row.capture.original + " " + row.capture.raw_timestamp + ": " + row.cause);
  }
  run_.observer.event("failed", {{"target", job_.target->url},
                                 {"archive", source.config.name},
                                 {"timestamp", row.capture.raw_timestamp},
                                 {"url", row.capture.original},
                                 {"outcome", std::string(storage::name(row.outcome))},
                                 {"cause", row.cause}});
  run_.batch.add(std::move(row), {});
}

tl::unexpected<core::Error> Recorder::refused_offer(const Source& source, CaptureRow& row,
                                                    const crawler::Offer& offer) {
  const auto near = captures_near(row, offer);
  if (!run_.stored(near)) return core::fail(Errc::interrupted, near.error().detail);
  OfferVerdict verdict = judge_offer(row, offer, *near, job_.target->every);
  row.offered = offer_text(offer);
  offers_made_.push_back({storage::offer_hash(row.offered), row.id});
  run_.observer.event("offered", {{"target", job_.target->url},
                                  {"archive", source.config.name},
                                  {"timestamp", row.capture.raw_timestamp},
                                  {"url", row.capture.original},
                                  {"offered", row.offered},
                                  {"taken", verdict.capture.has_value() || verdict.listed}});
  if (verdict.capture) offers_.emplace_back(row.archive, std::move(*verdict.capture));
  return core::fail(Errc::unplayable, std::move(verdict.cause));
}

core::Result<std::vector<CaptureRow>> Recorder::captures_near(const CaptureRow& row, const crawler::Offer& offer) {
  auto out = run_.store.captures_at(job_.id, row.archive, offer.raw_timestamp);
  const std::size_t own = storage::offer_hash(offer_text(row.capture));
  for (const storage::PlanOffer& made : offers_made_) {
    if (!out || made.hash != own) continue;
    if (!run_.batch.flush()) return core::fail(Errc::interrupted, "the store cannot be written");
    auto other = run_.store.capture(made.capture);
    if (!other) return tl::unexpected(std::move(other.error()));
    out->push_back(std::move(*other));
  }
  return out;
}

bool Recorder::add_offers() {
  if (offers_.empty()) return true;
  for (const auto& [archive, capture] : std::exchange(offers_, {})) {
    storage::ListingRow row;
    row.target = job_.id;
    row.archive = archive;
    row.query = "offered by playback: " + capture.raw_timestamp + " " + capture.original;
    row.listed_at = run_.now();
    row.complete = true;
    row.rows = 1;
    const auto added = run_.store.put_listing(row, {capture});
    if (!run_.stored(added)) return false;
    run_.summary.new_captures += *added;
    run_.work(job_).listed += *added;
  }
  return true;
}

std::string Recorder::remark(const CaptureRow& row) {
  const std::string from = core::url_key(row.capture.original);
  const std::string to = core::url_key(row.location);
  if (from != to && moves_.contains({to, from})) return "redirects in a circle, to " + row.location + " and back";
  // Only what leads to an address of the target itself can come back.
  if (own_keys_.contains(to)) moves_.emplace(from, to);
  return redirect_remark(row.capture.original, row.location);
}

}  // namespace waydiff::pipeline
