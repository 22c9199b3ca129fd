#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture.hpp"
#include "core/error.hpp"
#include "crawler/archive.hpp"
#include "crawler/body_coding.hpp"
#include "crawler/http_response.hpp"
#include "crawler/originals.hpp"
#include "crawler/transport.hpp"

namespace waydiff::crawler {

/// One crawl of the list: some weeks of the web, with an index of its own. Source: field guide section 9.2.
struct CrawlIndex {
  std::string id;   ///< "CC-MAIN-2025-33"
  std::string api;  ///< address of its index
  core::Timestamp from, to;
};

/// Reads collinfo.json. Crawls that do not say when they took place are taken to have done so in the years their name
/// says. Fails with bad_cdx when it is no such list, is cut, or names an index on another host than `asked`.
[[nodiscard]] core::Result<std::vector<CrawlIndex>> parse_crawls(std::string_view body, std::string_view asked);

/// Those that may hold captures of the query's range, oldest first.
[[nodiscard]] std::vector<CrawlIndex> crawls_of(const std::vector<CrawlIndex>& crawls, const ListQuery& query);

/// The request for a capture's record: a range of the file that the index named. Fails with unplayable when it named
/// none, with too_large when the record is.
[[nodiscard]] core::Result<Request> record_request(std::string_view data, const core::Capture& capture,
                                                   BodyLimits limits);

/// What a record says.
struct RecordAnswer {
  Playback playback;
  std::optional<Reference> elsewhere;  ///< of a revisit: `playback` has no body, it is in another record
  bool has_head = false;               ///< of a revisit: it says itself what the answer was
};

/// Reads the answer: one gzip member that is one WARC record. Fails with unplayable (another capture's record, not
/// there any more), rate_limited, http_status, bad_body, too_large.
[[nodiscard]] core::Result<RecordAnswer> read_record_answer(const core::Capture& capture, Response response,
                                                            BodyLimits limits);

/// A revisit's answer with the payload of its original; what the revisit says itself wins.
[[nodiscard]] Playback with_payload(RecordAnswer revisit, Playback original);

/// Why a revisit cannot be played: none of the captures that are known holds its payload.
[[nodiscard]] core::Error without_original(const core::Capture& revisit, const Reference& reference);

}  // namespace waydiff::crawler
