#include "cli/whole_run.hpp"

#include <algorithm>
#include <iterator>

#include "cli/disagreement.hpp"
#include "cli/dry_run.hpp"
#include "core/url.hpp"
#include "pipeline/process.hpp"
#include "pipeline/receipts.hpp"
#include "pipeline/succession.hpp"
#include "report/report.hpp"

namespace waydiff::cli {
namespace {

std::string plural(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::chrono::sys_seconds now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// The receipts of the configuration's targets: what others left unfinished is not this run's to finish.
std::vector<pipeline::TargetReceipt> followed(const std::vector<pipeline::TargetReceipt>& lines,
                                              const config::Config& config) {
  std::vector<pipeline::TargetReceipt> out;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(out), [&](const pipeline::TargetReceipt& line) {
    return std::any_of(config.targets.begin(), config.targets.end(), [&](const config::TargetConfig& target) {
      if (target.url.empty()) return target.site == line.target.site && target.kind == line.target.kind;
      return core::url_key(target.url) == line.target.urlkey && target.kind == line.target.kind;
    });
  });
  return out;
}

void add_up(pipeline::CrawlSummary& total, const pipeline::CrawlSummary& more) {
  total.listed += more.listed;
  total.fresh += more.fresh;
  total.new_captures += more.new_captures;
  total.fetched += more.fetched;
  total.shared += more.shared;
  total.failed += more.failed;
  total.requests += more.requests;
  total.troubles += more.troubles;
  total.interrupted = total.interrupted || more.interrupted;
  total.limited = total.limited || more.limited;
  if (more.not_before) total.not_before = more.not_before;
  for (const auto& [target, work] : more.targets) {
    pipeline::TargetWork& sum = total.targets[target];
    sum.requests += work.requests;
    sum.listed += work.listed;
    sum.fetched += work.fetched;
    sum.shared += work.shared;
    sum.failed += work.failed;
  }
}

void add_up(pipeline::ProcessSummary& total, const pipeline::ProcessSummary& more) {
  total.extracted += more.extracted;
  total.compared += more.compared;
  total.histories += more.histories;
  total.unreadable += more.unreadable;
  total.interrupted = total.interrupted || more.interrupted;
}

/// What a round of crawling may do, after `sent` requests and so much time; empty when that was all there may be.
std::optional<pipeline::CrawlOptions> crawl_options(const config::Config& config, const RunOptions& options,
                                                    std::size_t sent, std::chrono::seconds passed) {
  pipeline::CrawlOptions out;
  out.relist = options.relist;
  const auto requests = static_cast<std::size_t>(options.max_requests.value_or(config.max_requests));
  if (requests > 0 && sent >= requests) return {};
  if (requests > 0) out.max_requests = requests - sent;
  const std::chrono::minutes minutes(options.max_minutes.value_or(config.max_minutes));
  if (minutes.count() > 0 && passed >= minutes) return {};
  if (minutes.count() > 0) out.max_minutes = std::chrono::ceil<std::chrono::minutes>(minutes - passed);
  return out;
}

/// One line for each target of whose text two archives disagree.
core::Result<void> tell_disagreements(Console& console, storage::Store& store,
                                      const std::vector<pipeline::TargetReceipt>& lines) {
  std::vector<storage::Target> targets;
  for (const pipeline::TargetReceipt& line : lines) targets.push_back(line.target);
  const std::vector<std::string> names = pipeline::document_names(targets);
  for (std::size_t at = 0; at < targets.size(); ++at) {
    const auto found = store.disagreements(targets[at].id);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) continue;
    console.say(names[at] + ": " + shown_disagreement(found->front()) +
                (found->size() > 1 ? "; " + std::to_string(found->size() - 1) + " more, see `waydiff log`" : ""));
  }
  return {};
}

/// A document may move several times; each address is known only once the one before it was read.
constexpr int most_rounds = 3;

/// Why there was nothing to do, when everything there is to know is known.
std::string nothing_to_do(const Stages& stages, bool reported, const std::vector<pipeline::TargetReceipt>& lines) {
  std::size_t listed = 0, withheld = 0;
  for (const pipeline::TargetReceipt& line : lines) {
    listed += line.receipt.listed;
    for (const auto& [outcome, count] : line.receipt.counts) {
      const bool kept_back = outcome == storage::Outcome::unplayable || outcome == storage::Outcome::excluded;
      if (kept_back) withheld += count;
    }
  }
  if (listed == 0) return "Nothing to do: no archive lists a capture.";
  std::string done = "stored";
  if (stages.process) done += reported ? ", compared and reported" : " and compared";
  const std::string rest =
      withheld == 0 ? "" : ", but for " + plural(withheld, "that is", "that are") + " not given out";
  return "Nothing to do: all captures wanted are " + done + rest + ".";
}

/// What happened, in a sentence; that there was nothing to do is worth saying, where it is true.
void tell(Console& console, const pipeline::CrawlSummary& crawled, const pipeline::ProcessSummary& processed,
          const report::Written& written, const std::string& nothing) {
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
  console.say(text.empty() ? nothing : "Done: " + text + ".");
}

}  // namespace

