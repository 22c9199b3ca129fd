#include "report/report.hpp"

#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "core/archive_profile.hpp"
#include "core/url.hpp"
#include "report/dossier.hpp"
#include "report/file_writer.hpp"
#include "report/html_report.hpp"
#include "report/markdown_report.hpp"

namespace waydiff::report {
namespace {

constexpr std::size_t longest_name = 120;

/// Letters, digits and dots; every other stretch becomes one "-". Nothing that could lead out of the folder.
std::string slug(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '.' && !out.empty());
    if (plain) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
    if (out.size() == longest_name) break;
  }
  while (out.ends_with('-') || out.ends_with('.')) out.pop_back();
  return out;
}

/// The page name, numbered where two targets of a site have the same kind.
std::string unused_name(const storage::Target& target, std::set<std::string>& used) {
  const std::string name = page_name(target);
  std::string candidate = name;
  for (int i = 2; !used.insert(candidate).second; ++i) candidate = name + "-" + std::to_string(i);
  return candidate;
}

/// What index.html needs of a page: years of pages of a large store would not fit into memory side by side.
PageView for_index(PageView page) {
  page.moments = {};
  page.texts = {};
  page.quarantined = {};
  page.unread = {};
  for (const AlternationView& group : page.alternations) {
    for (std::size_t at = group.first; at <= group.last; ++at) page.transitions[at].substantive = {};
  }
  std::size_t kept = 0;
  for (auto view = page.transitions.rbegin(); view != page.transitions.rend(); ++view) {
    view->structural = {};
    view->editorial = {};
    if (view->substantive.empty()) continue;
    if (++kept > index_latest) view->substantive = {};
  }
  return page;
}

core::Result<void> write(const std::filesystem::path& file, const std::string& bytes, Written& written) {
  const auto changed = write_if_changed(file, bytes);
  if (!changed) return tl::unexpected(changed.error());
  ++written.files;
  if (*changed) ++written.changed;
  return {};
}

}  // namespace

std::string snapshot_address(const storage::ArchiveRow& archive, const storage::CaptureRow& row) {
  const core::Capture& capture = row.capture;
  const bool placed = !capture.file.empty() && capture.offset >= 0;
  const std::string place = std::to_string(capture.offset);
  if (archive.playback.empty()) {
    if (archive.profile == "folder") return capture.file;
    if (!placed) return capture.original + " at " + capture.timestamp.digits();
    // The folders are those of the machine that read it: to others they mean nothing, or too much.
    return std::filesystem::path(capture.file).filename().string() + ", offset " + place;
  }
  // Indexes of archives that play captures back may name files, too; nobody else can reach those.
  const core::ArchiveProfile* const profile = core::find_profile(archive.profile);
  if (placed && profile != nullptr && profile->replay == core::ReplayPolicy::record) {
    const std::string_view slash = archive.playback.ends_with('/') ? "" : "/";
    const std::string last = capture.length ? std::to_string(capture.offset + *capture.length - 1) : "";
    return archive.playback + std::string(slash) + capture.file + ", bytes " + place + "-" + last;
  }
  return core::playback_url(archive.playback, capture.raw_timestamp, capture.original);
}

std::string page_name(const storage::Target& target) {
  const std::string name = slug(target.site + "-" + target.kind);
  return name.empty() || name == "index" ? "target-" + std::to_string(target.id) : name;
}

core::Result<Written> write_report(storage::Store& store, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return core::fail(core::Errc::io, "cannot make report folder " + folder.string() + ": " + error.message());
  }
  const auto targets = store.targets();
  if (!targets) return tl::unexpected(targets.error());
  const auto archives = store.archives();
  if (!archives) return tl::unexpected(archives.error());

  Written written;
  std::set<std::string> used = {"index"};
  std::vector<PageView> pages;
  std::vector<storage::Id> ids;
  for (const storage::Target& target : *targets) {
    if (target.kind == storage::home_page_kind) continue;
    const auto dossier = read_dossier(store, target, *archives);
    if (!dossier) return tl::unexpected(dossier.error());
    PageView page = page_view(*dossier, unused_name(target, used));
    if (auto done = write(folder / (page.file + ".html"), target_html(page), written); !done) {
      return tl::unexpected(done.error());
    }
    if (auto done = write(folder / (page.file + ".md"), target_markdown(page), written); !done) {
      return tl::unexpected(done.error());
    }
    pages.push_back(for_index(std::move(page)));
    ids.push_back(target.id);
  }
  std::map<storage::Id, const PageView*> by_id;
  for (std::size_t at = 0; at < ids.size(); ++at) by_id.emplace(ids[at], &pages[at]);
  const auto spread = spread_views(store, by_id);
  if (!spread) return tl::unexpected(spread.error());
  if (auto done = write(folder / "index.html", index_html(pages, *spread), written); !done) {
    return tl::unexpected(done.error());
  }
  return written;
}

}  // namespace waydiff::report
