#include "config/config.hpp"

#include <glob.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "config/table.hpp"
#include "core/archive_profile.hpp"
#include "core/page_link.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"

namespace waydiff::config {
namespace {

using core::Errc;
using core::fail;

/// The files a pattern matches, sorted; the pattern itself when there are none, so that reading it says so.
void expand(const std::filesystem::path& pattern, std::vector<std::filesystem::path>& files) {
  glob_t found{};
  if (::glob(pattern.c_str(), 0, nullptr, &found) == 0) {
    for (std::size_t at = 0; at < found.gl_pathc; ++at) files.emplace_back(found.gl_pathv[at]);
  } else {
    files.push_back(pattern);
  }
  ::globfree(&found);
}

std::string profile_names() {
  std::string names;
  for (const core::ArchiveProfile& profile : core::archive_profiles()) {
    names += (names.empty() ? "\"" : ", \"") + std::string(profile.name) + "\"";
  }
  return names;
}

struct Reader {
  std::string file;
  std::filesystem::path folder;

  [[nodiscard]] std::filesystem::path anchored(const std::string& path) const {
    return (folder / path).lexically_normal();
  }

  core::Result<ArchiveConfig> archive(const toml::table& table, const std::string& name) const {
    ArchiveConfig out;
    out.name = name;
    Table read(table, file, "archive." + name);
    read.text("profile", out.profile);
    if (const core::ArchiveProfile* const profile = core::find_profile(out.profile)) {
      out.index = profile->index;
      out.playback = profile->playback;
      out.index_per_minute = profile->index_per_minute;
      out.playback_per_minute = profile->playback_per_minute;
      out.connections = profile->connections;
    } else {
      read.problem("profile", "\"" + out.profile + "\" is not known; there are " + profile_names());
    }
    if (out.local()) {
      out.index.clear();
      out.playback.clear();
      std::vector<std::string> patterns;
      read.texts("files", patterns);
      if (patterns.empty())
        read.problem("files", "the WARC files of the archive were expected: files = [\"*.warc.gz\"]");
      for (const std::string& pattern : patterns) expand(anchored(pattern), out.files);
    } else {
      read.text("index", out.index);
      read.text("playback", out.playback);
      for (const auto& [key, value] : {std::pair{"index", out.index}, std::pair{"playback", out.playback}}) {
        if (value.empty())
          read.problem(key, "needed: archives of profile \"" + out.profile + "\" have no address in common");
        if (const auto url = core::Url::parse(value); !url) read.problem(key, url.error().detail);
      }
      read.number("index_per_minute", out.index_per_minute, 1, 6000);
      read.number("playback_per_minute", out.playback_per_minute, 1, 6000000);
      read.number("connections", out.connections, 1, 16);
      read.number("attempts", out.attempts, 1, 20);
      read.number("pause_seconds", out.pause_seconds, 1, 86400);
      read.number("patience_seconds", out.patience_seconds, 0, 86400);
      read.number("stall_seconds", out.stall_seconds, 1, 3600);
      read.number("relist_hours", out.relist_hours, 0, 8760);
      read.number("reread_days", out.reread_days, 0, 3650);
      read.number("relist_full_days", out.relist_full_days, 1, 36500);
    }
    read.number("max_body_mib", out.max_body_mib, 1, 1024);
    if (const auto problem = read.finish()) return tl::unexpected(*problem);
    return out;
  }

  /// Two or three small letters, and what may follow them: "de", "zh-Hant".
  static bool is_language(std::string_view text) {
    const std::size_t size = std::min(text.find('-'), text.size());
    return (size == 2 || size == 3) && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size),
                                                   [](char c) { return c >= 'a' && c <= 'z'; });
  }

  /// The keys that [defaults] and [[target]] share.
  static void shared_keys(Table& read, TargetConfig& target) {
    read.text("site", target.site);
    read.text("kind", target.kind);
    if (target.kind == core::home_page_kind) {
      read.problem(
          "kind", "\"home page\" is what the pages on which documents are looked for are called; another was expected");
    }
    read.text("language", target.language);
    if (!target.language.empty() && !is_language(target.language)) {
      read.problem("language", "a language such as \"de\" was expected, not \"" + target.language + "\"");
    }
    read.texts("archives", target.archives);
    read.text("from", target.from);
    read.text("to", target.to);
    if (const auto from = core::Timestamp::parse_from(target.from); !from) {
      read.problem("from",
                   "4 to 14 digits of a date were expected (\"2000\", \"20040131\"), not \"" + target.from + "\"");
    }
    if (!target.to.empty() && !core::Timestamp::parse_to(target.to)) {
      read.problem("to", "4 to 14 digits of a date were expected (\"2000\", \"20040131\"), not \"" + target.to + "\"");
    }
    std::string every = target.every.text();
    read.text("every", every);
    if (const auto parsed = Every::parse(every)) {
      target.every = *parsed;
    } else {
      read.problem("every", parsed.error().detail);
    }
  }

  /// Without an address there must be a site on whose home pages it can be found.
  static void require_site(Table& read, const std::string& site) {
    if (site.empty()) {
      read.problem("url", "the address of the document was expected, or `site`, to find it from the site's home pages");
    } else if (const auto home = core::Url::parse(site); !home) {
      read.problem("site",
                   home.error().detail + "; without a `url` it must be the site's address, such as \"example.com\"");
    }
  }