std::shared_ptr<RunOptions> add_run_options(Subcommand& app) {
  auto options = std::make_shared<RunOptions>();
  app.add_flag("--relist", options->relist, "List everything again, even if the last listing is young");
  app.add_flag("--dry-run", options->dry_run, "Only say how many requests it would take, and how long");
  app.add_option("--max-requests", options->max_requests, "Most requests to archives in this run; 0: no limit")
      .between(0, 100000000)
      .named("N");
  app.add_option("--max-minutes", options->max_minutes, "Most minutes of crawling in this run; 0: no limit")
      .between(0, 1000000)
      .named("N");
  add_shard(app, options->shard);
  return options;
}

std::string limit_reached(std::size_t requests) {
  return "the limit of this run is reached after " + plural(requests, "request", "requests") +
         "; the rest is left for the next run";
}

Exit whole_run(const config::Config& whole, const Stages& stages, const Common& common, Console& console) {
  config::Config config = whole;
  std::erase_if(config.targets, [&](const config::TargetConfig& one) { return !stages.options.shard.has(one.site); });
  if (config.targets.empty() && !whole.targets.empty()) {
    console.say("Nothing to do: no site falls to this shard.");
    return Exit::done;
  }
  if (stages.options.dry_run) return dry_run(config, stages.options.relist, common, console);
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
  console.event("run_started", {{"command", std::string(stages.command)},
                                {"store", db.string()},
                                {"targets", static_cast<std::int64_t>(config.targets.size())}});

  pipeline::CrawlSummary crawled;
  pipeline::ProcessSummary processed;
  report::Written written;
  Exit exit = Exit::done;
  const auto note = [&](Exit status) {
    if (static_cast<int>(status) > static_cast<int>(exit)) exit = status;
  };

  for (int round = 0; round < most_rounds; ++round) {
    if (stages.crawl) {
      const auto options = crawl_options(config, stages.options, crawled.requests, now() - run.started);
      if (!options) {
        crawled.limited = true;
        break;
      }
      pipeline::CrawlOptions this_round = *options;
      this_round.relist = this_round.relist && round == 0;
      const auto done = pipeline::crawl(config, *store, console, this_round);
      if (!done) return console.fail(done.error());
      add_up(crawled, *done);
      if (crawled.troubles > 0 || crawled.failed > 0 || crawled.interrupted || crawled.limited) note(Exit::incomplete);
    }
    if (!stages.process || crawled.interrupted) break;
    const auto done = pipeline::process(*store, console);
    if (!done) return console.fail(done.error());
    add_up(processed, *done);
    if (processed.interrupted) note(Exit::incomplete);
    if (processed.interrupted) break;
    const auto moved = pipeline::find_successions(*store, console, now());
    if (!moved) return console.fail(moved.error());
    if (*moved == 0 || !stages.crawl || crawled.not_before || crawled.limited) break;
  }
  if (stages.report && config.report && !crawled.interrupted && !processed.interrupted) {
    const auto done = report::write_report(*store, *config.report);
    if (done) {
      written = *done;
    } else {
      note(console.fail(done.error()));
    }
  }
  auto lines = pipeline::receipts(*store);
  if (!lines) return console.fail(lines.error());
  for (pipeline::TargetReceipt& line : *lines) {
    if (const auto work = crawled.targets.find(line.target.id); work != crawled.targets.end()) line.work = work->second;
  }
  if (pipeline::unfinished(followed(*lines, config)) > 0) note(Exit::incomplete);
  if (crawled.not_before) note(Exit::stopped);

  console.event("run_finished", {{"command", std::string(stages.command)},
                                 {"exit", static_cast<std::int64_t>(exit)},
                                 {"requests", static_cast<std::int64_t>(crawled.requests)},
                                 {"limited", crawled.limited}});
  run.finished = now();
  run.exit_status = static_cast<int>(exit);
  run.receipt = pipeline::receipt_json(*lines);
  if (const auto done = store->end_run(run); !done) return console.fail(done.error());

  if (const auto done = print(common.json ? run.receipt + "\n" : pipeline::receipt_table(*lines)); !done) {
    return console.fail(done.error());
  }
  const std::string nothing = exit == Exit::done
                                  ? nothing_to_do(stages, stages.report && config.report, followed(*lines, config))
                                  : "Nothing new came of this run.";
  tell(console, crawled, processed, written, nothing);
  if (const auto told = tell_disagreements(console, *store, *lines); !told) return console.fail(told.error());
  if (stages.report && config.report && written.files > 0) {
    console.say("Report: " + (*config.report / "index.html").string());
  }
  if (crawled.interrupted || processed.interrupted) console.warning("stopped on request; a rerun goes on");
  if (crawled.limited) console.warning(limit_reached(crawled.requests));
  if (crawled.not_before) {
    console.warning("the archive asked us to stop; run again after " + shown_time(*crawled.not_before));
  } else if (exit == Exit::incomplete) {
    console.warning("finished, but incomplete; `waydiff status` says what is missing, a rerun goes on");
  }
  return exit;
}

}  // namespace waydiff::cli
