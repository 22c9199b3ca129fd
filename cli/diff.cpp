#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "cli/diff_input.hpp"
#include "cli/process_end.hpp"
#include "core/holds_any.hpp"
#include "diff/compare.hpp"
#include "diff/json.hpp"
#include "diff/segmentation.hpp"
#include "extract/inline_text.hpp"
#include "extract/language.hpp"
#include "report/redline.hpp"

namespace waydiff::cli {
namespace {

struct Options {
  std::string before;
  std::string after;
  std::string format = "terminal";
  std::string colour = "auto";
  std::string ignore;
  std::string only;
  std::optional<std::size_t> width;
  bool all = false;
  bool quarantined = false;
  bool exit_code = false;
};

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

std::string language_of(const core::Document& document) {
  return extract::language_of(document, "");
}

/// A page says in which language each side stands.
void tell_languages(core::Document& before, core::Document& after) {
  for (core::Document* side : {&before, &after}) {
    if (side->language.empty()) side->language = language_of(*side);
  }
}

/// JSON may go to a terminal as well: control characters of the upper range, which it allows in strings, are escaped.
std::string without_controls(std::string json) {
  if (!core::holds_any<'\x7F', '\xC2'>(json)) return json;
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const auto byte = static_cast<unsigned char>(json[i]);
    const auto next = i + 1 < json.size() ? static_cast<unsigned char>(json[i + 1]) : 0U;
    if (byte == 0x7F) {
      out += "\\u007f";
    } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      out += next < 0x90 ? "\\u008" : "\\u009";
      out += "0123456789abcdef"[next & 0xFU];
      ++i;
    } else {
      out += json[i];
    }
  }
  return out;
}

bool is_json(const Options& options, const Common& common) {
  return common.json || options.format == "json";
}

report::RedlineSide side_of(const DiffInput& input, std::span<const diff::ClauseView> clauses) {
  return {input.name, input.origin, input.address, &input.document, clauses};
}

std::string shown(const report::Redline& redline, const Options& options, bool json) {
  if (json) {
    std::function<bool(const core::Change&)> shows;
    if (!redline.filter.shows_all()) shows = [&](const core::Change& change) { return redline.filter.shows(change); };
    return without_controls(diff::to_json(redline.set, options.before, options.after, shows)) + "\n";
  }
  if (options.format == "markdown") return report::redline_markdown(redline);
  if (options.format == "html") return report::redline_html(redline);
  // As other programs of this kind: where there is nothing to say, nothing is said.
  if (redline.set.changes.empty() && !options.all) return {};
  report::TerminalStyle style;
  style.colour = options.colour == "always" || (options.colour == "auto" && colour_wanted());
  style.width = options.width.value_or(terminal_width());
  style.all = options.all;
  return report::redline_terminal(redline, style);
}

Exit compare(const Options& options, const Common& common, Console& console) {
  const auto filter = report::ChangeFilter::parse(options.ignore, options.only);
  if (!filter) return console.fail(filter.error());
  if (options.before == "-" && options.after == "-") {
    return console.fail({core::Errc::bad_argument, "-: only one side can be read from stdin"});
  }
  std::string room;
  auto& before = kept(read_diff_input(options.before, options.after, options.quarantined, room, common, console));
  if (!before) return console.fail(before.error());
  auto& after = kept(read_diff_input(options.after, options.before, options.quarantined, room, common, console));
  if (!after) return console.fail(after.error());
  room = std::string();  // for what comes now
  take_title(before->document, after->document);
  take_title(after->document, before->document);
  const bool page = options.format == "html" && !is_json(options, common);
  if (page) tell_languages(before->document, after->document);
  const auto& both = *kept(std::make_unique<diff::SegmentedPair>(before->document, after->document, language_of));
  if (both.before().empty()) return console.fail(no_text(options.before));
  if (both.after().empty()) return console.fail(no_text(options.after));
  const core::ChangeSet& set = kept(diff::compare(both.before(), both.after()));
  report::Redline redline(set, options.before, options.after);
  redline.before = side_of(*before, both.before());
  redline.after = side_of(*after, both.after());
  redline.filter = *filter;
  for (const std::string& note : set.notes) console.say("waydiff: " + note);
  const std::size_t left = filter->count_shown(set);
  if (set.changes.empty()) {
    console.say("waydiff: " + options.before + " and " + options.after + " say the same");
  } else if (left == 0) {
    console.say("waydiff: no change is left by " + filter->text());
  }
  if (const auto printed = print(shown(redline, options, is_json(options, common))); !printed)
    return console.fail(printed.error());
  return options.exit_code && left > 0 ? Exit::differences : Exit::done;
}

}  // namespace

Action add_diff(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("OLD", options->before, "Markdown, text or HTML file, - for stdin, or TARGET@TIME in a store")
      .required();
  app.add_option("NEW", options->after, "The same").required();
  app.add_option("--format", options->format, "terminal, json, markdown or html")
      .shows_default()
      .one_of({"terminal", "json", "markdown", "html"});
  app.add_flag("--all", options->all, "On the terminal, the whole newer text with the changes in place");
  app.add_option("--ignore", options->ignore, "Leave changes out by significance: editorial, structural, substantive")
      .joined_by(',');
  app.add_option("--only", options->only, "Kinds to show: added, removed, modified, moved, split, merged")
      .joined_by(',');
  app.add_option("--color", options->colour, "auto, always or never: auto is on a terminal, unless NO_COLOR is set")
      .shows_default()
      .one_of({"auto", "always", "never"});
  app.add_option("--width", options->width, "Columns to break lines at, 0 for none; default: the terminal's")
      .between(0, 1000);
  app.add_flag("--quarantined", options->quarantined, "Take captures that are not fit to compare, too");
  app.add_flag("--exit-code", options->exit_code, "End with 1 when there are differences left to show");
  return [options](const Common& common, Console& console) { return compare(*options, common, console); };
}

}  // namespace waydiff::cli
