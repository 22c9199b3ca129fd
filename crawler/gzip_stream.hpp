#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace waydiff::crawler {

/// A file read as a stream of members: gzip members one after another, each decoded, or the whole of a plain file
/// as one member. Keeps a fixed window in memory whatever the file's size.
class GzipStream {
 public:
  /// Stands at `offset`, which must be a member's start. The file's first bytes tell gzip from plain; a first byte
  /// that is neither leaves it to the name's ending. Fails with io.
  [[nodiscard]] static core::Result<GzipStream> open(const std::filesystem::path& file, std::uint64_t offset = 0);

  /// The same over bytes in memory; `name` stands for them in messages.
  [[nodiscard]] static core::Result<GzipStream> open_bytes(std::string name, std::string bytes);

  /// Up to out.size() decoded bytes, at least one; 0 at the member's end. Fails with bad_warc in a damaged member
  /// and with io.
  [[nodiscard]] core::Result<std::size_t> read(std::span<char> out);

  /// Begins the member after the one that read() came to the end of. False at the end of the file (zeros that pad
  /// it count as its end). Fails with bad_warc when what follows is no gzip member.
  [[nodiscard]] core::Result<bool> next_member();

  /// Moves on to the first place not before `from` at which a gzip member begins that decodes to `prefix`, or, in a
  /// plain file, at which a line begins with `prefix`. False when there is none.
  [[nodiscard]] core::Result<bool> resync(std::uint64_t from, std::string_view prefix);

  /// A plain file only: goes on reading at `offset`.
  void seek(std::uint64_t offset);

  [[nodiscard]] bool compressed() const noexcept { return compressed_; }
  [[nodiscard]] std::uint64_t member_offset() const noexcept { return member_offset_; }
  [[nodiscard]] std::uint64_t position() const noexcept;  ///< of the next stored byte
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  struct EndInflate {
    void operator()(z_stream* stream) const noexcept;
  };
  enum class State { between, inside, ended };

  GzipStream() = default;
  [[nodiscard]] core::Result<void> begin(std::string_view ending, std::uint64_t offset);
  [[nodiscard]] core::Result<bool> refill();  ///< false at the end of the file
  [[nodiscard]] core::Result<std::size_t> inflate_some(std::span<char> out);
  tl::unexpected<core::Error> break_off(const std::string& what);
  [[nodiscard]] bool inflates_to(std::string_view stored, std::string_view prefix);
  [[nodiscard]] core::Result<std::string> read_at(std::uint64_t offset, std::size_t size);
  void start_at(std::uint64_t offset);
  [[nodiscard]] std::string place() const;

  std::string name_;
  std::unique_ptr<const std::string> bytes_;  ///< what file_ reads, if that is memory
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::unique_ptr<z_stream, EndInflate> inflate_;
  std::unique_ptr<z_stream, EndInflate> trial_;  ///< made by the first resync()
  std::optional<core::Error> deferred_;          ///< met after bytes that were still to be given
  std::string window_;                           ///< stored bytes read ahead
  std::size_t used_ = 0;                         ///< of window_
  std::size_t filled_ = 0;                       ///< of window_
  std::uint64_t read_to_ = 0;                    ///< file offset of the window's end
  std::uint64_t member_offset_ = 0;
  std::uint64_t size_ = 0;
  bool compressed_ = false;
  State state_ = State::between;
};

}  // namespace waydiff::crawler
