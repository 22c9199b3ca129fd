#include "cli/input.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <utility>

#include "cli/heap.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "extract/extract.hpp"
#include "pipeline/home_pages.hpp"

namespace waydiff::cli {
namespace {

using core::Errc;
using core::fail;

constexpr std::size_t most_bytes = 256u << 20;

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

bool has_ending(const std::string& file, std::initializer_list<const char*> endings) {
  const std::size_t dot = file.rfind('.');
  if (dot == std::string::npos || dot == 0 || file[dot - 1] == '/') return false;
  std::string ending = file.substr(dot);
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

}  // namespace

core::Result<std::string> read_input(const std::string& file, std::string room) {
  std::unique_ptr<std::FILE, CloseFile> opened;
  std::size_t known = 0;
  if (file != "-") {
    opened.reset(std::fopen(file.c_str(), "rb"));
    if (!opened && (errno == ENOENT || errno == ENOTDIR)) {
      return fail(Errc::not_found, file + ": there is no such file");
    }
    struct stat about {};
    if (!opened || ::fstat(fileno(opened.get()), &about) != 0 || S_ISDIR(about.st_mode)) {
      return fail(Errc::io, file + ": it cannot be read");
    }
    if (S_ISREG(about.st_mode)) known = static_cast<std::size_t>(about.st_size);
    std::setvbuf(opened.get(), nullptr, _IONBF, 0);
  }
  expect_input(std::min(known, most_bytes));
  std::FILE* const in = opened ? opened.get() : stdin;
  std::string out = std::move(room);
  out.clear();
  if (out.capacity() <= known) out.reserve(std::min(known, most_bytes) + std::min(known, most_bytes) / 8 + 1);
  constexpr std::size_t part = 1u << 16;
  for (std::size_t filled = 0;;) {
    // One byte more than a file should have tells that it has no more.
    out.resize(filled + (known > filled ? std::min(known - filled, most_bytes) + 1 : std::max(part, filled)));
    filled += std::fread(out.data() + filled, 1, out.size() - filled, in);
    if (filled > most_bytes) return fail(Errc::too_large, file + ": over 256 MiB");
    if (filled == out.size()) continue;
    if (std::ferror(in) != 0) return fail(Errc::io, file + ": it cannot be read");
    out.resize(filled);
    return out;
  }
}

core::Result<core::Document> document_of(const std::string& bytes, const std::string& file) {
  constexpr std::string_view provenance = "> *The following text is extracted";
  if (has_ending(file, {".md", ".markdown"}) || bytes.starts_with(provenance)) {
    return extract::read_markdown(bytes, extract::Telling::later);
  }
  if (has_ending(file, {".txt", ".text"})) return extract::read_text(bytes, extract::Telling::later);
  extract::Page page;
  if (has_ending(file, {".html", ".htm", ".xhtml"})) page.content_type = "text/html";
  return extract::extract(bytes, page);
}

core::Result<storage::Target> the_target(storage::Store& store, const std::string& name) {
  auto found = store.find_targets(name);
  if (!found) return tl::unexpected(found.error());
  // A site's home pages are there for their links; whoever names the site means its document.
  if (found->size() > 1) std::erase_if(*found, [](const auto& one) { return one.kind == pipeline::home_page_kind; });
  if (found->size() == 1) return found->front();
  if (found->empty()) return fail(Errc::not_found, "no target is called \"" + name + "\"; see `waydiff status`");
  std::string list;
  for (const storage::Target& target : *found) {
    list += "\n  " + std::to_string(target.id) + "  " + target.site + " " + target.kind + "  " + target.url;
  }
  return fail(Errc::bad_argument, "\"" + name + "\" means several targets; give the number or the address:" + list);
}

core::Result<void> take_period(TimeOption from, TimeOption to, storage::SearchQuery& query) {
  if (!from.digits.empty()) {
    const auto time = core::Timestamp::parse_from(from.digits);
    if (!time) return fail(Errc::bad_argument, std::string(from.name) + ": " + time.error().detail);
    query.from = *time;
  }
  if (!to.digits.empty()) {
    const auto time = core::Timestamp::parse_to(to.digits);
    if (!time) return fail(Errc::bad_argument, std::string(to.name) + ": " + time.error().detail);
    query.to = *time;
  }
  return {};
}

core::Result<storage::History> history_of(storage::Store& store, const storage::Target& target,
                                          const std::string& generation) {
  if (generation.empty() || generation == target.generation.text()) return store.history(target.id);
  const auto wanted = storage::Generation::parse(generation);
  if (wanted) {
    auto found = store.former_history(target.id, *wanted);
    if (found || found.error().code != Errc::not_found) return found;
  }
  const auto kept = store.former_generations(target.id);
  if (!kept) return tl::unexpected(kept.error());
  std::string list = target.generation.text();
  for (const storage::Generation& one : *kept) list += ", " + one.text();
  return fail(wanted ? Errc::not_found : Errc::bad_argument,
              target.url + ": there is no history of generation \"" + generation + "\"; there is " + list);
}

core::Result<StoredText> stored_text(storage::Store& store, const std::string& target, const std::string& time,
                                     const std::string& generation) {
  core::Timestamp until(std::chrono::sys_days(std::chrono::year(9999) / 12 / 31));
  if (!time.empty()) {
    const auto parsed = core::Timestamp::parse_to(time);
    if (!parsed) return tl::unexpected(parsed.error());
    until = *parsed;
  }
  StoredText out;
  const auto row = the_target(store, target);
  if (!row) return tl::unexpected(row.error());
  out.target = *row;
  const auto history = history_of(store, *row, generation);
  if (!history) return tl::unexpected(history.error());
  const auto captures = store.captures(row->id);
  if (!captures) return tl::unexpected(captures.error());
  const storage::Placement* place = nullptr;
  for (const storage::Placement& placement : history->placements) {
    const auto capture =
        std::find_if(captures->begin(), captures->end(), [&](const auto& c) { return c.id == placement.capture; });
    if (capture == captures->end() || capture->capture.timestamp > until) continue;
    if (place && capture->capture.timestamp < out.capture.capture.timestamp) continue;
    place = &placement;
    out.capture = *capture;
  }
  if (!place) {
    return fail(Errc::not_found, row->url + ": no good capture" + (time.empty() ? "" : " at or before " + time));
  }
  const auto text = store.text(place->text);
  if (!text) return tl::unexpected(text.error());
  auto document = extract::from_json(text->document);
  if (!document) return tl::unexpected(document.error());
  out.document = std::move(*document);
  const auto extractions = store.extractions(row->id, extract::generation);
  if (!extractions) return tl::unexpected(extractions.error());
  for (const storage::Extraction& one : *extractions) {
    const bool same = one.body == out.capture.body && one.page_url == out.capture.capture.original;
    if (!same || !one.overruled || !one.verdict.good()) continue;
    out.released = one.verdict.detail;
    out.document.verdict = one.verdict;
  }
  const auto archives = store.archives();
  if (!archives) return tl::unexpected(archives.error());
  for (const storage::ArchiveRow& archive : *archives) {
    if (archive.id == out.capture.archive) out.archive = archive;
  }
  // A WARC file holds what some archive plays back: people look there.
  const std::string playback = out.archive.playback.empty() ? "https://web.archive.org/web" : out.archive.playback;
  out.provenance = {row->site, row->kind, out.capture.capture.timestamp.date(),
                    core::playback_url(playback, out.capture.capture.raw_timestamp, out.capture.capture.original)};
  return out;
}

void take_time(std::string& target, std::string& time) {
  const auto at = target.rfind('@');
  if (!time.empty() || at == std::string::npos) return;
  if (target.find_first_not_of("0123456789", at + 1) != std::string::npos) return;
  time = target.substr(at + 1);
  target.erase(at);
}

}  // namespace waydiff::cli
