#include "captures.hpp"

#include <stdexcept>
#include <utility>

namespace waydiff::pipeline {

core::Timestamp at(std::string_view digits) {
  const auto time = core::Timestamp::parse_from(digits);
  if (!time) throw std::invalid_argument(time.error().detail);
  return *time;
}

storage::CaptureRow pending(std::string_view digits, std::string digest) {
  storage::CaptureRow row;
  row.capture.timestamp = at(digits);
  row.capture.raw_timestamp = row.capture.timestamp.digits();
  row.capture.original = "https://example.com/privacy";
  row.capture.mime = "text/html";
  row.capture.status = 200;
  row.capture.digest = std::move(digest);
  return row;
}

storage::CaptureRow pending_revisit(std::string_view digits, std::string digest) {
  storage::CaptureRow row = pending(digits, std::move(digest));
  row.capture.mime = "warc/revisit";
  row.capture.status.reset();
  return row;
}

storage::CaptureRow fetched(std::string_view digits, std::string digest, storage::Id body) {
  storage::CaptureRow row = pending(digits, std::move(digest));
  row.outcome = storage::Outcome::fetched;
  row.body = body;
  row.http_status = 200;
  row.digest_check = "verified";
  return row;
}

storage::PlanRows planned(const std::vector<storage::CaptureRow>& captures) {
  storage::PlanRowsMaker maker(captures.size());
  for (const storage::CaptureRow& capture : captures) maker.add(capture);
  return std::move(maker).done();
}

}  // namespace waydiff::pipeline
