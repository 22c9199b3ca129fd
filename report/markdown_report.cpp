#include "report/markdown_report.hpp"

#include <string_view>
#include <vector>

#include "report/markdown_redline.hpp"
#include "report/plain_text.hpp"

namespace waydiff::report {
namespace {

std::string snapshot(const SnapshotView& view) {
  if (!web_link(view.address).empty()) return markdown_link(view.time.date(), view.address);
  return view.time.date() + " (" + markdown_escaped(view.address) + ")";
}

void append_row(std::string& out, const std::vector<std::string>& cells) {
  out += "|";
  for (const std::string& cell : cells) out += " " + cell + " |";
  out += "\n";
}

void append_changes(std::string& out, std::string_view heading, const std::vector<ChangeView>& changes) {
  if (changes.empty()) return;
  out += "#### " + std::string(heading) + " (" + std::to_string(changes.size()) + ")\n\n";
  std::size_t number = 0;
  for (const ChangeView& change : changes) out += markdown_change(change, ++number);
}

/// `one` for each transition, newest first; `folded` for those that are told as one.
template <class One, class Folded>
void newest_first(const PageView& page, One one, Folded folded) {
  auto group = page.alternations.rbegin();
  for (std::size_t at = page.transitions.size(); at > 0; --at) {
    if (group == page.alternations.rend() || group->last != at - 1) {
      one(page.transitions[at - 1]);
      continue;
    }
    folded(*group);
    at = group->first + 1;
    ++group;
  }
}

void append_overview(std::string& out, const PageView& page) {
  if (page.transitions.empty()) return;
  out += "## At a glance\n\n";
  append_row(out, {"between", "and", "text", "its own dates", "substantive", "structural", "editorial"});
  append_row(out, {"---", "---", "---", "---", "---:", "---:", "---:"});
  const auto one = [&](const TransitionView& view) {
    append_row(out, {view.before.time.date(), view.after.time.date(),
                     std::to_string(view.old_state) + " → " + std::to_string(view.new_state), view.announced,
                     std::to_string(view.substantive.size()), std::to_string(view.structural.size()),
                     std::to_string(view.editorial.size())});
  };
  const auto folded = [&](const AlternationView& group) {
    append_row(out, {page.transitions[group.first].before.time.date(), page.transitions[group.last].after.time.date(),
                     group.label, "", "", "", ""});
  };
  newest_first(page, one, folded);
  out += "\n";
}

void append_transition(std::string& out, const TransitionView& view) {
  out += "### " + view.title + " (" + view.gap + ")\n\n";
  out += "Text " + std::to_string(view.old_state) + " → text " + std::to_string(view.new_state) +
         " · last seen before: " + snapshot(view.before) + " · first seen after: " + snapshot(view.after);
  if (!view.missed.empty()) out += " · " + markdown_escaped(view.missed);
  if (!view.stood.empty()) out += "\n\n" + view.stood + ".";
  if (!view.dates.empty()) out += "\n\nThe document’s own dates: " + markdown_escaped(view.dates);
  out += "\n\n" + view.summary + "\n\n";
  if (view.same_as > 0) {
    out += "The same words as in an earlier return between these texts, below.\n\n";
    return;
  }
  for (const std::string& note : view.notes) out += "Note: " + markdown_escaped(note) + "\n\n";
  append_changes(out, "Substantive", view.substantive);
  append_changes(out, "Structural: same words, other place or cut", view.structural);
  append_changes(out, "Editorial: typography, case, markup, numbering, links, dates", view.editorial);
}

void append_ledger(std::string& out, const PageView& page) {
  out += "## Where every capture went\n\n";
  append_row(out, {"outcome", "captures", "meaning"});
  append_row(out, {"---", "---:", "---"});
  for (const LedgerLine& line : page.ledger) append_row(out, {line.name, std::to_string(line.count), line.meaning});
  append_row(out, {"**listed**", "**" + std::to_string(page.listed) + "**",
                   page.listed == page.accounted ? "the sum of the lines above" : "NOT the sum of the lines above"});
  out += "\n";
}

void append_quarantined(std::string& out, const PageView& page) {
  if (page.quarantined.empty()) return;
  out += "### Quarantined: not fit to compare\n\n";
  append_row(out, {"capture", "reason", "evidence"});
  append_row(out, {"---", "---", "---"});
  for (const MomentView& moment : page.quarantined) {
    append_row(out, {snapshot(moment.snapshot), markdown_escaped(moment.reason), markdown_escaped(moment.detail)});
  }
  out += "\n";
}

void append_unread(std::string& out, const PageView& page) {
  if (page.unread.empty()) return;
  out += "### Without a body\n\n";
  append_row(out, {"capture", "outcome", "cause", "attempts"});
  append_row(out, {"---", "---", "---", "---:"});
  for (const UnreadView& view : page.unread) {
    append_row(out,
               {snapshot(view.snapshot), view.outcome, markdown_escaped(view.cause), std::to_string(view.attempts)});
  }
  out += "\n";
}

void append_texts(std::string& out, const PageView& page) {
  if (page.texts.empty()) return;
  out += "## Where every text comes from\n\n";
  append_row(out,
             {"text", "first seen", "last seen", "captures", "stood", "clauses", "title", "body sha256", "generation"});
  append_row(out, {"---:", "---", "---", "---:", "---", "---:", "---", "---", "---:"});
  for (const TextView& text : page.texts) {
    append_row(out, {std::to_string(text.state), snapshot(text.first), text.last.date(), std::to_string(text.captures),
                     text.stood, std::to_string(text.clauses), markdown_escaped(text.title),
                     markdown_escaped(text.body_sha256), std::to_string(text.generation)});
  }
}

}  // namespace

std::string target_markdown(const PageView& page) {
  std::string out = "# " + markdown_escaped(page.site) + " " + markdown_escaped(page.kind) + "\n\n" +
                    markdown_link(page.url, page.url) + "\n\n" + page.summary + "\n\n";
  for (const std::string& warning : page.warnings) out += "**Attention:** " + markdown_escaped(warning) + "\n\n";
  append_overview(out, page);
  if (!page.transitions.empty()) {
    out +=
        "## Changes, newest first\n\n~~Struck~~: words of the older text. **Bold**: words of the newer one. A change "
        "happened after the first date and not after the second.\n\n";
  }
  const auto one = [&out](const TransitionView& view) { append_transition(out, view); };
  const auto folded = [&](const AlternationView& group) {
    out += "### " + group.title + "\n\n";
    for (const std::string& line : group.lines) out += "  * " + line + "\n";
    out += "\n";
    for (std::size_t at = group.last + 1; at > group.first; --at) {
      const TransitionView& view = page.transitions[at - 1];
      if (view.same_as == 0) append_transition(out, view);
    }
  };
  newest_first(page, one, folded);
  append_ledger(out, page);
  append_quarantined(out, page);
  append_unread(out, page);
  append_texts(out, page);
  return out;
}

}  // namespace waydiff::report
