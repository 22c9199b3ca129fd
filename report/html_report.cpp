#include "report/html_report.hpp"

#include <algorithm>
#include <set>

#include "report/html.hpp"
#include "report/plain_text.hpp"
#include "report/templates_page.hpp"
#include "report/timeline.hpp"

namespace waydiff::report {
namespace {

/// A page whose every sentence was rewritten shows this many before the reader asks for the rest.
constexpr std::size_t shown_at_once = 40;

void set_int(Data& data, const std::string& name, int number) {
  data.set(name, std::to_string(number));
}

Data bar_data(const TimelineBar& bar) {
  Data data;
  set_int(data, "x", bar.x);
  set_int(data, "y", bar.y);
  set_int(data, "w", bar.width);
  set_int(data, "tone", bar.tone);
  set_int(data, "state", bar.state);
  set_int(data, "label_x", bar.labelled ? bar.x + bar.width / 2 : bar.x + bar.width + 3);
  set_int(data, "label_y", bar.y + 13);
  data.set("inside", Data(bar.labelled));
  data.set("beside", Data(bar.labelled_beside));
  data.set("bar_title", bar.title);
  return data;
}

Data timeline_data(const PageView& page) {
  const Timeline drawing = timeline(page);
  if (drawing.width == 0) return Data(false);
  Data data;
  set_int(data, "width", drawing.width);
  set_int(data, "height", drawing.height);
  set_int(data, "axis_y", drawing.axis_y);
  Data ticks = list_data(), gaps = list_data(), bars = list_data(), marks = list_data();
  for (const TimelineTick& tick : drawing.ticks) {
    Data item;
    set_int(item, "x", tick.x);
    set_int(item, "tick_y", drawing.axis_y + 14);
    item.set("label", tick.label);
    ticks.push_back(item);
  }
  for (const TimelineGap& gap : drawing.gaps) {
    Data item;
    item.set("path", "M" + std::to_string(gap.x) + " " + std::to_string(gap.from_y) + "L" +
                         std::to_string(gap.x + gap.width) + " " + std::to_string(gap.to_y));
    item.set("bar_title", gap.title);
    gaps.push_back(item);
  }
  for (const TimelineBar& bar : drawing.bars) bars.push_back(bar_data(bar));
  for (const TimelineMark& mark : drawing.quarantined) {
    const std::string x = std::to_string(mark.x - 3), y = std::to_string(drawing.mark_y - 3);
    Data item;
    item.set("path", "M" + x + " " + y + "l6 6m0 -6l-6 6");
    item.set("bar_title", mark.title);
    marks.push_back(item);
  }
  data.set("ticks", ticks);
  data.set("gaps", gaps);
  data.set("bars", bars);
  data.set("marks", marks);
  data.set("has_marks", Data(!drawing.quarantined.empty()));
  return data;
}

/// The transitions newest first, with `make` for each, and `fold` for the ones that are told as one.
template <class Make, class Fold>
Data newest_first(const PageView& page, Make make, Fold fold) {
  Data list = list_data();
  auto group = page.alternations.rbegin();
  for (std::size_t at = page.transitions.size(); at > 0; --at) {
    if (group == page.alternations.rend() || group->last != at - 1) {
      list.push_back(make(page.transitions[at - 1]));
      continue;
    }
    list.push_back(fold(*group));
    at = group->first + 1;
    ++group;
  }
  return list;
}

std::string label(const TransitionView& view) {
  switch (view.kind) {
    case storage::TransitionKind::changed:
      return "New text " + std::to_string(view.new_state);
    case storage::TransitionKind::returned:
      return "Returned to text " + std::to_string(view.new_state);
    case storage::TransitionKind::editorial:
      return "Same words, edited form";
  }
  return {};
}

Data overview_data(const PageView& page) {
  if (page.transitions.empty()) return Data(false);
  const auto make = [](const TransitionView& view) {
    Data row;
    row.set("from", view.before.time.date());
    row.set("to", view.after.time.date());
    row.set("anchor", "t" + std::to_string(view.sequence));
    row.set("label", label(view));
    row.set("announced", text_or_false(view.announced));
    row.set("n_substantive", number_data(view.substantive.size()));
    row.set("n_structural", number_data(view.structural.size()));
    row.set("n_editorial", number_data(view.editorial.size()));
    return row;
  };
  const auto fold = [&page](const AlternationView& group) {
    Data row;
    const TransitionView& first = page.transitions[group.first];
    row.set("from", first.before.time.date());
    row.set("to", page.transitions[group.last].after.time.date());
    row.set("anchor", "a" + std::to_string(first.sequence));
    row.set("label", group.label);
    row.set("announced", Data(false));
    for (const char* const number : {"n_substantive", "n_structural", "n_editorial"}) row.set(number, "");
    return row;
  };
  Data data;
  data.set("rows", newest_first(page, make, fold));
  return data;
}

template <class Iterator>
void add_more(Data& list, const std::string& label, Iterator begin, Iterator end) {
  if (begin == end) return;
  Data changes = list_data();
  for (; begin != end; ++begin) changes.push_back(change_data(*begin));
  Data data;
  data.set("more_label", label);
  data.set("changes", changes);
  list.push_back(data);
}

Data transition_data(const TransitionView& view) {
  Data data;
  set_int(data, "sequence", view.sequence);
  data.set("title", view.title);
  data.set("gap", view.gap);
  set_int(data, "old_state", view.old_state);
  set_int(data, "new_state", view.new_state);
  data.set("before", snapshot_data(view.before));
  data.set("after", snapshot_data(view.after));
  data.set("missed", text_or_false(view.missed));
  data.set("dates", text_or_false(view.dates));
  data.set("stood", text_or_false(view.stood));
  data.set("same_as", view.same_as > 0 ? number_data(view.same_as) : Data(false));
  data.set("change_summary", view.summary);
  Data notes = list_data(), substantive = list_data(), more = list_data();
  for (const std::string& note : view.notes) notes.push_back(Data(note));
  data.set("notes", notes);
  if (view.same_as > 0) {
    data.set("substantive", substantive);
    data.set("more", more);
    return data;
  }
  const auto shown = static_cast<std::ptrdiff_t>(std::min(shown_at_once, view.substantive.size()));
  const auto rest = view.substantive.begin() + shown;
  for (auto change = view.substantive.begin(); change != rest; ++change) substantive.push_back(change_data(*change));
  add_more(more, counted(view.substantive.size() - static_cast<std::size_t>(shown), "more substantive change"), rest,
           view.substantive.end());
  add_more(more, counted(view.structural.size(), "structural change") + ": same words, other place or cut",
           view.structural.begin(), view.structural.end());
  add_more(more,
           counted(view.editorial.size(), "editorial change") + ": typography, case, markup, numbering, links, dates",
           view.editorial.begin(), view.editorial.end());
  data.set("substantive", substantive);
  data.set("more", more);
  return data;
}

Data transitions_data(const PageView& page) {
  const auto make = [](const TransitionView& view) {
    Data item, single = list_data();
    single.push_back(transition_data(view));
    item.set("single", single);
    item.set("group", Data(false));
    return item;
  };
  const auto fold = [&page](const AlternationView& group) {
    Data item, data, lines = list_data(), members = list_data();
    for (const std::string& line : group.lines) lines.push_back(Data(line));
    for (std::size_t at = group.last + 1; at > group.first; --at) {
      members.push_back(transition_data(page.transitions[at - 1]));
    }
    set_int(data, "first", page.transitions[group.first].sequence);
    data.set("group_title", group.title);
    data.set("lines", lines);
    data.set("members", members);
    data.set("members_label", "All " + counted(group.last - group.first + 1, "transition") + " of this time");
    item.set("single", Data(false));
    item.set("group", data);
    return item;
  };
  return newest_first(page, make, fold);
}

Data ledger_data(const PageView& page) {
  Data list = list_data();
  for (const LedgerLine& line : page.ledger) {
    Data row;
    row.set("name", line.name);
    row.set("meaning", line.meaning);
    row.set("number", number_data(line.count));
    row.set("zero", Data(line.count == 0));
    list.push_back(row);
  }
  return list;
}

Data quarantine_data(const PageView& page) {
  if (page.quarantined.empty()) return Data(false);
  Data rows = list_data();
  for (const MomentView& moment : page.quarantined) {
    Data row;
    row.set("snapshot", snapshot_data(moment.snapshot));
    row.set("reason_name", moment.reason);
    row.set("detail", moment.detail);
    rows.push_back(row);
  }
  Data data;
  data.set("label", counted(page.quarantined.size(), "capture") + " quarantined: not fit to compare");
  data.set("rows", rows);
  return data;
}

Data unread_data(const PageView& page) {
  if (page.unread.empty()) return Data(false);
  Data rows = list_data();
  for (const UnreadView& view : page.unread) {
    Data row;
    row.set("snapshot", snapshot_data(view.snapshot));
    row.set("outcome", view.outcome);
    row.set("cause", view.cause);
    set_int(row, "attempts", view.attempts);
    rows.push_back(row);
  }
  Data data;
  data.set("label", counted(page.unread.size(), "capture") + " without a body: unplayable, excluded or failed");
  data.set("rows", rows);
  return data;
}

Data texts_data(const PageView& page) {
  if (page.texts.empty()) return Data(false);
  Data rows = list_data();
  for (const TextView& text : page.texts) {
    Data row;
    set_int(row, "state", text.state);
    row.set("snapshot", snapshot_data(text.first));
    row.set("last_date", text.last.date());
    row.set("n_captures", number_data(text.captures));
    row.set("n_clauses", number_data(text.clauses));
    row.set("stood", text.stood);
    row.set("text_title", text.title.empty() ? "(no title)" : text.title);
    row.set("language", text_or_false(text.language));
    row.set("body_sha256", text.body_sha256);
    set_int(row, "generation", text.generation);
    rows.push_back(row);
  }
  Data data;
  data.set("rows", rows);
  return data;
}

std::string archives(const PageView& page) {
  std::set<std::string> names;
  for (const MomentView& moment : page.moments) names.insert(moment.snapshot.archive);
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out.empty() ? "none read yet" : out;
}

}  // namespace

std::string target_html(const PageView& page) {
  Data data;
  data.set("site", page.site);
  data.set("kind", page.kind);
  data.set("url", page.url);
  data.set("url_href", text_or_false(web_link(page.url)));
  data.set("summary", page.summary);
  Data warnings = list_data();
  for (const std::string& warning : page.warnings) warnings.push_back(Data(warning));
  data.set("warnings", warnings);
  data.set("timeline", timeline_data(page));
  data.set("overview", overview_data(page));
  data.set("transitions", transitions_data(page));
  data.set("ledger", ledger_data(page));
  data.set("listed", number_data(page.listed));
  data.set("sum_text", page.listed == page.accounted ? "the sum of the lines above" : "NOT the sum of the lines above");
  data.set("quarantine", quarantine_data(page));
  data.set("unread", unread_data(page));
  data.set("texts", texts_data(page));
  data.set("archives", archives(page));
  data.set("markdown_file", page.file + ".md");
  return html_page(page.site + " " + page.kind + ": changes", target_template, data);
}

}  // namespace waydiff::report
