#include "core/archive_profile.hpp"

namespace waydiff::core {

const std::vector<ArchiveProfile>& archive_profiles() {
  static const std::vector<ArchiveProfile> table = {
      {.name = "wayback", .index = "https://web.archive.org/cdx/search/cdx", .playback = "https://web.archive.org/web"},
      {.name = "pywb",
       .dialect = IndexDialect::pywb,
       .filters = FilterStyle::pywb,
       .replay = ReplayPolicy::nearest,
       .resume_keys = false,
       .none_is_404 = true,
       // No limits are published for these; a library's server is a small one.
       .playback_per_minute = 120,
       .connections = 2},
      // Over 250 (index) or 400 (playback) a minute its block is permanent.
      {.name = "arquivo",
       .dialect = IndexDialect::pywb,
       .filters = FilterStyle::literal,
       .replay = ReplayPolicy::nearest,
       .resume_keys = false,
       .none_is_404 = true,
       .index = "https://arquivo.pt/wayback/cdx",
       .playback = "https://arquivo.pt/noFrame/replay",
       .index_per_minute = 200,
       .playback_per_minute = 320,
       .connections = 2},
      // One request at a time, a second apart for indexes and 0.55 s for data.
      {.name = "commoncrawl",
       .dialect = IndexDialect::common_crawl,
       .filters = FilterStyle::literal,
       .replay = ReplayPolicy::record,
       .resume_keys = false,
       .none_is_404 = true,
       .index = "https://index.commoncrawl.org/collinfo.json",
       .playback = "https://data.commoncrawl.org",
       .index_per_minute = 60,
       .playback_per_minute = 100,
       .connections = 1},
      {.name = "timemap",
       .dialect = IndexDialect::timemap,
       .filters = FilterStyle::none,
       .replay = ReplayPolicy::nearest,
       .resume_keys = false,
       .none_is_404 = true,
       .playback_per_minute = 120,
       .connections = 2},
      {.name = "warc",
       .dialect = IndexDialect::files,
       .filters = FilterStyle::none,
       .replay = ReplayPolicy::record,
       .resume_keys = false,
       .connections = 1},
  };
  return table;
}

const ArchiveProfile* find_profile(std::string_view name) {
  for (const ArchiveProfile& profile : archive_profiles()) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

}  // namespace waydiff::core
