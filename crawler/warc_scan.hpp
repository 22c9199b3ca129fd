#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/error.hpp"
#include "crawler/warc_archive.hpp"
#include "crawler/warc_cdxj.hpp"
#include "crawler/warc_index.hpp"
#include "crawler/warc_reader.hpp"

namespace waydiff::crawler {

/// Fills an index, a stretch at a time so that its caller can do other things in between.
class WarcScan {
 public:
  explicit WarcScan(WarcSettings settings) : settings_(std::move(settings)) {}

  /// Reads some records. False when all files have been read and the index is ready.
  bool step();
  [[nodiscard]] const WarcIndex& index() const noexcept { return index_; }

 private:
  void open_file();
  void read_records();
  [[nodiscard]] core::Result<bool> read_record();  ///< false at the end of the file
  void take_response(WarcEntry entry, const WarcRecord& record, std::string block);
  [[nodiscard]] core::Result<std::string> read_head_of_block(const WarcRecord& record);
  void note_method(const WarcRecord& record, std::string_view block);
  void add(WarcEntry entry);
  void drop(const std::string& original, const char* reason);
  void read_cdxj(const std::filesystem::path& file);
  void take_cdx_line(const std::filesystem::path& folder, const CdxLine& row);
  void fail(core::Error error);
  void warn(std::string text);
  void finish();

  WarcSettings settings_;
  WarcIndex index_;
  std::size_t next_file_ = 0;
  std::optional<WarcReader> reader_;
  std::string file_;
  bool shared_member_said_ = false;
  std::size_t records_of_file_ = 0;
  std::unordered_set<std::size_t> not_get_;  ///< hashes of the records that go with a request other than GET
  bool done_ = false;
};

}  // namespace waydiff::crawler
