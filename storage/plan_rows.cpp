#include "storage/plan_rows.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "core/digest.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using Packed = std::array<std::uint8_t, 20>;

/// The 20 bytes behind 32 characters of base32; empty if `text` is something else.
std::optional<Packed> unpacked(std::string_view text) {
  Packed bytes{};
  if (text.size() != 32) return {};
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if ((c < 'A' || c > 'Z') && (c < '2' || c > '7')) return {};
    const auto value = static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
    // Five bits, which may lie across two bytes.
    const std::size_t byte = at * 5 / 8;
    const std::uint32_t shifted = value << (11 - at * 5 % 8);
    bytes[byte] = static_cast<std::uint8_t>(bytes[byte] | (shifted >> 8));
    if (byte + 1 < bytes.size()) bytes[byte + 1] = static_cast<std::uint8_t>(bytes[byte + 1] | (shifted & 0xff));
  }
  return bytes;
}

PlanRow::Check check_of(std::string_view name) {
  if (name == "verified") return PlanRow::Check::verified;
  if (name == "suspect") return PlanRow::Check::suspect;
  return PlanRow::Check::none;
}

/// The columns that PlanRowsMaker looks at; the rest of `found` stays as it is.
void read_plan_row(Statement& row, CaptureRow& found) {
  std::string outcome;
  row.read(found.id, found.archive, found.capture.timestamp, found.capture.mime, found.capture.status,
           found.capture.digest, found.capture.length, found.capture.original, outcome, found.retry_after, found.body,
           found.http_status, found.content_type, found.digest_check, found.offered, found.cut_short);
  read_name(row, "outcome", outcome, found.outcome);
}

}  // namespace

std::size_t offer_hash(std::string_view offered) {
  return std::hash<std::string_view>{}(offered);
}

PlanRowsMaker::PlanRowsMaker(std::size_t count) {
  made_.rows.reserve(count);
  digests_.reserve(count);
}

void PlanRowsMaker::add(const CaptureRow& row) {
  PlanRow& made = made_.rows.emplace_back();
  made.id = row.id;
  made.time = row.capture.timestamp;
  made.body = row.body.value_or(0);
  if (row.retry_after) made.retry_after = *row.retry_after;
  made.length = row.capture.length.value_or(-1);
  made.archive = static_cast<std::uint32_t>(row.archive);
  made.status = row.capture.status.value_or(-1);
  made.http_status = row.http_status.value_or(-1);
  made.outcome = row.outcome;
  made.check = check_of(row.digest_check);
  made.revisit = row.capture.is_revisit();
  made.cut_short = !row.cut_short.empty();

  const auto [page, is_new] =
      pages_.try_emplace({row.capture.original, row.content_type}, static_cast<std::uint32_t>(made_.pages.size()));
  if (is_new) made_.pages.push_back({row.capture.original, row.content_type});
  made.page = page->second;
  if (!row.offered.empty()) made_.offers.push_back({offer_hash(row.offered), row.id});
  const std::string& digest = row.capture.digest;
  auto packed = unpacked(digest);
  if (!packed) packed = unpacked(core::sha1_base32(digest));
  digests_.push_back(packed.value_or(Packed{}));
  made.digest = digest.empty() || digest == core::empty_sha1 ? 0 : 1;
}

PlanRows PlanRowsMaker::done() && {
  std::vector<std::uint32_t> telling;
  telling.reserve(made_.rows.size());
  for (std::size_t at = 0; at < made_.rows.size(); ++at) {
    if (made_.rows[at].digest != 0) telling.push_back(static_cast<std::uint32_t>(at));
  }
  std::sort(telling.begin(), telling.end(),
            [this](std::uint32_t a, std::uint32_t b) { return digests_[a] < digests_[b]; });
  const Packed* last = nullptr;
  for (const std::uint32_t at : telling) {
    if (last == nullptr || *last != digests_[at]) ++made_.digests;
    last = &digests_[at];
    made_.rows[at].digest = made_.digests;
  }
  return std::move(made_);
}

core::Result<PlanRows> Store::plan_rows(Id target, std::span<const Id> archives) {
  const auto count = impl_->db.value<std::size_t>("SELECT count(*) FROM capture WHERE target = ?", target);
  if (!count) return tl::unexpected(count.error());
  PlanRowsMaker maker(count->value_or(0));
  CaptureRow found;
  const auto read = impl_->db.rows(
      "SELECT id, archive, captured_at, mime, status, digest, length, original, outcome, retry_after, body,"
      " http_status, content_type, digest_check, offered, cut_short FROM capture WHERE target = ?"
      " ORDER BY captured_at, original, digest, archive, raw_timestamp",
      [&](Statement& row) {
        read_plan_row(row, found);
        const bool wanted = std::find(archives.begin(), archives.end(), found.archive) != archives.end();
        if (wanted) maker.add(found);
        return wanted;
      },
      target);
  if (!read) return tl::unexpected(read.error());
  return std::move(maker).done();
}

}  // namespace waydiff::storage
