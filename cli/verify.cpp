#include <boost/json.hpp>

#include "cli/command.hpp"
#include "pipeline/audit.hpp"

namespace waydiff::cli {
namespace {

using storage::Finding;
using storage::Mend;

const char* how_to(Mend mend) {
  switch (mend) {
    case Mend::process:
      return "it is derived: run `waydiff process --all`";
    case Mend::relist:
      return "run `waydiff crawl --relist`, which asks the index for everything again";
    case Mend::refetch:
      return "run `waydiff verify --mend`, then `waydiff run` (or import it again), which asks for it again";
    case Mend::reread:
      return "run `waydiff verify --mend`, then `waydiff process`";
    case Mend::rebuild:
      return "run `waydiff verify --mend`";
    case Mend::restore:
      break;
  }
  return "bring back a backup, or save what `sqlite3 STORE .recover` finds";
}

core::Result<std::vector<Finding>> findings(storage::Store& store, Console& console) {
  auto found =
      store.check([&console](std::size_t done, std::size_t total) { console.progress("verify", done, total); });
  if (!found) return found;
  auto more = pipeline::audit(store, console);
  if (!more) return more;
  found->insert(found->end(), more->begin(), more->end());
  return found;
}

std::string shown(const std::vector<Finding>& found, bool json) {
  std::string out;
  for (const Finding& finding : found) {
    if (json) {
      const boost::json::value line = {{"problem", finding.what}, {"mend", how_to(finding.mend)}};
      out += boost::json::serialize(line) + "\n";
    } else {
      out += printable(finding.what) + "\n    to mend: " + how_to(finding.mend) + "\n";
    }
  }
  return out;
}

void tell(Console& console, const storage::Mended& done) {
  console.say("Indexes made anew; " + std::to_string(done.bodies) + " bodies forgotten, " +
              std::to_string(done.captures) + " captures pending again; " + std::to_string(done.texts) +
              " texts forgotten, " + std::to_string(done.targets) + " histories to be made anew." +
              (done.former > 0 ? " Dropped, and not to be had again: " + std::to_string(done.former) +
                                     " histories of earlier generations."
                               : ""));
}

}  // namespace

Action add_verify(Subcommand& app) {
  auto mend = std::make_shared<bool>(false);
  app.add_flag("--mend", *mend,
               "Forget damaged bodies and texts, so that they are fetched and made again; make indexes anew");
  return [mend](const Common& common, Console& console) {
    auto store = common.open_store(*mend ? storage::Mode::write : storage::Mode::read);
    if (!store) return console.fail(store.error());
    auto found = findings(*store, console);
    if (!found) return console.fail(found.error());
    if (*mend && !found->empty()) {
      const auto done = store->mend(*found);
      if (!done) return console.fail(done.error());
      tell(console, *done);
      found = findings(*store, console);
      if (!found) return console.fail(found.error());
      if (found->empty() && (done->bodies > 0 || done->captures > 0 || done->targets > 0)) {
        console.say("The store is in order, but not complete: `waydiff run` goes on.");
        return Exit::incomplete;
      }
    }
    if (const auto printed = print(shown(*found, common.json)); !printed) return console.fail(printed.error());
    if (!found->empty()) return Exit::store;
    console.say("The store is in order.");
    return Exit::done;
  };
}

}  // namespace waydiff::cli
