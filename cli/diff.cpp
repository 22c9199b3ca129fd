#include <filesystem>

#include "cli/input.hpp"
#include "diff/compare.hpp"
#include "diff/json.hpp"
#include "extract/inline_text.hpp"
#include "report/redline.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::string before;
  std::string after;
  std::string format = "terminal";
  bool exit_code = false;
};

/// A file, or TARGET@TIME in the store when there is no such file.
core::Result<core::Document> side(const std::string& name, const Common& common) {
  const auto at = name.rfind('@');
  if (name == "-" || at == std::string::npos || std::filesystem::exists(name)) return read_document(name, "");
  auto store = common.open_store(storage::Mode::read);
  if (!store) return core::fail(store.error().code, name + ": " + store.error().detail);
  auto text = stored_text(*store, name.substr(0, at), name.substr(at + 1));
  if (!text) return tl::unexpected(text.error());
  return std::move(text->document);
}

/// A file written without a provenance line begins with its page's title, which no page yields as a clause.
void take_title(core::Document& file, const core::Document& page) {
  const auto says = [&](const core::Document& document) {
    return !document.blocks.empty() && document.blocks.front().kind == core::BlockKind::heading &&
           extract::plain_text(document.blocks.front()) == page.title;
  };
  if (page.title.empty() || !file.title.empty() || !says(file) || says(page)) return;
  file.title = page.title;
  file.blocks.erase(file.blocks.begin());
}

}  // namespace

Action add_diff(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("OLD", options->before, "Markdown, text or HTML file, or TARGET@TIMESTAMP in a store")->required();
  app.add_option("NEW", options->after, "The same")->required();
  app.add_option("--format", options->format, "terminal, json, markdown or html")
      ->capture_default_str()
      ->check(CLI::IsMember({"terminal", "json", "markdown", "html"}));
  app.add_flag("--exit-code", options->exit_code, "End with 1 when there are differences");
  return [options](const Common& common, Console& console) {
    auto before = side(options->before, common);
    if (!before) return console.fail(before.error());
    auto after = side(options->after, common);
    if (!after) return console.fail(after.error());
    take_title(*before, *after);
    take_title(*after, *before);
    const core::ChangeSet set = diff::compare(diff::clauses(*before), diff::clauses(*after));
    for (const std::string& note : set.notes) console.say("waydiff: " + note);
    std::string out;
    if (common.json || options->format == "json") {
      out = diff::to_json(set, options->before, options->after) + "\n";
    } else if (options->format == "markdown") {
      out = report::redline_markdown(set, options->before, options->after);
    } else if (options->format == "html") {
      out = report::redline_html(set, options->before, options->after);
    } else {
      out = report::redline_terminal(set, options->before, options->after, colour_wanted());
    }
    if (const auto printed = print(out); !printed) return console.fail(printed.error());
    return options->exit_code && !set.changes.empty() ? Exit::differences : Exit::done;
  };
}

}  // namespace waydiff::cli
