#include "crawler/warc_index.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <tuple>

#include "core/digest.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"

namespace waydiff::crawler {
namespace {

using Key = std::tuple<std::string_view, core::Timestamp, std::string_view, std::string_view, std::string_view>;

Key key(const core::Capture& capture) {
  return {capture.urlkey, capture.timestamp, capture.raw_timestamp, capture.original, capture.digest};
}

bool same_moment(const core::Capture& a, const core::Capture& b) {
  return a.urlkey == b.urlkey && a.raw_timestamp == b.raw_timestamp && a.original == b.original;
}

bool same_digest(const core::Capture& a, const core::Capture& b) {
  return !a.digest.empty() && a.digest == b.digest;
}

}  // namespace

std::span<const WarcEntry> WarcIndex::captures(std::string_view urlkey) const {
  const auto found = std::ranges::equal_range(entries_, urlkey, std::less<>{},
                                              [](const WarcEntry& e) { return std::string_view(e.capture.urlkey); });
  return {found.begin(), found.end()};
}

const WarcEntry* WarcIndex::find(const core::Capture& capture) const {
  for (const WarcEntry& entry : captures(core::url_key(capture.original))) {
    if (entry.capture.raw_timestamp == capture.raw_timestamp && entry.capture.original == capture.original &&
        entry.capture.digest == capture.digest) {
      return &entry;
    }
  }
  return nullptr;
}

std::span<const WarcEntry> WarcIndex::captures(const KeyRange& range) const {
  const auto key_of = [](const WarcEntry& e) { return std::string_view(e.capture.urlkey); };
  const auto first = std::ranges::lower_bound(entries_, std::string_view(range.first), std::less<>{}, key_of);
  const auto end = std::ranges::lower_bound(first, entries_.end(), std::string_view(range.end), std::less<>{}, key_of);
  return {first, end};
}

std::map<std::string, std::size_t> WarcIndex::dropped(const KeyRange& range) const {
  std::map<std::string, std::size_t> all;
  for (auto at = dropped_.lower_bound(range.first); at != dropped_.end() && at->first < range.end; ++at) {
    for (const auto& [reason, count] : at->second) all[reason] += count;
  }
  return all;
}

const WarcEntry* WarcIndex::original_of(const WarcEntry& revisit, const WarcRecord& head) const {
  if (const WarcEntry* entry = referred(revisit, head)) return entry;
  if (const WarcEntry* entry = of_digest(revisit)) return entry;
  const std::string_view name = head.field("WARC-Refers-To");
  if (name.empty()) return nullptr;
  const std::size_t id = std::hash<std::string_view>{}(name);
  const auto found = std::ranges::find_if(entries_, [&](const WarcEntry& e) {
    return e.record_id == id && e.place == WarcPlace::record && &e != &revisit;
  });
  return found == entries_.end() ? nullptr : &*found;
}

const WarcEntry* WarcIndex::referred(const WarcEntry& revisit, const WarcRecord& head) const {
  const auto date = core::Timestamp::parse_iso(head.field("WARC-Refers-To-Date"));
  if (!date) return nullptr;
  std::string_view uri = head.field("WARC-Refers-To-Target-URI");
  if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
  if (uri.empty()) uri = revisit.capture.original;
  // Only "not modified" answers say nothing of the payload: otherwise another digest is another payload.
  const bool any_payload = head.field("WARC-Profile").find("server-not-modified") != std::string_view::npos;
  const WarcEntry* best = nullptr;
  for (const WarcEntry& entry : captures(core::url_key(uri))) {
    if (&entry == &revisit || entry.place == WarcPlace::damaged || entry.capture.timestamp != *date) continue;
    if (same_digest(entry.capture, revisit.capture)) return &entry;
    const bool fits = any_payload || revisit.capture.digest.empty() || entry.capture.digest.empty();
    if (fits && (best == nullptr || entry.capture.original == uri)) best = &entry;
  }
  return best;
}

const WarcEntry* WarcIndex::of_digest(const WarcEntry& revisit) const {
  const std::string_view digest = revisit.capture.digest;
  if (digest.empty() || digest == core::empty_sha1) return nullptr;
  const auto digest_of = [&](std::uint32_t i) { return std::string_view(entries_[i].capture.digest); };
  const WarcEntry* any = nullptr;
  for (const std::uint32_t i : std::ranges::equal_range(by_digest_, digest, std::less<>{}, digest_of)) {
    if (entries_[i].capture.urlkey == revisit.capture.urlkey) return &entries_[i];
    if (any == nullptr) any = &entries_[i];
  }
  return any;
}

void WarcIndex::arrange() {
  std::set<std::pair<std::string_view, std::int64_t>> places;
  for (const WarcEntry& entry : entries_) {
    if (entry.place != WarcPlace::listed) places.emplace(entry.capture.file, entry.capture.offset);
  }
  // An index line whose record was read is that record, even where the two write the address differently.
  std::erase_if(entries_, [&](const WarcEntry& e) {
    return e.place == WarcPlace::listed && e.capture.offset >= 0 && places.contains({e.capture.file, e.capture.offset});
  });
  std::ranges::stable_sort(entries_, [](const WarcEntry& a, const WarcEntry& b) {
    const auto x = key(a.capture);
    const auto y = key(b.capture);
    return x != y ? x < y : a.place < b.place;
  });

  std::vector<WarcEntry> kept;
  kept.reserve(entries_.size());
  std::size_t moment = 0;  // the first kept entry with the same urlkey, timestamp and address
  for (WarcEntry& entry : entries_) {
    if (kept.empty() || !same_moment(kept.back().capture, entry.capture)) moment = kept.size();
    const bool again = moment < kept.size() && kept.back().capture.digest == entry.capture.digest;
    const bool row_of_record = again && entry.place == WarcPlace::listed && kept.back().place != WarcPlace::listed;
    if (again && !row_of_record) ++dropped_[entry.capture.urlkey]["repeated"];
    if (!again) kept.push_back(std::move(entry));
  }
  entries_ = std::move(kept);

  // A line without a digest stands for whatever record of that second there is; it sorts before the record.
  for (std::size_t i = 0; i + 1 < entries_.size(); ++i) {
    WarcEntry& entry = entries_[i];
    const WarcEntry& after = entries_[i + 1];
    if (entry.place == WarcPlace::listed && entry.capture.digest.empty() && after.place != WarcPlace::listed &&
        same_moment(entry.capture, after.capture)) {
      entry.capture.file = "?";
    }
  }
  std::erase_if(entries_, [](const WarcEntry& e) { return e.capture.file == "?"; });

  by_digest_.clear();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const WarcEntry& entry = entries_[i];
    const bool has_payload = entry.place == WarcPlace::record || !entry.capture.file.empty();
    if (has_payload && entry.place != WarcPlace::damaged && !entry.capture.is_revisit()) {
      by_digest_.push_back(static_cast<std::uint32_t>(i));
    }
  }
  std::ranges::stable_sort(by_digest_, std::less<>{},
                           [&](std::uint32_t i) { return std::string_view(entries_[i].capture.digest); });
}

}  // namespace waydiff::crawler
