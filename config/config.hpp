#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/every.hpp"
#include "core/error.hpp"

namespace waydiff::config {

/// How to speak to one archive. Defaults of the numbers come from the profile; docs/configuration.md lists them.
struct ArchiveConfig {
  std::string name;
  std::string profile = "wayback";  ///< a name of core::archive_profiles(), which sets the next five
  std::string index = "https://web.archive.org/cdx/search/cdx";
  std::string playback = "https://web.archive.org/web";
  int index_per_minute = 24;                 ///< 1 to 6000
  int playback_per_minute = 480;             ///< 1 to 6000000
  int connections = 4;                       ///< 1 to 16
  int attempts = 5;                          ///< of one request, 1 to 20
  int pause_seconds = 60;                    ///< least pause after a 429, 1 to 86400
  int patience_seconds = 900;                ///< longer pauses end the run instead (exit status 4), 0 to 86400
  int stall_seconds = 120;                   ///< less than a byte a second for so long ends a request, 1 to 3600
  int relist_hours = 20;                     ///< a complete listing younger than this is not asked for again, 0 to 8760
  int reread_days = 14;                      ///< later listings begin so long before the last one ended, 0 to 3650
  int relist_full_days = 180;                ///< after so long all is listed again, 1 to 36500
  int max_body_mib = 64;                     ///< decoded bodies over it are refused, 1 to 1024
  std::vector<std::filesystem::path> files;  ///< profile warc: .warc, .warc.gz, .cdxj; patterns expanded

  [[nodiscard]] bool local() const { return profile == "warc"; }
};

/// One document to follow.
struct TargetConfig {
  std::string url;                   ///< empty: found from the archived home pages of `site`
  std::string site;                  ///< default: the host without www.
  std::vector<std::string> aliases;  ///< further addresses of the document, earlier or later ones
  std::string kind = "privacy policy";
  std::vector<std::string> archives;  ///< names; default: every archive configured
  std::string from = "2000";          ///< 4 to 14 digits
  std::string to;                     ///< likewise, empty: now
  Every every;
  std::string language;  ///< "de": captures in another are quarantined; empty: the one that most are in
};

struct Config {
  std::filesystem::path file;  ///< where it was read from; empty for built ones
  std::filesystem::path db = "waydiff.db";
  std::string contact;                          ///< "mailto:you@example.org"
  std::optional<std::filesystem::path> report;  ///< folder
  std::filesystem::path host_state;             ///< where runs share the archives' pace; empty: under XDG_STATE_HOME
  int max_requests = 0;                         ///< of one run, to all archives over HTTP; 0: no limit
  int max_minutes = 0;                          ///< of one run's crawling; 0: no limit
  std::vector<ArchiveConfig> archives;
  std::vector<TargetConfig> targets;
};

/// Reads a configuration. Relative paths start at the file. Fails with bad_config and a message of the form
/// "FILE:LINE: KEY: what was expected", for syntax errors, unknown keys, wrong types, values out of range and
/// targets that name an archive nobody configured; not_found when there is no such file.
[[nodiscard]] core::Result<Config> load(const std::filesystem::path& file);

/// The same from text; `file` names it in messages and anchors relative paths. No file is read but patterns in
/// `files` are expanded.
[[nodiscard]] core::Result<Config> parse(const std::string& text, const std::filesystem::path& file);

/// Fails with bad_config when an archive over the network that is not on this machine is used without a contact.
[[nodiscard]] core::Result<void> require_contact(const Config& config);

}  // namespace waydiff::config
