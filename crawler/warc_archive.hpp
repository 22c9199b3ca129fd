#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "crawler/archive.hpp"

namespace waydiff::crawler {

struct WarcSettings {
  std::string name;                          ///< as in the configuration: "local"
  std::vector<std::filesystem::path> files;  ///< .warc, .warc.gz, and .cdxj indexes beside them
  std::size_t max_body = 64u << 20;          ///< bytes of a decoded body
  std::size_t max_ratio = 200;               ///< decoded to stored bytes, above the first MiB
};

/// An archive made of WARC files on disk. The files are scanned on the first call of list(), as a stream; what cannot
/// be read is named in every Listing's warnings and the rest goes on. Rows of a .cdxj whose record is in none of the
/// files are listed and play as unplayable. play() reads one record, by its offset.
[[nodiscard]] std::unique_ptr<Archive> open_warc_archive(WarcSettings settings);

}  // namespace waydiff::crawler
