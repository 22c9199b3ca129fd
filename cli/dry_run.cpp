#include "cli/dry_run.hpp"

#include <optional>

#include "pipeline/estimate.hpp"

namespace waydiff::cli {

Exit dry_run(const config::Config& config, bool relist, const Common& common, Console& console) {
  const std::filesystem::path db = common.db.empty() ? config.db : std::filesystem::path(common.db);
  std::optional<storage::Store> store;
  if (std::error_code ignored; std::filesystem::exists(db, ignored)) {
    auto opened = storage::Store::open(db, storage::Mode::read);
    if (!opened) return console.fail(opened.error());
    store = std::move(*opened);
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto estimate = pipeline::estimate(config, store ? &*store : nullptr, relist, now);
  if (!estimate) return console.fail(estimate.error());
  const std::string out =
      common.json ? pipeline::estimate_json(*estimate) + "\n" : pipeline::estimate_text(*estimate, common.verbose);
  if (const auto done = print(out); !done) return console.fail(done.error());
  console.say("A dry run: nothing was sent, nothing was written.");
  return Exit::done;
}

}  // namespace waydiff::cli
