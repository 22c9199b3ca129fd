#include "cli/whole_run.hpp"

namespace waydiff::cli {
namespace {

Action staged(Subcommand& app, Stages stages) {
  const auto options = add_run_options(app);
  return [options, stages](const Common& common, Console& console) mutable {
    const auto config = common.load_config();
    if (!config) return console.fail(config.error());
    if (config->targets.empty()) {
      return console.fail({core::Errc::bad_config, config->file.string() + ": it follows nothing: add a [[target]]"});
    }
    stages.options = *options;
    return whole_run(*config, stages, common, console);
  };
}

}  // namespace

Action add_run(Subcommand& app) {
  return staged(app, {});
}

Action add_crawl(Subcommand& app) {
  Stages stages;
  stages.process = stages.report = false;
  stages.command = "crawl";
  return staged(app, stages);
}

}  // namespace waydiff::cli
