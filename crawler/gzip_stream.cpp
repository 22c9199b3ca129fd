#include "crawler/gzip_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "crawler/coding_libraries.hpp"

namespace waydiff::crawler {
namespace {

constexpr std::size_t window_size = 128 * 1024;
constexpr std::size_t search_step = 256 * 1024;
constexpr std::size_t search_overlap = 2048;  ///< enough for a gzip header with a file name and the first bytes
constexpr int gzip_only = 15 + 16;
constexpr std::string_view gzip_magic = "\x1f\x8b\x08";

z_stream* new_inflate() {
  auto* stream = new z_stream{};
  if (zlib().begin(*stream, gzip_only)) return stream;
  delete stream;
  return nullptr;
}

Bytef* bytes_of(const char* data) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(data));  // zlib's next_in is not const
}

bool is_line_start(std::string_view block, std::size_t at) {
  return block[at - 1] == '\n';
}

}  // namespace

void GzipStream::EndInflate::operator()(z_stream* stream) const noexcept {
  zlib().inflate_end(stream);
  delete stream;
}

core::Result<GzipStream> GzipStream::open(const std::filesystem::path& file, std::uint64_t offset) {
  GzipStream stream;
  stream.name_ = file.string();
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return core::fail(core::Errc::io, stream.name_ + ": is a folder");
  stream.file_.reset(std::fopen(file.c_str(), "rb"));
  if (!stream.file_) return core::fail(core::Errc::io, stream.name_ + ": cannot open: " + std::strerror(errno));
  stream.size_ = std::filesystem::file_size(file, error);
  if (error) return core::fail(core::Errc::io, stream.name_ + ": " + error.message());
  if (auto begun = stream.begin(file.extension().string(), offset); !begun) return tl::unexpected(begun.error());
  return stream;
}

core::Result<GzipStream> GzipStream::open_bytes(std::string name, std::string bytes) {
  if (bytes.empty()) return core::fail(core::Errc::bad_warc, name + ": no bytes");
  GzipStream stream;
  stream.name_ = std::move(name);
  stream.bytes_ = std::make_unique<const std::string>(std::move(bytes));
  stream.size_ = stream.bytes_->size();
  // Opened for reading only: the bytes are not written to.
  stream.file_.reset(fmemopen(const_cast<char*>(stream.bytes_->data()), stream.bytes_->size(), "rb"));
  if (!stream.file_) return core::fail(core::Errc::io, stream.name_ + ": cannot open: " + std::strerror(errno));
  if (auto begun = stream.begin("", 0); !begun) return tl::unexpected(begun.error());
  return stream;
}

core::Result<void> GzipStream::begin(std::string_view ending, std::uint64_t offset) {
  window_.resize(window_size);
  inflate_.reset(new_inflate());
  if (!inflate_) return core::fail(core::Errc::io, name_ + ": no memory for zlib");

  const auto magic = read_at(0, 5);
  if (!magic) return tl::unexpected(magic.error());
  compressed_ = magic->starts_with("\x1f\x8b") || (ending == ".gz" && !magic->starts_with("WARC/"));
  start_at(offset);
  if (!compressed_) state_ = State::inside;
  return {};
}

std::string GzipStream::place() const {
  return name_ + ": offset " + std::to_string(member_offset_) + ": ";
}

std::uint64_t GzipStream::position() const noexcept {
  return read_to_ - (filled_ - used_);
}

void GzipStream::start_at(std::uint64_t offset) {
  fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET);
  used_ = filled_ = 0;
  read_to_ = member_offset_ = offset;
  deferred_.reset();
  state_ = State::between;
}

void GzipStream::seek(std::uint64_t offset) {
  const std::uint64_t window_start = read_to_ - filled_;
  if (offset >= window_start && offset <= read_to_) {
    used_ = static_cast<std::size_t>(offset - window_start);
  } else {
    start_at(offset);
  }
  state_ = State::inside;
}

core::Result<bool> GzipStream::refill() {
  used_ = 0;
  filled_ = std::fread(window_.data(), 1, window_.size(), file_.get());
  read_to_ += filled_;
  if (filled_ == 0 && std::ferror(file_.get()) != 0) {
    return core::fail(core::Errc::io, name_ + ": offset " + std::to_string(read_to_) + ": cannot read");
  }
  return filled_ > 0;
}

core::Result<std::string> GzipStream::read_at(std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET);
  bytes.resize(std::fread(bytes.data(), 1, size, file_.get()));
  if (bytes.empty() && std::ferror(file_.get()) != 0) {
    return core::fail(core::Errc::io, name_ + ": offset " + std::to_string(offset) + ": cannot read");
  }
  return bytes;
}

