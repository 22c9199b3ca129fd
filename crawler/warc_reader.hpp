#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "crawler/gzip_stream.hpp"
#include "crawler/http_message.hpp"

namespace waydiff::crawler {

/// The head of one WARC record. Source: WARC 1.1, section 4; field guide section 10.
struct WarcRecord {
  HeaderFields fields;
  std::uint64_t length = 0;  ///< bytes of its block
  std::uint64_t offset = 0;  ///< of the record in a plain file, of its member in a gzip one
  std::uint64_t skip = 0;    ///< decoded bytes of the member before it: 0 but in files with several records a member

  [[nodiscard]] std::string_view field(std::string_view name) const { return fields.first(name); }
  [[nodiscard]] std::string_view type() const { return field("WARC-Type"); }
  [[nodiscard]] std::string target() const;  ///< WARC-Target-URI without the <> that Wget put around it
};

/// Reads the records of one file in their order; memory does not grow with the file or its records.
///   next(), then read() as much of the block as wanted, then finish(); after a failure recover(), then next().
class WarcReader {
 public:
  [[nodiscard]] static core::Result<WarcReader> open(const std::filesystem::path& file, std::uint64_t offset = 0,
                                                     std::uint64_t skip = 0);

  /// Over bytes in memory; `name` stands for them in messages.
  [[nodiscard]] static core::Result<WarcReader> open_bytes(const std::string& name, std::string bytes);

  /// Empty at the end of the file. Every message names file and offset.
  [[nodiscard]] core::Result<std::optional<WarcRecord>> next();

  /// Up to out.size() bytes of the block; 0 at its end.
  [[nodiscard]] core::Result<std::size_t> read(std::span<char> out);

  /// Up to `limit` bytes of what is left of the block.
  [[nodiscard]] core::Result<std::string> read_up_to(std::size_t limit);

  /// Passes over the rest of the block and checks that the record ends where its length says. Returns the bytes it
  /// takes in the file; empty when it shares its gzip member with others.
  [[nodiscard]] core::Result<std::optional<std::uint64_t>> finish();

  /// After a failure: stands at the next place where a record begins. False when there is none.
  [[nodiscard]] core::Result<bool> recover();

  [[nodiscard]] const GzipStream& stream() const noexcept { return stream_; }

 private:
  explicit WarcReader(const std::filesystem::path& file, GzipStream stream);
  [[nodiscard]] core::Result<bool> ensure(std::size_t bytes);  ///< false: the member ends before
  [[nodiscard]] core::Result<bool> skip_newlines(std::string& passed);
  [[nodiscard]] core::Result<void> skip_bytes(std::uint64_t count);
  [[nodiscard]] core::Result<WarcRecord> read_head();
  [[nodiscard]] std::uint64_t place_in_member() const noexcept { return decoded_ - (end_ - at_); }
  [[nodiscard]] std::string place() const;
  [[nodiscard]] const char* ends_early() const;

  std::string name_;
  GzipStream stream_;
  std::string buffer_;  ///< decoded bytes read ahead
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::uint64_t decoded_ = 0;  ///< bytes of the member decoded so far; in a plain file the offset read to
  std::uint64_t block_left_ = 0;
  std::uint64_t record_offset_ = 0;
  std::uint64_t record_skip_ = 0;
  std::uint64_t recover_from_ = 0;
  std::uint64_t searched_ = 0;  ///< bytes gone over again by recover()
};

}  // namespace waydiff::crawler
