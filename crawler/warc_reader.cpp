#include "crawler/warc_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

namespace waydiff::crawler {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;
constexpr std::size_t max_head = 256 * 1024;
constexpr std::string_view record_start = "WARC/";

}  // namespace

std::string WarcRecord::target() const {
  std::string_view uri = field("WARC-Target-URI");
  if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
  return std::string(uri);
}

WarcReader::WarcReader(const std::filesystem::path& file, GzipStream stream)
    : name_(file.string()), stream_(std::move(stream)), buffer_(buffer_size, '\0') {}

core::Result<WarcReader> WarcReader::open(const std::filesystem::path& file, std::uint64_t offset, std::uint64_t skip) {
  auto stream = GzipStream::open(file, offset);
  if (!stream) return tl::unexpected(stream.error());
  WarcReader reader(file, std::move(*stream));
  reader.record_offset_ = reader.recover_from_ = offset;
  if (!reader.stream_.compressed()) {
    reader.decoded_ = offset;
    return reader;
  }
  if (skip > 0) {
    const auto begun = reader.stream_.next_member();
    if (!begun) return tl::unexpected(begun.error());
    const auto skipped = reader.skip_bytes(skip);
    if (!skipped) return tl::unexpected(skipped.error());
  }
  return reader;
}

core::Result<WarcReader> WarcReader::open_bytes(const std::string& name, std::string bytes) {
  auto stream = GzipStream::open_bytes(name, std::move(bytes));
  if (!stream) return tl::unexpected(stream.error());
  return WarcReader(name, std::move(*stream));
}

std::string WarcReader::place() const {
  std::string place = name_ + ": offset " + std::to_string(record_offset_);
  if (record_skip_ > 0) place += " (byte " + std::to_string(record_skip_) + " of its gzip member)";
  return place + ": ";
}

const char* WarcReader::ends_early() const {
  return stream_.compressed() ? "gzip member ends before its record does" : "record is cut off by the end of the file";
}

core::Result<bool> WarcReader::ensure(std::size_t bytes) {
  while (end_ - at_ < bytes) {
    if (at_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + at_, end_ - at_);
      end_ -= at_;
      at_ = 0;
    }
    const auto got = stream_.read({buffer_.data() + end_, buffer_.size() - end_});
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return false;
    end_ += *got;
    decoded_ += *got;
  }
  return true;
}

core::Result<bool> WarcReader::skip_newlines(std::string& passed) {
  while (true) {
    const auto more = ensure(1);
    if (!more || !*more) return more;
    const char c = buffer_[at_];
    if (c != '\r' && c != '\n') return true;
    if (passed.size() < 4) passed += c;
    ++at_;
  }
}

core::Result<void> WarcReader::skip_bytes(std::uint64_t count) {
  while (count > 0) {
    const std::uint64_t buffered = end_ - at_;
    if (count <= buffered) {
      at_ += static_cast<std::size_t>(count);
      return {};
    }
    count -= buffered;
    at_ = end_;
    if (!stream_.compressed()) {
      if (decoded_ + count > stream_.size()) {
        return core::fail(core::Errc::bad_warc, place() + ends_early());
      }
      at_ = end_ = 0;
      decoded_ += count;
      stream_.seek(decoded_);
      return {};
    }
    const auto more = ensure(1);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return core::fail(core::Errc::bad_warc, place() + ends_early());
  }
  return {};
}

core::Result<std::optional<WarcRecord>> WarcReader::next() {
  while (true) {
    std::string newlines;
    const auto more = skip_newlines(newlines);
    if (!more) return tl::unexpected(more.error());
    if (*more) break;
    const auto begun = stream_.next_member();
    if (!begun) {
      recover_from_ = record_offset_ = stream_.member_offset();
      return tl::unexpected(begun.error());
    }
    if (!*begun) return std::nullopt;
    decoded_ = 0;
    recover_from_ = stream_.member_offset() + 1;
  }
  auto record = read_head();
  if (!record) return tl::unexpected(record.error());
  return std::optional<WarcRecord>(std::move(*record));
}