core::Result<std::size_t> GzipStream::read(std::span<char> out) {
  if (state_ != State::inside || out.empty()) return 0;
  if (deferred_) {
    state_ = State::ended;
    return tl::unexpected(*std::exchange(deferred_, std::nullopt));
  }
  if (compressed_) return inflate_some(out);
  if (used_ == filled_) {
    const auto more = refill();
    if (!more) return tl::unexpected(more.error());
    if (!*more) {
      state_ = State::ended;
      return 0;
    }
  }
  const std::size_t taken = std::min(out.size(), filled_ - used_);
  std::memcpy(out.data(), window_.data() + used_, taken);
  used_ += taken;
  return taken;
}

core::Result<std::size_t> GzipStream::inflate_some(std::span<char> out) {
  z_stream& z = *inflate_;
  const auto wanted = static_cast<uInt>(std::min<std::size_t>(out.size(), 1u << 30));
  z.next_out = bytes_of(out.data());
  z.avail_out = wanted;
  while (z.avail_out == wanted) {
    if (used_ == filled_) {
      const auto more = refill();
      if (!more) return tl::unexpected(more.error());
      if (!*more) return break_off("gzip member is cut off by the end of the file");
    }
    z.next_in = bytes_of(window_.data() + used_);
    z.avail_in = static_cast<uInt>(filled_ - used_);
    const int outcome = zlib().inflate(&z, Z_NO_FLUSH);
    used_ = filled_ - z.avail_in;
    if (outcome == Z_STREAM_END) {
      state_ = State::between;
      break;
    }
    if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
      auto broken = break_off(std::string("damaged gzip member: ") + (z.msg != nullptr ? z.msg : "unknown cause"));
      if (z.avail_out == wanted) return broken;
      // What was decoded before the damage tells whose record it is: give it first.
      deferred_ = std::move(broken.value());
      state_ = State::inside;
    }
  }
  return wanted - z.avail_out;
}

tl::unexpected<core::Error> GzipStream::break_off(const std::string& what) {
  state_ = State::ended;
  return core::fail(core::Errc::bad_warc, place() + what);
}

core::Result<bool> GzipStream::next_member() {
  if (!compressed_ || state_ == State::ended) return false;
  while (true) {
    if (used_ == filled_) {
      const auto more = refill();
      if (!more) return tl::unexpected(more.error());
      if (!*more) {
        state_ = State::ended;
        return false;
      }
    }
    if (window_[used_] != '\0') break;
    ++used_;  // tapes and block devices pad with zeros
  }
  member_offset_ = position();
  if (window_[used_] != gzip_magic[0]) return break_off("no gzip member where one should begin");
  zlib().inflate_reset(inflate_.get());
  state_ = State::inside;
  return true;
}

bool GzipStream::inflates_to(std::string_view stored, std::string_view prefix) {
  if (!trial_) trial_.reset(new_inflate());
  if (!trial_ || zlib().inflate_reset(trial_.get()) != Z_OK) return false;
  std::array<char, 16> first{};
  trial_->next_in = bytes_of(stored.data());
  trial_->avail_in = static_cast<uInt>(stored.size());
  trial_->next_out = bytes_of(first.data());
  trial_->avail_out = static_cast<uInt>(first.size());
  const int outcome = zlib().inflate(trial_.get(), Z_SYNC_FLUSH);
  if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR) return false;
  return std::string_view(first.data(), first.size() - trial_->avail_out).starts_with(prefix);
}

core::Result<bool> GzipStream::resync(std::uint64_t from, std::string_view prefix) {
  // One byte before each step tells whether a plain line begins at the step's first byte.
  for (std::uint64_t at = from; at < size_; at += search_step) {
    const std::uint64_t start = at > 0 ? at - 1 : 0;
    const auto block = read_at(start, search_step + search_overlap + (at - start));
    if (!block) return tl::unexpected(block.error());
    const std::string_view view = *block;
    const std::string_view wanted = compressed_ ? gzip_magic : prefix;
    for (std::size_t hit = view.find(wanted, at - start); hit != std::string_view::npos;
         hit = view.find(wanted, hit + 1)) {
      if (hit >= search_step + (at - start)) break;  // the next step's
      const bool begins = compressed_ ? inflates_to(view.substr(hit, search_overlap), prefix)
                                      : start + hit == 0 || is_line_start(view, hit);
      if (!begins) continue;
      start_at(start + hit);
      if (!compressed_) state_ = State::inside;
      return true;
    }
  }
  start_at(size_);
  state_ = State::ended;
  return false;
}

}  // namespace waydiff::crawler
