#include "storage/backup.hpp"

#include <filesystem>
#include <span>

#include "cli/command.hpp"
#include "storage/unfinished.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::string file;
  bool force = false;
};

core::Result<std::filesystem::path> store_file(const Common& common) {
  if (!common.db.empty()) return std::filesystem::path(common.db);
  if (!common.has_config() && std::filesystem::exists("waydiff.db")) return std::filesystem::path("waydiff.db");
  return common.load_config().map([](const config::Config& config) { return config.db; });
}

/// Everything in the copy is read, as `verify` does.
core::Result<void> check(const std::filesystem::path& copy, Console& console) {
  auto store = storage::Store::open(copy, storage::Mode::read);
  if (!store) return tl::unexpected(store.error());
  const auto found =
      store->check([&console](std::size_t done, std::size_t total) { console.progress("check", done, total); });
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return {};
  return core::fail(core::Errc::store_corrupt, found->front().what + "; `waydiff verify` says more of the store");
}

core::Result<void> copy_store(const std::filesystem::path& store, const std::filesystem::path& file, Console& console) {
  auto copy = storage::Unfinished::begin(file, std::span(&store, 1));
  if (!copy) return tl::unexpected(std::move(copy.error()));
  if (auto done = storage::back_up(store, copy->place()); !done) return done;
  if (auto done = check(copy->place(), console); !done) return done;
  return copy->finish();
}

}  // namespace

Action add_backup(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->file, "The copy to be written").required();
  app.add_flag("--force", options->force, "Replace FILE if it is there");
  return [options](const Common& common, Console& console) {
    namespace fs = std::filesystem;
    const auto store = store_file(common);
    if (!store) return console.fail(store.error());
    const fs::path file = options->file;
    std::error_code trouble;
    if (fs::exists(file, trouble) && fs::equivalent(file, *store, trouble)) {
      return console.fail({core::Errc::bad_argument, options->file + ": this is the store itself"});
    }
    if (fs::exists(fs::symlink_status(file, trouble)) && !options->force) {
      return console.fail({core::Errc::bad_argument, options->file + ": it is there already; --force replaces it"});
    }
    if (const auto done = copy_store(*store, file, console); !done) return console.fail(done.error());
    console.say(options->file + ": " + std::to_string(fs::file_size(file, trouble)) + " bytes, checked.");
    return Exit::done;
  };
}

}  // namespace waydiff::cli
