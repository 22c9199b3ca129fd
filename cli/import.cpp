#include "pipeline/import.hpp"

#include <algorithm>

#include "cli/command.hpp"
#include "pipeline/process.hpp"
#include "pipeline/receipts.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::vector<std::string> folders;
  pipeline::ImportOptions import;
  bool only = false;
};

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

Exit run(const Options& options, const Common& common, Console& console) {
  auto store = common.open_store(storage::Mode::write);
  if (!store) return console.fail(store.error());
  pipeline::ProcessOptions process;
  bool complete = true;
  for (const std::string& folder : options.folders) {
    const auto done = pipeline::import_folder(*store, console, folder, options.import);
    if (!done) return console.fail(done.error());
    console.say(folder + ": " + counted(done->targets.size(), "document") + ", " + counted(done->files, "file") + ", " +
                std::to_string(done->added) + " new" +
                (done->others > 0 ? "; " + std::to_string(done->others) + " called otherwise" : "") + ".");
    process.targets.insert(process.targets.end(), done->targets.begin(), done->targets.end());
    complete = complete && done->unreadable == 0 && !done->interrupted;
    if (done->interrupted) break;
  }
  if (!options.only) {
    const auto done = pipeline::process(*store, console, process);
    if (!done) return console.fail(done.error());
    complete = complete && !done->interrupted;
  }
  auto receipts = pipeline::receipts(*store);
  if (!receipts) return console.fail(receipts.error());
  std::erase_if(*receipts, [&](const pipeline::TargetReceipt& one) {
    return std::find(process.targets.begin(), process.targets.end(), one.target.id) == process.targets.end();
  });
  const auto printed =
      print(common.json ? pipeline::receipt_json(*receipts) + "\n" : pipeline::receipt_table(*receipts));
  if (!printed) return console.fail(printed.error());
  if (complete) return Exit::done;
  console.warning("not everything was read; a rerun goes on");
  return Exit::incomplete;
}

}  // namespace

Action add_import(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("FOLDER", options->folders, "Holds SITE/KIND/20180525103000.md, or .txt, .html, .pdf").required();
  app.add_option("--site", options->import.site, "Whose all of it is, instead of the folders' names");
  app.add_option("--kind", options->import.kind, "What all of it is, likewise");
  app.add_flag("--only", options->only, "Do not extract and compare yet");
  return [options](const Common& common, Console& console) { return run(*options, common, console); };
}

}  // namespace waydiff::cli
