#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "storage/sqlite_handle.hpp"
#include "storage/store.hpp"

namespace waydiff::storage {

/// A folder that is gone after the test.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "waydiff-storage-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(folder_, ignored);
  }
  [[nodiscard]] std::filesystem::path file(const std::string& name = "policies.db") const { return folder_ / name; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// The value of a Result that must not have failed.
template <class T>
T got(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}
inline void done(const core::Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().detail);
}

inline Store open(const Scratch& scratch, Mode mode = Mode::write) {
  return got(Store::open(scratch.file(), mode));
}

/// What somebody else with SQLite at hand does to a file.
inline void meddle(const std::filesystem::path& file, const std::string& sql) {
  auto connection = got(Connection::open(file, Access::create));
  done(connection.script(sql));
}

/// Rows of a SELECT as "a|b|c", NULL as "-".
inline std::vector<std::string> select(const std::filesystem::path& file, const std::string& columns,
                                       const std::string& rest) {
  auto connection = got(Connection::open(file, Access::read_only));
  std::string joined, column;
  int depth = 0;
  const auto add = [&] {
    joined += (joined.empty() ? "" : " || '|' || ") + ("coalesce(" + column + ", '-')");
    column.clear();
  };
  for (const char c : columns) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth == 0) {
      add();
    } else {
      column += c;
    }
  }
  add();
  return got(connection.rows("SELECT " + joined + " " + rest, [](Statement& row) {
    std::string line;
    row.read(line);
    return line;
  }));
}

inline core::Timestamp at(std::string_view digits) {
  return got(core::Timestamp::parse(digits));
}

inline core::Capture captured(std::string_view digits, std::string digest = "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH",
                              std::string original = "https://example.com/privacy") {
  core::Capture capture;
  capture.urlkey = core::url_key(original);
  capture.raw_timestamp = digits;
  capture.timestamp = at(digits);
  capture.original = std::move(original);
  capture.mime = "text/html";
  capture.status = 200;
  capture.digest = std::move(digest);
  capture.length = 1000;
  return capture;
}

inline Id example_target(Store& store, std::string url = "https://example.com/privacy") {
  Target target;
  target.url = std::move(url);
  target.urlkey = core::url_key(target.url);
  target.site = "example.com";
  target.kind = "privacy policy";
  return got(store.put_target(target));
}

inline Id wayback(Store& store) {
  ArchiveRow archive;
  archive.name = "wayback";
  archive.profile = "wayback";
  archive.index = "https://archive.test/cdx";
  archive.playback = "https://archive.test/web/";
  return got(store.put_archive(archive));
}

/// Lists captures without anything dropped; how many were new.
inline std::size_t list(Store& store, Id target, Id archive, const std::vector<core::Capture>& captures) {
  ListingRow listing;
  listing.target = target;
  listing.archive = archive;
  listing.query = "https://example.com/privacy";
  listing.listed_at = at("20240101000000").time();
  listing.complete = true;
  listing.pages = 1;
  listing.rows = captures.size();
  return got(store.put_listing(listing, captures));
}

inline Id put_text(Store& store, const std::string& document, const std::string& title) {
  TextRow text;
  text.document = document;
  text.state_key = "key of " + document;
  text.clauses = 3;
  text.title = title;
  text.language = "en";
  return got(store.put_text(text));
}

}  // namespace waydiff::storage
