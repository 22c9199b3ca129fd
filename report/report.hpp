#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "storage/store.hpp"

namespace waydiff::report {

struct Written {
  std::size_t files = 0;    ///< files that the report consists of
  std::size_t changed = 0;  ///< of these, written anew because their bytes differ
};

/// Writes the report of a whole store: `index.html` (targets, latest changes), and per target one self-contained
/// HTML page and one Markdown file; none for home pages, which are kept for their links. Same store, same bytes; files
/// whose bytes would not change are left alone; each is written to a temporary name and renamed. Fails with io.
[[nodiscard]] core::Result<Written> write_report(storage::Store& store, const std::filesystem::path& folder);

/// Address of a capture for people: the playback address of an HTTP archive; "NAME, offset N" of a WARC file, without
/// its folders; "ADDRESS, bytes N-M" where an archive gives parts of files.
[[nodiscard]] std::string snapshot_address(const storage::ArchiveRow& archive, const storage::CaptureRow& row);

/// Site and kind as a file name: "example.com-privacy-policy".
[[nodiscard]] std::string page_name(const storage::Target& target);

}  // namespace waydiff::report
