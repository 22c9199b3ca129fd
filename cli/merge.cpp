#include "storage/merge.hpp"

#include <filesystem>

#include "cli/command.hpp"
#include "pipeline/process.hpp"
#include "storage/unfinished.hpp"

namespace waydiff::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string out;
  std::vector<std::string> in;
};

/// False when it was interrupted: then nothing was made.
core::Result<bool> merged(const Options& options, Console& console) {
  const std::vector<fs::path> sources(options.in.begin(), options.in.end());
  auto out = storage::Unfinished::begin(options.out, sources);
  if (!out) return tl::unexpected(std::move(out.error()));
  {
    auto store = storage::Store::open(out->place(), storage::Mode::write);
    if (!store) return tl::unexpected(store.error());
    for (std::size_t at = 0; at < sources.size(); ++at) {
      console.progress("merge", at, sources.size());
      if (auto done = storage::merge_into(out->place(), sources[at]); !done) return tl::unexpected(done.error());
    }
    const auto done = pipeline::process(*store, console);
    if (!done) return tl::unexpected(done.error());
    if (done->interrupted) return false;
  }
  if (auto done = out->finish(); !done) return tl::unexpected(done.error());
  return true;
}

}  // namespace

Action add_merge(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("OUT", options->out, "The store to be made").required();
  app.add_option("IN", options->in, "Stores to join, such as --shard made").required();
  return [options](const Common&, Console& console) {
    std::error_code trouble;
    if (fs::exists(fs::symlink_status(options->out, trouble))) {
      return console.fail({core::Errc::bad_argument, options->out + ": it is there already; name a new file"});
    }
    const auto whole = merged(*options, console);
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
