#include "cli/input.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::string target;
  std::string time;
  std::string format = "markdown";
  std::string generation;
};

}  // namespace

Action add_show(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("TARGET", options->target, "Address, site, \"site kind\" or number; may end in @TIME").required();
  app.add_option("TIME", options->time, "4 to 14 digits; default: the latest");
  app.add_option("--format", options->format, "markdown, text, json or raw (the archived bytes)")
      .shows_default()
      .one_of({"markdown", "text", "json", "raw"});
  app.add_option("--generation", options->generation, "As this generation of the program read it, such as 2.1");
  return [options](const Common& common, Console& console) {
    auto store = common.open_store(storage::Mode::read);
    if (!store) return console.fail(store.error());
    take_time(options->target, options->time);
    const auto text = stored_text(*store, options->target, options->time, options->generation);
    if (!text) return console.fail(text.error());
    if (!text->released.empty()) console.say("waydiff: this capture was released " + text->released);
    std::string out;
    if (common.json || options->format == "json") {
      out = extract::to_json(text->document) + "\n";
    } else if (options->format == "text") {
      out = extract::to_text(text->document);
    } else if (options->format == "raw") {
      auto body = store->body(text->capture.body.value_or(0));
      if (!body) return console.fail(body.error());
      out = std::move(*body);
    } else {
      out = extract::to_markdown(text->document, text->provenance);
    }
    const auto printed = print(out);
    return printed ? Exit::done : console.fail(printed.error());
  };
}

}  // namespace waydiff::cli
