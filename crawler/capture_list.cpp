#include "crawler/capture_list.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <utility>

namespace waydiff::crawler {

CaptureList::CaptureList(std::initializer_list<core::Capture> captures) {
  for (const core::Capture& capture : captures) push_back(capture);
}

core::Capture CaptureList::operator[](std::size_t at) const {
  const Row& row = rows_[at];
  const Shared& shared = shared_[row.shared];
  core::Capture out;
  out.urlkey = shared.urlkey;
  out.raw_timestamp = raw_timestamp_of(row);
  out.timestamp = row.time;
  out.original = shared.original;
  out.mime = shared.mime;
  out.status = shared.status;
  out.digest = digest_of(row);
  if (row.length >= 0) out.length = row.length;
  out.file = shared.file;
  out.offset = row.offset;
  return out;
}

core::Capture CaptureList::at(std::size_t at) const {
  if (at >= size()) throw std::out_of_range("CaptureList::at");
  return (*this)[at];
}

void CaptureList::push_back(const core::Capture& capture) {
  Shared shared{capture.urlkey, capture.original, capture.mime, capture.file, capture.status, {}, {}};
  if (capture.raw_timestamp != capture.timestamp.digits()) shared.raw_timestamp = capture.raw_timestamp;
  Row row{capture.timestamp, capture.length.value_or(-1), capture.offset, {}, 0};
  if (capture.digest.size() == row.digest.size() && capture.digest.front() != '\0') {
    std::copy(capture.digest.begin(), capture.digest.end(), row.digest.begin());
  } else {
    shared.digest = capture.digest;
  }
  row.shared = shared_number(std::move(shared));
  rows_.push_back(row);
}

void CaptureList::append(const CaptureList& more) {
  std::vector<std::uint32_t> numbers;
  for (const Shared& shared : more.shared_) numbers.push_back(shared_number(shared));
  for (Row row : more.rows_) {
    row.shared = numbers[row.shared];
    rows_.push_back(row);
  }
}

void CaptureList::sort_by_time() {
  std::ranges::stable_sort(rows_, std::less<>{}, &Row::time);
}

std::size_t CaptureList::drop_repeated() {
  const auto before = [this](const Row& a, const Row& b) { return compare(a, b) < 0; };
  // As a rule they come in this order, and sorting takes room.
  if (!std::is_sorted(rows_.begin(), rows_.end(), before)) std::stable_sort(rows_.begin(), rows_.end(), before);
  std::size_t kept = 0;
  for (std::size_t at = 0; at < rows_.size(); ++at) {
    if (kept == 0 || compare(rows_[kept - 1], rows_[at]) != 0) {
      rows_[kept++] = rows_[at];
    } else if (rows_[at].length > rows_[kept - 1].length) {
      // With its place: the length must stay that of the record there.
      rows_[kept - 1] = rows_[at];
    }
  }
  const std::size_t repeated = rows_.size() - kept;
  rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(kept), rows_.end());
  return repeated;
}

bool CaptureList::contains(const core::Capture& capture) const {
  const auto [begin, end] = std::ranges::equal_range(rows_, capture.timestamp, std::less<>{}, &Row::time);
  return std::any_of(begin, end, [&](const Row& row) {
    return digest_of(row) == capture.digest && shared_[row.shared].original == capture.original &&
           raw_timestamp_of(row) == capture.raw_timestamp;
  });
}

std::uint32_t CaptureList::shared_number(Shared shared) {
  // Neighbours mostly have all of it in common.
  if (!rows_.empty() && shared_[rows_.back().shared] == shared) return rows_.back().shared;
  const std::hash<std::string> hash;
  const std::size_t key =
      hash(shared.original) ^ (hash(shared.file) << 1) ^ (hash(shared.raw_timestamp) << 2) ^ (hash(shared.digest) << 3);
  const auto [begin, end] = numbers_.equal_range(key);
  const auto known = std::find_if(begin, end, [&](const auto& one) { return shared_[one.second] == shared; });
  if (known != end) return known->second;
  const auto number = static_cast<std::uint32_t>(shared_.size());
  shared_.push_back(std::move(shared));
  numbers_.emplace(key, number);
  return number;
}

std::string_view CaptureList::digest_of(const Row& row) const {
  if (row.digest.front() == '\0') return shared_[row.shared].digest;
  return {row.digest.data(), row.digest.size()};
}

std::string CaptureList::raw_timestamp_of(const Row& row) const {
  const std::string& own = shared_[row.shared].raw_timestamp;
  return own.empty() ? row.time.digits() : own;
}

std::strong_ordering CaptureList::compare(const Row& a, const Row& b) const {
  if (a.time != b.time) return a.time < b.time ? std::strong_ordering::less : std::strong_ordering::greater;
  const Shared& one = shared_[a.shared];
  const Shared& other = shared_[b.shared];
  if (one.raw_timestamp != other.raw_timestamp) return raw_timestamp_of(a) <=> raw_timestamp_of(b);
  if (a.shared != b.shared && one.original != other.original) return one.original <=> other.original;
  return digest_of(a) <=> digest_of(b);
}

}  // namespace waydiff::crawler