core::Result<WarcRecord> WarcReader::read_head() {
  WarcRecord record;
  record.offset = stream_.compressed() ? stream_.member_offset() : place_in_member();
  record.skip = stream_.compressed() ? place_in_member() : 0;
  record_offset_ = record.offset;
  record_skip_ = record.skip;
  recover_from_ = record.offset + 1;

  std::string head;
  std::size_t line_start = 0;
  while (true) {
    const auto more = ensure(1);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    const char c = buffer_[at_++];
    head += c;
    if (head.size() == record_start.size() && head != record_start) break;
    if (c == '\n') {
      const std::string_view line = std::string_view(head).substr(line_start);
      if (line == "\r\n" || line == "\n") break;
      line_start = head.size();
    }
    if (head.size() > max_head) return core::fail(core::Errc::bad_warc, place() + "record head over 256 KiB");
  }
  if (!head.starts_with(record_start)) {
    return core::fail(core::Errc::bad_warc, place() + "no WARC record where one should begin");
  }
  parse_header_fields(std::string_view(head).substr(std::min(head.find('\n'), head.size() - 1) + 1), record.fields);

  const std::string_view length = record.field("Content-Length");
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), record.length);
  constexpr std::uint64_t believable = std::uint64_t{1} << 62;
  if (length.empty() || error != std::errc{} || end != length.data() + length.size() || record.length > believable) {
    return core::fail(core::Errc::bad_warc, place() + "record with Content-Length \"" + std::string(length) + "\"");
  }
  block_left_ = record.length;
  if (!stream_.compressed()) recover_from_ = place_in_member();
  return record;
}

core::Result<std::size_t> WarcReader::read(std::span<char> out) {
  if (block_left_ == 0 || out.empty()) return 0;
  const auto more = ensure(1);
  if (!more) return tl::unexpected(more.error());
  if (!*more) return core::fail(core::Errc::bad_warc, place() + ends_early());
  const auto taken = static_cast<std::size_t>(
      std::min<std::uint64_t>({out.size(), static_cast<std::uint64_t>(end_ - at_), block_left_}));
  std::memcpy(out.data(), buffer_.data() + at_, taken);
  at_ += taken;
  block_left_ -= taken;
  return taken;
}

core::Result<std::string> WarcReader::read_up_to(std::size_t limit) {
  // Grown step by step: a damaged length must not make us reserve gigabytes.
  std::string bytes;
  while (bytes.size() < limit && block_left_ > 0) {
    const std::size_t had = bytes.size();
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>({limit - had, block_left_, buffer_size}));
    bytes.resize(had + step);
    const auto got = read({bytes.data() + had, step});
    if (!got) return tl::unexpected(got.error());
    bytes.resize(had + *got);
  }
  return bytes;
}

core::Result<std::optional<std::uint64_t>> WarcReader::finish() {
  const auto skipped = skip_bytes(std::exchange(block_left_, 0));
  if (!skipped) return tl::unexpected(skipped.error());
  std::string newlines;
  const auto more = skip_newlines(newlines);
  if (!more) return tl::unexpected(more.error());
  if (*more) {
    const auto enough = ensure(record_start.size());
    if (!enough) return tl::unexpected(enough.error());
    const bool another = *enough && std::string_view(buffer_).substr(at_).starts_with(record_start);
    // With its full end the record is whole, and what follows is another matter; next() will say so.
    if (!another && newlines != "\r\n\r\n") {
      return core::fail(core::Errc::bad_warc, place() + "record does not end where its Content-Length says");
    }
    if (stream_.compressed()) return std::nullopt;
  }
  if (stream_.compressed()) {
    if (record_skip_ > 0) return std::nullopt;
    return stream_.position() - record_offset_;
  }
  return place_in_member() - record_offset_;
}

core::Result<bool> WarcReader::recover() {
  // A broken record may have swallowed good ones, so the search begins just behind its start. Going over the same
  // bytes again and again is what a hostile file would make us do: there is a limit to that.
  const std::uint64_t reached = stream_.position();
  std::uint64_t from = std::max(recover_from_, record_offset_);
  if (reached > from) searched_ += reached - from;
  if (searched_ > 4 * stream_.size() + (64u << 20)) from = std::max(from, reached);
  at_ = end_ = 0;
  block_left_ = 0;
  const auto found = stream_.resync(from, record_start);
  if (!found || !*found) return found;
  record_offset_ = stream_.member_offset();
  recover_from_ = record_offset_ + 1;
  decoded_ = stream_.compressed() ? 0 : record_offset_;
  return true;
}

}  // namespace waydiff::crawler
