#include "cli/command.hpp"

#include <filesystem>

namespace waydiff::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      {"run", "Do everything for every target: list, fetch, extract, compare, report", add_run},
      {"crawl", "List and fetch captures only", add_crawl},
      {"process", "Extract and compare what is stored", add_process},
      {"report", "Write the report of what is stored", add_report},
      {"backfill", "Fetch the history of pages without a configuration file", add_backfill},
      {"discover", "Find a site's policy from its archived home pages", add_discover},
      {"import", "Take dated files of documents into the store", add_import},
      {"extract", "Turn a page into Markdown, text or JSON", add_extract},
      {"diff", "Compare two documents clause by clause", add_diff},
      {"log", "Show how a target changed over time", add_log},
      {"show", "Print a target's text at a time", add_show},
      {"blame", "Show since when each clause of a target stands", add_blame},
      {"search", "Find clauses and changes by their words", add_search},
      {"spread", "Show the same change in several documents as one event", add_spread},
      {"status", "Show receipts, what is pending and what is quarantined", add_status},
      {"release", "Take captures for good that the program has quarantined", add_release},
      {"quarantine", "Take captures out of the comparison by hand", add_quarantine},
      {"generations", "Tell what a new version of the program reads otherwise", add_generations},
      {"verify", "Check the store against itself", add_verify},
      {"backup", "Write a checked copy of the store, also while it is being written", add_backup},
      {"merge", "Join stores, such as several machines made with --shard", add_merge},
  };
  return table;
}

bool Common::has_config() const {
  return !config.empty() || std::filesystem::exists("waydiff.toml");
}

core::Result<config::Config> Common::load_config() const {
  if (has_config()) return config::load(config.empty() ? "waydiff.toml" : config);
  return core::fail(core::Errc::not_found,
                    "no configuration: give --config FILE, or have a waydiff.toml in this folder");
}

core::Result<storage::Store> Common::open_store(storage::Mode mode) const {
  if (!db.empty()) return storage::Store::open(db, mode);
  if (!has_config() && std::filesystem::exists("waydiff.db")) {
    return storage::Store::open("waydiff.db", mode);
  }
  const auto read = load_config();
  if (!read) {
    if (read.error().code != core::Errc::not_found || !config.empty()) return tl::unexpected(read.error());
    return core::fail(core::Errc::not_found, "no store: give --db FILE or --config FILE");
  }
  return storage::Store::open(read->db, mode);
}

}  // namespace waydiff::cli
