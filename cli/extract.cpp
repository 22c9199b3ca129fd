#include "extract/extract.hpp"

#include "cli/input.hpp"
#include "cli/process_end.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::string file;
  std::string url;
  std::string content_type;
  std::string format = "markdown";
  std::string kind = "privacy policy";
  std::string timestamp;
  bool no_provenance = false;
};

/// `--url` may be a playback address; then it says the time as well.
core::Result<std::optional<extract::Provenance>> provenance(Options& options) {
  if (const auto played = core::parse_playback_url(options.url); !played.original.empty()) {
    options.url = played.original;
    if (options.timestamp.empty()) options.timestamp = played.timestamp;
  }
  if (options.timestamp.empty() || options.no_provenance) return std::optional<extract::Provenance>();
  const auto time = core::Timestamp::parse_to(options.timestamp);
  if (!time) return tl::unexpected(time.error());
  const auto url = core::Url::parse(options.url);
  if (!url) return tl::unexpected(url.error());
  return extract::Provenance{url->site(), options.kind, time->date(),
                             core::playback_url("https://web.archive.org/web", options.timestamp, options.url)};
}

}  // namespace

Action add_extract(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("FILE", options->file, "Page to read: HTML, text or PDF; - for stdin").required();
  app.add_option("--url", options->url, "Its original or playback address: makes links absolute");
  app.add_option("--content-type", options->content_type, "The header it came with: text/html; charset=…");
  app.add_option("--format", options->format, "markdown, text or json")
      .shows_default()
      .one_of({"markdown", "text", "json"});
  app.add_option("--timestamp", options->timestamp, "When it was archived: adds the provenance line");
  app.add_option("--kind", options->kind, "What it is, for the provenance line").shows_default();
  app.add_flag("--no-provenance", options->no_provenance, "Leave the provenance line out");
  return [options](const Common& common, Console& console) {
    const auto origin = provenance(*options);
    if (!origin) return console.fail(origin.error());
    const auto bytes = read_input(options->file);
    if (!bytes) return console.fail(bytes.error());
    const auto& document = kept(extract::extract(*bytes, {options->url, options->content_type}));
    if (!document) return console.fail({document.error().code, options->file + ": " + document.error().detail});
    for (const std::string& note : document->notes) console.detail(options->file + ": " + note);
    if (!document->verdict.good()) {
      console.say("waydiff: " + options->file + ": not fit to compare: " +
                  std::string(core::name(document->verdict.reason)) + " (" + document->verdict.detail + ")");
    }
    const bool json = common.json || options->format == "json";
    const std::string out = json                        ? extract::to_json(*document) + "\n"
                            : options->format == "text" ? extract::to_text(*document)
                                                        : extract::to_markdown(*document, *origin);
    const auto printed = print(out);
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
