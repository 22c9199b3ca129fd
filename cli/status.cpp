#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "cli/input.hpp"
#include "extract/extract.hpp"
#include "pipeline/numbers.hpp"
#include "pipeline/process.hpp"
#include "pipeline/receipts.hpp"
#include "pipeline/standing.hpp"

namespace waydiff::cli {
namespace {

using storage::Outcome;

/// Why each target is not complete, and when it goes on.
core::Result<std::string> missing(storage::Store& store, const std::vector<storage::Target>& targets) {
  const auto archives = store.archives();
  if (!archives) return tl::unexpected(archives.error());
  std::map<storage::Id, std::string> names;
  std::map<storage::Id, std::optional<std::chrono::sys_seconds>> not_before;
  for (const storage::ArchiveRow& archive : *archives) {
    names[archive.id] = archive.name;
    not_before[archive.id] = archive.not_before;
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::vector<std::string> documents = pipeline::document_names(targets);
  std::string out;
  for (std::size_t at = 0; at < targets.size(); ++at) {
    const auto captures = store.captures(targets[at].id);
    if (!captures) return tl::unexpected(captures.error());
    std::string lines;
    for (const pipeline::Standing& group : pipeline::standings(*captures, not_before, now)) {
      lines += "  " + std::to_string(group.count) + " " + std::string(storage::name(group.outcome));
      if (!group.reason.empty()) lines += " (" + group.reason + ")";
      lines += " in " + names[group.archive] + ": ";
      lines += group.goes_on ? "asked for again after " + shown_time(*group.goes_on) : "the next run asks for them";
      if (!group.example.cause.empty()) {
        const core::Capture& capture = group.example.capture;
        lines += "\n    " + capture.raw_timestamp + "  " + capture.original + ": " + group.example.cause;
      }
      lines += "\n";
    }
    if (!lines.empty()) out += documents[at] + "\n" + lines;
  }
  return out;
}

/// Single captures: those that are not in the store, or are but are not fit to compare.
core::Result<std::string> exceptions(storage::Store& store, const std::vector<storage::Target>& targets,
                                     bool missing_ones, bool quarantined) {
  std::string out;
  if (!missing_ones && !quarantined) return out;
  const std::vector<std::string> documents = pipeline::document_names(targets);
  for (std::size_t at = 0; at < targets.size(); ++at) {
    const storage::Target& target = targets[at];
    const auto captures = store.captures(target.id);
    if (!captures) return tl::unexpected(captures.error());
    const auto extractions = store.extractions(target.id, extract::generation);
    if (!extractions) return tl::unexpected(extractions.error());
    std::string lines;
    for (const storage::CaptureRow& row : *captures) {
      const std::string head = "  " + row.capture.raw_timestamp + "  " + row.capture.original + "  ";
      if (!row.body) {
        if (!missing_ones || row.outcome == Outcome::unselected) continue;
        lines += head + std::string(storage::name(row.outcome)) + (row.cause.empty() ? "" : ": " + row.cause);
        if (row.retry_after) lines += "; not asked again before " + shown_time(*row.retry_after);
        lines += "\n";
      } else if (quarantined) {
        const storage::Extraction* extraction = nullptr;
        for (const storage::Extraction& one : *extractions) {
          if (one.body == *row.body && one.page_url == row.capture.original && one.content_type == row.content_type) {
            extraction = &one;
          }
        }
        const core::Verdict verdict = pipeline::verdict(row, extraction);
        const bool by_hand = extraction != nullptr && extraction->overruled.has_value();
        if (!verdict.good() || by_hand) {
          const std::string what = verdict.good() ? "released" : std::string(core::name(verdict.reason));
          lines += head + what + ": " + verdict.detail + "\n";
        }
      }
    }
    if (!lines.empty()) out += documents[at] + "\n" + lines;
  }
  return out;
}

core::Result<std::string> pauses(storage::Store& store) {
  const auto archives = store.archives();
  if (!archives) return tl::unexpected(archives.error());
  std::string out;
  for (const storage::ArchiveRow& archive : *archives) {
    if (archive.not_before && *archive.not_before > std::chrono::system_clock::now()) {
      out += "Archive \"" + archive.name + "\" asked for a pause until " + shown_time(*archive.not_before) + ".\n";
    }
  }
  return out;
}

core::Result<std::string> stale_listings(storage::Store& store, const std::vector<storage::Target>& targets) {
  std::string out;
  for (const storage::Target& target : targets) {
    const auto listings = store.listings(target.id);
    if (!listings) return tl::unexpected(listings.error());
    std::map<storage::Id, storage::ListingRow> last;
    for (const storage::ListingRow& row : *listings) last[row.archive] = row;
    if (last.empty()) out += target.url + ": never listed\n";
    for (const auto& [archive, row] : last) {
      if (!row.complete)
        out += target.url + ": the listing of " + shown_time(row.listed_at) + " is incomplete: " + row.problem + "\n";
    }
  }
  return out;
}

/// All targets, or every match of each name.
core::Result<std::vector<storage::Target>> chosen(storage::Store& store, const std::vector<std::string>& names) {
  if (names.empty()) return store.targets();
  std::vector<storage::Target> out;
  for (const std::string& name : names) {
    const auto found = store.find_targets(name);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) {
      return core::fail(core::Errc::not_found, "no target is called \"" + name + "\"; see `waydiff status`");
    }
    for (const storage::Target& target : *found) {
      const bool there = std::any_of(out.begin(), out.end(), [&](const auto& one) { return one.id == target.id; });
      if (!there) out.push_back(target);
    }
  }
  return out;
}

}  // namespace

Action add_status(Subcommand& app) {
  auto quarantined = std::make_shared<bool>(false);
  auto captures = std::make_shared<bool>(false);
  auto numbers = std::make_shared<bool>(false);
  auto names = std::make_shared<std::vector<std::string>>();
  app.add_option("TARGET", *names, "Only these: an address, a site, \"site kind\" or a number; default: all");
  app.add_flag("--captures", *captures, "List the captures that are not in the store one by one");
  app.add_flag("--quarantined", *quarantined, "List the stored captures that are not fit to compare, too");
  app.add_flag("--numbers", *numbers, "Print captures, texts, transitions and changes of each document as CSV");
  return [quarantined, captures, numbers, names](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    const auto targets = chosen(*store, *names);
    if (!targets) return console.fail(targets.error());
    if (*numbers) {
      const auto found = pipeline::document_numbers(*store, *targets);
      if (!found) return console.fail(found.error());
      const auto printed = print(common.json ? pipeline::numbers_json(*found) : pipeline::numbers_csv(*found));
      return printed ? Exit::done : console.fail(printed.error());
    }
    const auto lines = pipeline::receipts(*store, *targets);
    if (!lines) return console.fail(lines.error());
    std::string out;
    if (common.json) {
      out = pipeline::receipt_json(*lines) + "\n";
    } else {
      out = pipeline::receipt_table(*lines);
      for (const auto& part : {pauses(*store), stale_listings(*store, *targets), missing(*store, *targets),
                               exceptions(*store, *targets, *captures, *quarantined)}) {
        if (!part) return console.fail(part.error());
        if (!part->empty()) out += "\n" + *part;
      }
    }
    const auto printed = print(out);
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
