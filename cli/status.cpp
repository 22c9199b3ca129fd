#include <boost/json.hpp>
#include <map>

#include "cli/input.hpp"
#include "extract/extract.hpp"
#include "pipeline/process.hpp"
#include "pipeline/receipts.hpp"

namespace waydiff::cli {
namespace {

using storage::Outcome;

/// Captures worth a word: not fetched for a reason, or stored but not fit to compare.
core::Result<std::string> exceptions(storage::Store& store, bool quarantined) {
  std::string out;
  const auto targets = store.targets();
  if (!targets) return tl::unexpected(targets.error());
  for (const storage::Target& target : *targets) {
    const auto captures = store.captures(target.id);
    if (!captures) return tl::unexpected(captures.error());
    const auto extractions = store.extractions(target.id, extract::generation);
    if (!extractions) return tl::unexpected(extractions.error());
    std::string lines;
    for (const storage::CaptureRow& row : *captures) {
      const std::string head = "  " + row.capture.raw_timestamp + "  " + row.capture.original + "  ";
      if (!row.body) {
        if (row.outcome == Outcome::unselected || (row.outcome == Outcome::pending && row.cause.empty())) continue;
        lines += head + std::string(storage::name(row.outcome)) + ": " + row.cause;
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
        if (!verdict.good()) lines += head + std::string(core::name(verdict.reason)) + ": " + verdict.detail + "\n";
      }
    }
    if (!lines.empty()) out += target.site + ", " + target.kind + "\n" + lines;
  }
  return out;
}

core::Result<std::string> pauses(storage::Store& store) {
  const auto archives = store.archives();
  if (!archives) return tl::unexpected(archives.error());
  std::string out;
  for (const storage::ArchiveRow& archive : *archives) {
    if (archive.not_before) {
      out += "Archive \"" + archive.name + "\" asked for a pause until " + shown_time(*archive.not_before) + ".\n";
    }
  }
  return out;
}

core::Result<std::string> stale_listings(storage::Store& store) {
  const auto targets = store.targets();
  if (!targets) return tl::unexpected(targets.error());
  std::string out;
  for (const storage::Target& target : *targets) {
    const auto listings = store.listings(target.id);
    if (!listings) return tl::unexpected(listings.error());
    std::map<storage::Id, storage::ListingRow> last;
    for (const storage::ListingRow& row : *listings) last[row.archive] = row;
    if (last.empty()) out += target.url + ": never listed\n";
    for (const auto& [archive, row] : last) {
      if (!row.complete) out += target.url + ": the listing of " + shown_time(row.listed_at) + " is incomplete: " + row.problem + "\n";
    }
  }
  return out;
}

}  // namespace

Action add_status(CLI::App& app) {
  auto quarantined = std::make_shared<bool>(false);
  app.add_flag("--quarantined", *quarantined, "List the stored captures that are not fit to compare, too");
  return [quarantined](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    const auto lines = pipeline::receipts(*store);
    if (!lines) return console.fail(lines.error());
    std::string out;
    if (common.json) {
      out = pipeline::receipt_json(*lines) + "\n";
    } else {
      out = pipeline::receipt_table(*lines);
      for (const auto& part : {pauses(*store), stale_listings(*store), exceptions(*store, *quarantined)}) {
        if (!part) return console.fail(part.error());
        if (!part->empty()) out += "\n" + *part;
      }
    }
    const auto printed = print(out);
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
