#include "cli/whole_run.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::vector<std::string> urls;
  std::string kind = "privacy policy";
  std::string from = "2000";
  std::string to;
  std::string every = "6 months";
  std::string contact;
  std::string report;
  std::vector<std::string> warcs;
};

core::Result<config::Config> made_config(const Options& options, const Common& common) {
  config::Config out;
  if (!common.config.empty()) {
    auto read = common.load_config();
    if (!read) return read;
    out = std::move(*read);
    out.targets.clear();
  } else if (options.warcs.empty()) {
    out.archives.emplace_back().name = "wayback";
  }
  if (!options.warcs.empty()) {
    config::ArchiveConfig local;
    local.name = "local";
    local.profile = "warc";
    local.index.clear();
    local.playback.clear();
    local.files.assign(options.warcs.begin(), options.warcs.end());
    out.archives = {local};
  }
  if (!options.contact.empty()) out.contact = options.contact;
  if (!options.report.empty()) out.report = options.report;
  const auto every = config::Every::parse(options.every);
  if (!every) return core::fail(core::Errc::bad_argument, "--every: " + every.error().detail);
  if (const auto from = core::Timestamp::parse_from(options.from); !from) {
    return core::fail(core::Errc::bad_argument, "--from: " + from.error().detail);
  }
  if (!options.to.empty()) {
    if (const auto to = core::Timestamp::parse_to(options.to); !to) {
      return core::fail(core::Errc::bad_argument, "--to: " + to.error().detail);
    }
  }
  for (const std::string& address : options.urls) {
    const auto url = core::Url::parse(address);
    if (!url) return tl::unexpected(url.error());
    config::TargetConfig target;
    target.url = url->text();
    target.site = url->site();
    target.kind = options.kind;
    target.from = options.from;
    target.to = options.to;
    target.every = *every;
    for (const config::ArchiveConfig& archive : out.archives) target.archives.push_back(archive.name);
    out.targets.push_back(std::move(target));
  }
  return out;
}

}  // namespace

Action add_backfill(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("URL", options->urls, "Addresses of the pages").required();
  app.add_option("--kind", options->kind, "What the pages are").shows_default();
  app.add_option("--from", options->from, "First date, 4 to 14 digits").shows_default().named("DATE");
  app.add_option("--to", options->to, "Last date, 4 to 14 digits; default: now").named("DATE");
  app.add_option("--every", options->every, "\"all\", \"changes\" or a period such as \"6 months\"")
      .shows_default()
      .named("PERIOD");
  app.add_option("--contact", options->contact, "Your address, sent to public archives: mailto:you@example.org");
  app.add_option("--report", options->report, "Folder for the report").named("DIR");
  app.add_option("--warc", options->warcs, "Read these WARC files instead of an archive").named("FILE");
  const auto run_options = add_run_options(app);
  return [options, run_options](const Common& common, Console& console) {
    const auto config = made_config(*options, common);
    if (!config) return console.fail(config.error());
    Stages stages;
    stages.command = "backfill";
    stages.options = *run_options;
    return whole_run(*config, stages, common, console);
  };
}

}  // namespace waydiff::cli
