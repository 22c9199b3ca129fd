#include "pipeline/import.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "core/digest.hpp"
#include "core/url.hpp"
#include "pipeline/interrupt.hpp"

namespace waydiff::pipeline {
namespace {

namespace fs = std::filesystem;
using core::Errc;

constexpr std::uintmax_t most_bytes = 256u << 20;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> types{
    {{".md", "text/markdown; charset=utf-8"},
     {".markdown", "text/markdown; charset=utf-8"},
     {".txt", "text/plain"},
     {".html", "text/html"},
     {".htm", "text/html"},
     {".pdf", "application/pdf"}}};

std::optional<DatedFile> dated(const std::string& name) {
  const fs::path path(name);
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto type = std::find_if(types.begin(), types.end(), [&](const auto& one) { return one.first == ending; });
  const std::string digits = path.stem().string();
  if (type == types.end() || digits.size() < 8 || digits.size() > 14) return {};
  if (digits.find_first_not_of("0123456789") != std::string::npos) return {};
  const auto time = core::Timestamp::parse_from(digits);
  if (!time) return {};
  return DatedFile{name, time->digits(), *time, std::string(type->second)};
}

/// Names of the regular files below `root`, in order.
core::Result<std::vector<std::string>> names_below(const fs::path& root) {
  std::error_code trouble;
  std::vector<std::string> names;
  fs::recursive_directory_iterator at(root, fs::directory_options::skip_permission_denied, trouble), end;
  if (trouble) return core::fail(Errc::not_found, root.string() + ": " + trouble.message());
  while (at != end) {
    std::error_code unknown;
    if (at->is_regular_file(unknown)) names.push_back(at->path().lexically_relative(root).generic_string());
    at.increment(trouble);
    if (trouble) return core::fail(Errc::io, root.string() + ": " + trouble.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

core::Result<std::string> content(const fs::path& file) {
  std::error_code trouble;
  const auto size = fs::file_size(file, trouble);
  if (trouble) return core::fail(Errc::io, file.string() + ": " + trouble.message());
  if (size > most_bytes) return core::fail(Errc::too_large, file.string() + ": more than 256 MiB");
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) return core::fail(Errc::io, file.string() + ": it cannot be read");
  return bytes;
}

class FolderImport {
 public:
  FolderImport(storage::Store& store, Observer& observer, fs::path root, const ImportOptions& options)
      : store_(store), observer_(observer), root_(std::move(root)), options_(options) {}

  core::Result<void> folder(const DatedFolder& folder) {
    const std::string address = "folder:" + folder.name;
    storage::Target target{0,
                           address,
                           core::url_key(address),
                           options_.site.empty() ? folder.site : options_.site,
                           options_.kind.empty() ? folder.kind : options_.kind,
                           {}};
    const auto id = store_.put_target(target);
    if (!id) return tl::unexpected(id.error());
    out.targets.push_back(*id);
    std::map<std::pair<std::string, std::string>, std::pair<const DatedFile*, std::string>> read;
    std::vector<core::Capture> captures;
    for (const DatedFile& file : folder.files) {
      ++out.files;
      auto bytes = content(root_ / file.name);
      if (!bytes) {
        ++out.unreadable;
        observer_.warning(bytes.error().detail);
        continue;
      }
      core::Capture capture;
      capture.urlkey = target.urlkey;
      capture.raw_timestamp = file.digits;
      capture.timestamp = file.time;
      capture.original = address;
      capture.mime = file.content_type.substr(0, file.content_type.find(';'));
      capture.status = 200;
      capture.digest = core::sha1_base32(*bytes);
      capture.length = static_cast<std::int64_t>(bytes->size());
      capture.file = file.name;
      capture.offset = 0;
      read.insert_or_assign({file.digits, capture.digest}, std::pair(&file, std::move(*bytes)));
      captures.push_back(std::move(capture));
    }
    return store_.transaction([&] { return put(*id, captures, read); });
  }

  Imported out;

 private:
  using Read = std::map<std::pair<std::string, std::string>, std::pair<const DatedFile*, std::string>>;

  core::Result<void> put(storage::Id target, const std::vector<core::Capture>& captures, const Read& read) {
    const auto archive = store_.put_archive({0, "folder", "folder", "", "", {}});
    if (!archive) return tl::unexpected(archive.error());
    storage::ListingRow listing;
    listing.target = target;
    listing.archive = *archive;
    listing.query = root_.filename().string();
    listing.listed_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    listing.complete = true;
    listing.pages = 1;
    listing.rows = captures.size();
    std::set<std::pair<std::string, std::string>> distinct;
    for (const core::Capture& capture : captures) distinct.insert({capture.raw_timestamp, capture.digest});
    if (distinct.size() < captures.size()) listing.dropped["repeated"] = captures.size() - distinct.size();
    if (const auto listed = store_.put_listing(listing, captures); !listed) return tl::unexpected(listed.error());
    auto rows = store_.captures(target);
    if (!rows) return tl::unexpected(rows.error());
    for (storage::CaptureRow& row : *rows) {
      const auto found = read.find({row.capture.raw_timestamp, row.capture.digest});
      if (row.body || row.archive != *archive || found == read.end()) continue;
      const auto body = store_.put_body(storage::NewBody{found->second.second, target, row.capture.timestamp});
      if (!body) return tl::unexpected(body.error());
      row.body = *body;
      row.outcome = storage::Outcome::fetched;
      row.attempts = 1;
      row.http_status = 200;
      row.content_type = found->second.first->content_type;
      row.digest_check = "verified";
      if (const auto updated = store_.update_capture(row); !updated) return updated;
      ++out.added;
    }
    return {};
  }

  storage::Store& store_;
  Observer& observer_;
  fs::path root_;
  const ImportOptions& options_;
};

}  // namespace

Layout layout_of(const fs::path& root, std::span<const std::string> names) {
  Layout out;
  std::map<std::string, DatedFolder> folders;
  const fs::path whole = fs::path(root).has_filename() ? root : root.parent_path();
  for (const std::string& name : names) {
    auto file = dated(name);
    if (!file) {
      ++out.others;
      continue;
    }
    const fs::path folder = fs::path(name).parent_path();
    const fs::path full = folder.empty() ? whole : whole / folder;
    DatedFolder& made = folders[folder.generic_string()];
    made.kind = full.filename().string();
    made.site = full.parent_path().filename().string();
    if (made.site.empty() || made.site == "." || made.site == "..") made.site = made.kind;
    made.name = folder.has_parent_path() ? folder.generic_string() : made.site + "/" + made.kind;
    made.files.push_back(std::move(*file));
  }
  for (auto& [name, folder] : folders) {
    std::stable_sort(folder.files.begin(), folder.files.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    out.folders.push_back(std::move(folder));
  }
  return out;
}

core::Result<Imported> import_folder(storage::Store& store, Observer& observer, const fs::path& root,
                                     const ImportOptions& options) {
  std::error_code unknown;
  if (!fs::is_directory(root, unknown)) return core::fail(Errc::not_found, root.string() + ": no such folder");
  const fs::path place = fs::canonical(root, unknown);
  const auto names = names_below(unknown ? root : place);
  if (!names) return tl::unexpected(names.error());
  const Layout layout = layout_of(place, *names);
  if (layout.folders.empty()) {
    return core::fail(Errc::not_found, root.string() + ": no files called like 20180525103000.md below it");
  }
  const InterruptGuard guard;
  FolderImport import(store, observer, place, options);
  import.out.others = layout.others;
  std::size_t done = 0;
  for (const DatedFolder& folder : layout.folders) {
    if (const auto stored = import.folder(folder); !stored) return tl::unexpected(stored.error());
    observer.progress("import", ++done, layout.folders.size());
    if ((import.out.interrupted = InterruptGuard::interrupted())) break;
  }
  return std::move(import.out);
}

}  // namespace waydiff::pipeline
