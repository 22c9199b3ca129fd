#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/fake_archive.hpp"

namespace waydiff::test {

struct FakeTable;
struct FakeAnswer;

/// Answers of archives that are no Wayback Machine:
///   /pywb/cdx?url=…, /pywb/TIMESTAMPid_/URL   a pywb: a JSON object a line; playback gives the nearest capture
///   /timemap/link/URL                          a TimeMap, its mementos under /web/
///   /collinfo.json, /ID-index?url=…, /crawl-data/ID/all.warc.gz   Common Crawl
/// Empty for other targets.
[[nodiscard]] std::optional<FakeAnswer> dialect_answer(const FakeTable& table, std::string_view target);

/// Cuts an answer down to the range that was asked for, if it says that it can ("Accept-Ranges: bytes").
void apply_range(FakeAnswer& answer, const std::string& range);

}  // namespace waydiff::test
