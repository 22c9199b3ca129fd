#include "pipeline/sources.hpp"

#include <algorithm>

#include "core/archive_profile.hpp"
#include "crawler/http_archive.hpp"
#include "crawler/warc_archive.hpp"
#include "pipeline/shared_pace.hpp"

#ifndef WAYDIFF_VERSION
#define WAYDIFF_VERSION "0"
#endif

namespace waydiff::pipeline {
namespace {

crawler::HttpSettings http_settings(const config::ArchiveConfig& from, const std::string& contact) {
  crawler::HttpSettings out;
  out.name = from.name;
  if (const core::ArchiveProfile* const profile = core::find_profile(from.profile)) {
    out.profile = *profile;
    out.page_rows = profile->page_rows;
  }
  out.index = from.index;
  out.playback = from.playback;
  out.user_agent = std::string("waydiff/") + WAYDIFF_VERSION + (contact.empty() ? "" : " (+" + contact + ")");
  out.index_per_minute = from.index_per_minute;
  out.playback_per_minute = from.playback_per_minute;
  out.connections = from.connections;
  out.attempts = from.attempts;
  out.pause = std::chrono::seconds(from.pause_seconds);
  out.patience = std::chrono::seconds(from.patience_seconds);
  out.stall_timeout = std::chrono::seconds(from.stall_seconds);
  // A pause of a minute suits a public archive; one that allows shorter ones is served with shorter waits as well.
  out.backoff = std::min<std::chrono::milliseconds>(out.backoff, out.pause / 30);
  out.max_body = static_cast<std::size_t>(from.max_body_mib) << 20;
  return out;
}

bool used(const config::Config& config, const std::string& archive) {
  return std::any_of(config.targets.begin(), config.targets.end(), [&](const config::TargetConfig& target) {
    return std::find(target.archives.begin(), target.archives.end(), archive) != target.archives.end();
  });
}

}  // namespace

core::Result<std::vector<Source>> open_sources(boost::asio::io_context& io, const config::Config& config,
                                               storage::Store& store, Observer& observer) {
  std::vector<Source> sources;
  std::shared_ptr<crawler::PaceKeeper> pace;
  for (const config::ArchiveConfig& archive : config.archives) {
    if (!used(config, archive.name)) continue;
    Source source;
    source.config = archive;
    const auto id = store.put_archive({0, archive.name, archive.profile, archive.index, archive.playback, {}});
    if (!id) return tl::unexpected(id.error());
    source.id = *id;
    if (archive.local()) {
      crawler::WarcSettings settings;
      settings.name = archive.name;
      settings.files = archive.files;
      settings.max_body = static_cast<std::size_t>(archive.max_body_mib) << 20;
      source.archive = crawler::open_warc_archive(std::move(settings));
    } else {
      crawler::HttpSettings settings = http_settings(archive, config.contact);
      if (!pace) {
        pace = open_shared_pace(host_state_file(config, process_environment),
                                [&observer](const std::string& text) { observer.warning(text); });
      }
      settings.pace = pace;
      const auto rows = store.archives();
      if (!rows) return tl::unexpected(rows.error());
      for (const storage::ArchiveRow& row : *rows) {
        if (row.id == source.id && row.not_before && *row.not_before > std::chrono::system_clock::now()) {
          settings.not_before = row.not_before;
        }
      }
      source.archive = crawler::open_http_archive(io, std::move(settings),
                                                  [&observer](const std::string& text) { observer.detail(text); });
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace waydiff::pipeline
