#include "cli/diff_input.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "cli/input.hpp"
#include "core/timestamp.hpp"
#include "extract/extract.hpp"
#include "report/report.hpp"

namespace waydiff::cli {
namespace {

using core::Errc;
using core::fail;

/// TARGET and TIME of "TARGET@TIME"; nothing for a file.
std::optional<std::pair<std::string, std::string>> stored_name(const std::string& name) {
  const std::size_t at = name.rfind('@');
  if (name == "-" || at == std::string::npos || at == 0) return {};
  const std::string time = name.substr(at + 1);
  if (time.find_first_not_of("0123456789") != std::string::npos) return {};
  if (std::filesystem::exists(name)) return {};
  return std::pair(name.substr(0, at), time);
}

core::Result<void> check_text(const std::string& name, const std::string& bytes) {
  if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) {
    return tl::unexpected(no_text(name));
  }
  const bool marked = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.starts_with("%PDF-");
  const std::size_t nul = marked ? std::string::npos : bytes.find('\0');
  if (nul == std::string::npos) return {};
  return fail(Errc::bad_document, name + ": it is not text: there is a NUL byte at offset " + std::to_string(nul));
}

void say_unfit(const std::string& name, const core::Verdict& verdict, Console& console) {
  if (verdict.good()) return;
  console.say("waydiff: " + name + ": not fit to compare: " + std::string(core::name(verdict.reason)) + " (" +
              verdict.detail + "); compared all the same");
}

core::Result<DiffInput> file(const std::string& name, const std::string& other, std::string& room, Console& console) {
  auto bytes = read_input(name, std::move(room));
  if (!bytes) return tl::unexpected(bytes.error());
  if (const auto text = check_text(name, *bytes); !text) return tl::unexpected(text.error());
  auto document = document_of(*bytes, name == "-" ? other : name);
  room = std::move(*bytes);
  if (!document) return fail(document.error().code, name + ": " + document.error().detail);
  say_unfit(name, document->verdict, console);
  return DiffInput{name, {}, {}, std::move(*document)};
}

/// A stored capture that is not fit to compare.
struct Unfit {
  storage::CaptureRow capture;
  core::Verdict verdict;
  std::optional<storage::Id> text;
};

/// A target's captures up to a moment that stand in no history although they were read; by time.
core::Result<std::vector<Unfit>> unfit_captures(storage::Store& store, const storage::Target& target,
                                                core::Timestamp until) {
  const auto captures = store.captures(target.id);
  if (!captures) return tl::unexpected(captures.error());
  const auto extractions = store.extractions(target.id, extract::generation);
  if (!extractions) return tl::unexpected(extractions.error());
  std::vector<Unfit> out;
  for (const storage::CaptureRow& row : *captures) {
    if (!row.body || row.capture.timestamp > until) continue;
    const auto read = std::find_if(extractions->begin(), extractions->end(), [&](const storage::Extraction& one) {
      return one.body == *row.body && one.page_url == row.capture.original && one.content_type == row.content_type;
    });
    if (read != extractions->end() && !read->verdict.good()) out.push_back({row, read->verdict, read->text});
  }
  return out;
}

std::string described(const Unfit& unfit) {
  return unfit.capture.capture.timestamp.iso() + " (" + std::string(core::name(unfit.verdict.reason)) + ": " +
         unfit.verdict.detail + ")";
}

core::Result<storage::ArchiveRow> archive_of(storage::Store& store, storage::Id id) {
  const auto archives = store.archives();
  if (!archives) return tl::unexpected(archives.error());
  for (const storage::ArchiveRow& archive : *archives) {
    if (archive.id == id) return archive;
  }
  return storage::ArchiveRow{};
}

class StoredSide {
 public:
  StoredSide(storage::Store& store, std::string name, std::string target, std::string time)
      : store_(store), name_(std::move(name)), target_(std::move(target)), time_(std::move(time)) {}

  core::Result<DiffInput> read(bool quarantined, Console& console) {
    const auto row = the_target(store_, target_);
    if (!row) return tl::unexpected(row.error());
    core::Timestamp until(std::chrono::sys_days(std::chrono::year(9999) / 12 / 31));
    if (!time_.empty()) {
      const auto parsed = core::Timestamp::parse_to(time_);
      if (!parsed) return tl::unexpected(parsed.error());
      until = *parsed;
    }
    const auto unfit = unfit_captures(store_, *row, until);
    if (!unfit) return tl::unexpected(unfit.error());
    const Unfit* const last = unfit->empty() ? nullptr : &unfit->back();
    auto good = stored_text(store_, target_, time_);
    if (!good && good.error().code != Errc::not_found) return tl::unexpected(good.error());
    const bool newer = last != nullptr && (!good || good->capture.capture.timestamp < last->capture.capture.timestamp);
    if (newer && quarantined) return unfit_side(*last, console);
    const bool meant = newer && (!good || last->capture.capture.timestamp.digits() == time_);
    if (meant) {
      return fail(Errc::bad_argument, name_ + ": the capture of " + described(*last) +
                                          " is quarantined; --quarantined compares it all the same, `waydiff release` "
                                          "takes it for good");
    }
    if (!good) return tl::unexpected(good.error());
    if (newer) console.say("waydiff: " + name_ + ": passed over the quarantined capture of " + described(*last));
    if (!good->released.empty()) console.say("waydiff: " + name_ + ": this capture was released " + good->released);
    return side(std::move(good->document), good->capture, console);
  }

 private:
  core::Result<DiffInput> unfit_side(const Unfit& unfit, Console& console) {
    if (!unfit.text) {
      return fail(Errc::bad_document, name_ + ": the capture of " + described(unfit) + " holds no text");
    }
    const auto text = store_.text(*unfit.text);
    if (!text) return tl::unexpected(text.error());
    auto document = extract::from_json(text->document);
    if (!document) return tl::unexpected(document.error());
    say_unfit(name_, unfit.verdict, console);
    auto out = side(std::move(*document), unfit.capture, console);
    if (out) out->origin += ", quarantined as " + std::string(core::name(unfit.verdict.reason));
    return out;
  }

  core::Result<DiffInput> side(core::Document document, const storage::CaptureRow& capture, Console& console) {
    const auto archive = archive_of(store_, capture.archive);
    if (!archive) return tl::unexpected(archive.error());
    DiffInput out{name_, "captured " + shown_time(capture.capture.timestamp.time()),
                  report::snapshot_address(*archive, capture), std::move(document)};
    console.say("waydiff: " + name_ + ": " + out.origin + ", " + out.address);
    return out;
  }

  storage::Store& store_;
  std::string name_, target_, time_;
};

}  // namespace

core::Error no_text(const std::string& name) {
  return {Errc::bad_document, name + ": there is no text in it"};
}

core::Result<DiffInput> read_diff_input(const std::string& name, const std::string& other, bool quarantined,
                                        std::string& room, const Common& common, Console& console) {
  const auto parts = stored_name(name);
  if (!parts) return file(name, other, room, console);
  auto store = common.open_store(storage::Mode::read);
  if (!store) return fail(store.error().code, name + ": " + store.error().detail);
  return StoredSide(*store, name, parts->first, parts->second).read(quarantined, console);
}

}  // namespace waydiff::cli
