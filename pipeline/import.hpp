#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/timestamp.hpp"
#include "pipeline/observer.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// A file that holds a document as it was at a time.
struct DatedFile {
  std::string name;    ///< below the folder that is imported, parted by "/"
  std::string digits;  ///< 14 of them
  core::Timestamp time;
  std::string content_type;
};

/// The files of one document, by time.
struct DatedFolder {
  std::string site;  ///< the folder above: whose it is
  std::string kind;  ///< the folder's own name: what it is
  std::string name;  ///< "SITE/KIND", or more where it lies deeper below the folder that is imported
  std::vector<DatedFile> files;
};

/// What is to be read of the names below `root`, "SITE/KIND/20180525103000.md": 8 to 14 digits, then .md, .markdown,
/// .txt, .html, .htm or .pdf. `others` counts files that are called otherwise. Pure.
struct Layout {
  std::vector<DatedFolder> folders;  ///< by name
  std::size_t others = 0;
};
[[nodiscard]] Layout layout_of(const std::filesystem::path& root, std::span<const std::string> names);

struct ImportOptions {
  std::string site;  ///< empty: as the folders say
  std::string kind;
};

struct Imported {
  std::vector<storage::Id> targets;
  std::size_t files = 0;       ///< that were found
  std::size_t added = 0;       ///< of these, not in the store before
  std::size_t unreadable = 0;  ///< of these; each was named
  std::size_t others = 0;      ///< files that are called otherwise
  bool interrupted = false;
};

/// Puts the dated files below `root` into the store as captures of an archive called "folder": what is there already
/// stays as it is. A document's address is "folder:" and its name. A file that cannot be read is named and
/// left out. Fails with not_found when there is no such folder, or no such file in it.
[[nodiscard]] core::Result<Imported> import_folder(storage::Store& store, Observer& observer,
                                                   const std::filesystem::path& root, const ImportOptions& options);

}  // namespace waydiff::pipeline
