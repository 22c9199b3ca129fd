#pragma once

#include <string_view>
#include <vector>

namespace waydiff::core {

/// How an archive's index speaks. Source: field guide section 9.1.
enum class IndexDialect {
  classic,       ///< CDX: rows of arrays under a row of names, `fl`, resume keys
  pywb,          ///< one JSON object a line, or CDXJ lines; `fields`, no resume keys
  timemap,       ///< RFC 7089, application/link-format: addresses and times, nothing else
  common_crawl,  ///< a list of crawls, each with a pywb index that names places in WARC files
  files,         ///< WARC files on this machine
};

/// What of a row filter an index understands. Source: field guide sections 3.2 and 9.1.
enum class FilterStyle {
  regex,    ///< "[!]field:regex", over the whole value or its beginning
  pywb,     ///< "[!][=|~]field:text": contains, equals, regex
  literal,  ///< as pywb, but plain texts only: regexes are not understood or bring the server down
  none,
};

/// What playback does when it does not give out the capture that was asked for.
enum class ReplayPolicy {
  strict,   ///< says so: a redirect to the nearest one
  nearest,  ///< sends the nearest one as if it were the one; Content-Location and Memento-Datetime tell
  record,   ///< none of it: bodies are cut out of WARC files by their place
};

/// What all archives of one kind have in common, and defaults that are safe for them. A row of one table.
struct ArchiveProfile {
  std::string_view name{};  ///< as in the configuration: "wayback"
  IndexDialect dialect = IndexDialect::classic;
  FilterStyle filters = FilterStyle::regex;
  ReplayPolicy replay = ReplayPolicy::strict;
  bool resume_keys = true;      ///< false: histories over `page_rows` are asked for by windows of time
  bool none_is_404 = false;     ///< 404 with a message means that there are no captures
  int page_rows = 10000;        ///< rows asked for at once; below every cap that a server is known to have
  std::string_view index{};     ///< empty: must be configured
  std::string_view playback{};  ///< likewise
  int index_per_minute = 24;    ///< what the operators ask for, less a margin. Source: field guide sections 7.1, 9.2
  int playback_per_minute = 480;
  int connections = 4;
};

/// All profiles, in the order in which they are documented.
[[nodiscard]] const std::vector<ArchiveProfile>& archive_profiles();

/// The profile of a name; nullptr when there is none.
[[nodiscard]] const ArchiveProfile* find_profile(std::string_view name);

}  // namespace waydiff::core