  core::Result<TargetConfig> target(const toml::table& table, std::size_t number, const TargetConfig& defaults,
                                    const std::vector<ArchiveConfig>& archives) const {
    TargetConfig out = defaults;
    Table read(table, file, "target[" + std::to_string(number) + "]");
    read.text("url", out.url);
    const auto url = core::Url::parse(out.url);
    if (url && out.site.empty()) out.site = url->site();
    if (!url && !out.url.empty()) read.problem("url", url.error().detail);
    read.texts("aliases", out.aliases);
    for (const std::string& alias : out.aliases) {
      if (const auto address = core::Url::parse(alias); !address) read.problem("aliases", address.error().detail);
    }
    shared_keys(read, out);
    if (out.url.empty()) require_site(read, out.site);
    if (out.archives.empty()) {
      for (const ArchiveConfig& archive : archives) out.archives.push_back(archive.name);
    }
    for (const std::string& name : out.archives) {
      const bool known = std::any_of(archives.begin(), archives.end(), [&](const auto& a) { return a.name == name; });
      if (!known)
        read.problem("archives", "no archive is called \"" + name + "\"; there should be an [archive." + name + "]");
    }
    if (const auto problem = read.finish()) return tl::unexpected(*problem);
    return out;
  }
};

}  // namespace

core::Result<Config> parse(const std::string& text, const std::filesystem::path& file) {
  const toml::parse_result parsed = toml::parse(std::string_view(text), file.string());
  if (!parsed) {
    return fail(Errc::bad_config, file.string() + ":" + std::to_string(parsed.error().source().begin.line) + ": " +
                                      std::string(parsed.error().description()));
  }
  const Reader reader{file.string(), file.parent_path()};
  Config out;
  out.file = file;
  Table root(parsed.table(), file.string(), "");
  std::string db = out.db.string();
  std::string report;
  std::string host_state;
  root.text("db", db);
  root.text("contact", out.contact);
  root.text("report", report);
  root.text("host_state", host_state);
  root.number("max_requests", out.max_requests, 0, 100000000);
  root.number("max_minutes", out.max_minutes, 0, 1000000);
  out.db = reader.anchored(db);
  if (!report.empty()) out.report = reader.anchored(report);
  if (!host_state.empty()) out.host_state = reader.anchored(host_state);

  const auto expected = [&](std::string_view key, const char* what) { root.problem(key, what); };
  if (const toml::node* const node = root.node("archive")) {
    if (const toml::table* const archives = node->as_table()) {
      for (const auto& [name, value] : *archives) {
        const toml::table* const table = value.as_table();
        if (!table) {
          expected("archive", "a table was expected: [archive.NAME]");
          break;
        }
        auto archive = reader.archive(*table, std::string(name.str()));
        if (!archive) return tl::unexpected(archive.error());
        out.archives.push_back(std::move(*archive));
      }
    } else {
      expected("archive", "a table was expected: [archive.NAME]");
    }
  }
  if (out.archives.empty())
    out.archives.push_back([] {
      ArchiveConfig wayback;
      wayback.name = "wayback";
      return wayback;
    }());

  TargetConfig defaults;
  if (const toml::node* const node = root.node("defaults")) {
    if (const toml::table* const table = node->as_table()) {
      Table read(*table, file.string(), "defaults");
      Reader::shared_keys(read, defaults);
      if (const auto problem = read.finish()) return tl::unexpected(*problem);
    } else {
      expected("defaults", "a table was expected: [defaults]");
    }
  }
  if (const toml::node* const node = root.node("target")) {
    if (const toml::array* const array = node->as_array(); array && array->is_array_of_tables()) {
      for (const toml::node& element : *array) {
        auto target = reader.target(*element.as_table(), out.targets.size() + 1, defaults, out.archives);
        if (!target) return tl::unexpected(target.error());
        out.targets.push_back(std::move(*target));
      }
    } else {
      expected("target", "an array of tables was expected: [[target]]");
    }
  }
  if (const auto problem = root.finish()) return tl::unexpected(*problem);
  return out;
}

core::Result<Config> load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) {
    return fail(Errc::not_found, file.string() + ": there is no such configuration file");
  }
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return parse(text, file);
}

core::Result<void> require_contact(const Config& config) {
  if (!config.contact.empty()) return {};
  for (const ArchiveConfig& archive : config.archives) {
    if (archive.local()) continue;
    const auto url = core::Url::parse(archive.index);
    const std::string host = url ? url->host() : std::string();
    if (host == "localhost" || host.starts_with("127.") || host == "[::1]") continue;
    const std::string how =
        config.file.empty()
            ? "please add: --contact mailto:you@example.org"
            : config.file.string() + ": contact: please add the line contact = \"mailto:you@example.org\"";
    return fail(Errc::bad_config,
                how + ", with an address of yours. The operators of \"" + archive.name + "\" (" + host +
                    ") want to know whom to write to before they block anyone; it is sent to archives "
                    "with each request, and nowhere else");
  }
  return {};
}

}  // namespace waydiff::config
