#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/capture.hpp"
#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/body_coding.hpp"
#include "crawler/http_message.hpp"
#include "crawler/warc_reader.hpp"

namespace waydiff::crawler {

/// A record read into memory, its HTTP head parsed.
struct Recorded {
  WarcRecord record;
  std::string block;
  std::optional<HttpHead> head;  ///< empty for resource records, empty revisits and HTTP/0.9

  [[nodiscard]] bool is_revisit() const;
};

/// Reads the next record, which must be that of `capture`. Every message begins with `place`. Fails with bad_warc
/// (damaged, another capture's, none) and too_large.
[[nodiscard]] core::Result<Recorded> read_record(WarcReader& reader, const core::Capture& capture,
                                                 const std::string& place, std::size_t max_body);

/// What an HTTP head says of the answer as a whole: status, type, redirect target.
void describe(const HttpHead& head, const std::string& original, Playback& playback);

/// The answer in a record that holds its payload, compared with `digest`. Fails with too_large.
[[nodiscard]] core::Result<Playback> answer_in(Recorded recorded, std::string_view digest, BodyLimits limits);

/// The answer in a revisit that needs no other record: a redirect, or a payload of no bytes. Empty for others.
[[nodiscard]] std::optional<Playback> answer_in_revisit(const Recorded& recorded, const core::Capture& capture);

}  // namespace waydiff::crawler
