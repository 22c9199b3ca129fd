#include "report/report.hpp"

#include "cli/command.hpp"

namespace waydiff::cli {

Action add_report(Subcommand& app) {
  auto folder = std::make_shared<std::string>();
  app.add_option("--out", *folder, "Folder to write to; default: `report` of the configuration").named("DIR");
  return [folder](const Common& common, Console& console) {
    std::filesystem::path out = *folder;
    if (out.empty()) {
      const auto config = common.load_config();
      if (!config) return console.fail(config.error());
      if (!config->report) {
        return console.fail(
            {core::Errc::bad_argument, "no folder to write to: give --out DIR, or `report` in the configuration"});
      }
      out = *config->report;
    }
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    const auto written = report::write_report(*store, out);
    if (!written) return console.fail(written.error());
    console.say(std::to_string(written->files) + " files, " + std::to_string(written->changed) +
                " of them written: " + (out / "index.html").string());
    return Exit::done;
  };
}

}  // namespace waydiff::cli
