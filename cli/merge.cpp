#include "storage/merge.hpp"

#include <filesystem>

#include "cli/command.hpp"
#include "pipeline/process.hpp"
#include "storage/backup.hpp"

namespace waydiff::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string out;
  std::vector<std::string> in;
};

core::Result<bool> merged(const fs::path& beside, const Options& options, Console& console) {
  auto store = storage::Store::open(beside, storage::Mode::write);
  if (!store) return tl::unexpected(store.error());
  for (std::size_t at = 0; at < options.in.size(); ++at) {
    console.progress("merge", at, options.in.size());
    if (const auto done = storage::merge_into(beside, options.in[at]); !done) return tl::unexpected(done.error());
  }
  const auto done = pipeline::process(*store, console);
  if (!done) return tl::unexpected(done.error());
  return !done->interrupted;
}

}  // namespace

Action add_merge(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("OUT", options->out, "The store to be made")->required();
  app.add_option("IN", options->in, "Stores to join, such as --shard made")->required();
  return [options](const Common&, Console& console) {
    const fs::path out = options->out, beside = options->out + ".unfinished";
    std::error_code trouble;
    if (fs::exists(fs::symlink_status(out, trouble))) {
      return console.fail({core::Errc::bad_argument, options->out + ": it is there already; name a new file"});
    }
    storage::remove_store(beside);  // what a killed merge left
    auto whole = merged(beside, *options, console);
    if (whole && *whole) {
      if (const auto done = storage::rename_store(beside, out); !done) whole = tl::unexpected(done.error());
    }
    if (!whole || !*whole) storage::remove_store(beside);
    if (!whole) return console.fail(whole.error());
    if (!*whole) {
      console.warning("stopped on request; nothing was written");
      return Exit::incomplete;
    }
    console.say(options->out + ": " + std::to_string(options->in.size()) + " stores joined.");
    return Exit::done;
  };
}

}  // namespace waydiff::cli
