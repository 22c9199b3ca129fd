#include "cli/whole_run.hpp"

#include <algorithm>
#include <iterator>

#include "core/url.hpp"
#include "pipeline/process.hpp"
#include "pipeline/receipts.hpp"
#include "report/report.hpp"

namespace waydiff::cli {
namespace {

std::string plural(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

/// The receipts of the configuration's targets: what others left unfinished is not this run's to finish.
std::vector<pipeline::TargetReceipt> followed(const std::vector<pipeline::TargetReceipt>& lines,
                                              const config::Config& config) {
  std::vector<pipeline::TargetReceipt> out;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(out), [&](const pipeline::TargetReceipt& line) {
    return std::any_of(config.targets.begin(), config.targets.end(), [&](const config::TargetConfig& target) {
      return core::url_key(target.url) == line.target.urlkey && target.kind == line.target.kind;
    });
  });
  return out;
}

/// What happened, in a sentence; "nothing to do" is worth saying.
void tell(Console& console, const pipeline::CrawlSummary& crawled, const pipeline::ProcessSummary& processed,
          const report::Written& written) {
  std::string text;
  const auto add = [&](std::size_t count, const std::string& what) {
    if (count > 0) text += (text.empty() ? "" : ", ") + what;
  };
  add(crawled.new_captures, plural(crawled.new_captures, "new capture", "new captures"));
  add(crawled.fetched, plural(crawled.fetched, "body fetched", "bodies fetched"));
  add(crawled.shared, plural(crawled.shared, "body shared with an equal capture", "bodies shared with equal captures"));
  add(crawled.requests, plural(crawled.requests, "request sent", "requests sent"));
  add(processed.extracted, plural(processed.extracted, "body extracted", "bodies extracted"));
  add(processed.histories, plural(processed.histories, "history rewritten", "histories rewritten"));
  add(written.changed, plural(written.changed, "report file written", "report files written"));
  console.say(text.empty() ? "Nothing to do: everything listed is stored, compared and reported." : "Done: " + text + ".");
}

}  // namespace

Exit whole_run(const config::Config& config, const Stages& stages, const Common& common, Console& console) {
  if (stages.crawl) {
    if (const auto contact = config::require_contact(config); !contact) return console.fail(contact.error());
  }
  const std::filesystem::path db = common.db.empty() ? config.db : std::filesystem::path(common.db);
  if (db.has_parent_path()) {
    std::error_code problem;
    std::filesystem::create_directories(db.parent_path(), problem);
    if (problem) return console.fail({core::Errc::store_full, db.parent_path().string() + ": " + problem.message()});
  }
  auto store = storage::Store::open(db, storage::Mode::write);
  if (!store) {
    const Exit exit = console.fail(store.error());
    return exit == Exit::incomplete ? Exit::store : exit;
  }
  storage::RunRow run;
  run.started = now();
  run.command = stages.command;
  const auto id = store->begin_run(run);
  if (!id) return console.fail(id.error());
  run.id = *id;

  pipeline::CrawlSummary crawled;
  pipeline::ProcessSummary processed;
  report::Written written;
  Exit exit = Exit::done;
  const auto note = [&](Exit status) {
    if (static_cast<int>(status) > static_cast<int>(exit)) exit = status;
  };

  if (stages.crawl) {
    auto done = pipeline::crawl(config, *store, console, {stages.relist, {}});
    if (!done) return console.fail(done.error());
    crawled = *done;
    if (crawled.troubles > 0 || crawled.failed > 0 || crawled.interrupted) note(Exit::incomplete);
  }
  if (stages.process && !crawled.interrupted) {
    const auto done = pipeline::process(*store, console);
    if (!done) return console.fail(done.error());
    processed = *done;
    if (processed.interrupted) note(Exit::incomplete);
  }
  if (stages.report && config.report && !crawled.interrupted && !processed.interrupted) {
    const auto done = report::write_report(*store, *config.report);
    if (done) {
      written = *done;
    } else {
      note(console.fail(done.error()));
    }
  }
  const auto lines = pipeline::receipts(*store);
  if (!lines) return console.fail(lines.error());
  if (pipeline::unfinished(followed(*lines, config)) > 0) note(Exit::incomplete);
  if (crawled.not_before) note(Exit::stopped);

  run.finished = now();
  run.exit_status = static_cast<int>(exit);
  run.receipt = pipeline::receipt_json(*lines);
  if (const auto done = store->end_run(run); !done) return console.fail(done.error());

  if (const auto done = print(common.json ? run.receipt + "\n" : pipeline::receipt_table(*lines)); !done) {
    return console.fail(done.error());
  }
  tell(console, crawled, processed, written);
  if (stages.report && config.report && written.files > 0) {
    console.say("Report: " + (*config.report / "index.html").string());
  }
  if (crawled.interrupted || processed.interrupted) console.warning("stopped on request; a rerun goes on");
  if (crawled.not_before) {
    console.warning("the archive asked us to stop; run again after " + shown_time(*crawled.not_before));
  } else if (exit == Exit::incomplete) {
    console.warning("finished, but incomplete; `waydiff status` says what is missing, a rerun goes on");
  }
  return exit;
}

}  // namespace waydiff::cli
