#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>

#include "report/html.hpp"
#include "report/html_report.hpp"
#include "report/plain_text.hpp"
#include "report/templates_index.hpp"

namespace waydiff::report {
namespace {

constexpr std::size_t changes_of_each = 3;
constexpr std::size_t excerpt_context = 140;
constexpr int spark_width = 150, spark_height = 20;

int year_of(core::Timestamp time) {
  return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(time.time())).year());
}

/// One column a year over the years of all targets, so that the rows of the table can be compared.
Data spark_data(const PageView& page, int first_year, int last_year) {
  if (page.transitions.empty()) return Data(false);
  std::map<int, int> by_year;
  int most = 1;
  for (const TransitionView& view : page.transitions) most = std::max(most, ++by_year[year_of(view.after.time)]);
  const int step = std::max(3, spark_width / (last_year - first_year + 1));
  Data columns = list_data();
  std::string label = "transitions by year:";
  for (const auto& [year, number] : by_year) {
    const int height = std::max(3, number * spark_height / most);
    Data column;
    column.set("x", std::to_string((year - first_year) * step));
    column.set("y", std::to_string(spark_height + 1 - height));
    column.set("w", std::to_string(std::clamp(step - 1, 2, 14)));
    column.set("h", std::to_string(height));
    columns.push_back(column);
    label += " " + std::to_string(year) + ": " + std::to_string(number) + ";";
  }
  label.pop_back();
  Data data;
  data.set("columns", columns);
  data.set("spark_label", label);
  return data;
}

Data target_row(const PageView& page, int first_year, int last_year) {
  Data row;
  row.set("page", page.file + ".html");
  row.set("site", page.site);
  row.set("kind", page.kind);
  row.set("period", page.first ? page.first->date() + " – " + page.last->date() : "no text yet");
  row.set("n_captures", number_data(page.captures));
  row.set("n_texts", number_data(page.states));
  row.set("n_substantive", number_data(page.substantive_transitions));
  row.set("n_transitions", number_data(page.transitions.size()));
  row.set("spark", spark_data(page, first_year, last_year));
  return row;
}

struct Latest {
  const PageView* page;
  const TransitionView* transition;
};

std::vector<Latest> latest(const std::vector<PageView>& pages) {
  std::vector<Latest> all;
  for (const PageView& page : pages) {
    auto group = page.alternations.begin();
    for (std::size_t at = 0; at < page.transitions.size(); ++at) {
      while (group != page.alternations.end() && group->last < at) ++group;
      // To and fro between known texts is no news.
      if (group != page.alternations.end() && group->first <= at) continue;
      if (!page.transitions[at].substantive.empty()) all.push_back({&page, &page.transitions[at]});
    }
  }
  // Stable: targets that changed at the same second stay in the order of the table.
  std::stable_sort(all.begin(), all.end(), [](const Latest& a, const Latest& b) {
    return a.transition->after.time > b.transition->after.time;
  });
  if (all.size() > index_latest) all.resize(index_latest);
  return all;
}

Data latest_data(const Latest& item) {
  const TransitionView& view = *item.transition;
  Data data;
  data.set("page", item.page->file + ".html");
  data.set("site", item.page->site);
  data.set("kind", item.page->kind);
  data.set("sequence", std::to_string(view.sequence));
  data.set("window", "between " + view.before.time.date() + " and " + view.after.time.date() + " (" + view.gap +
                         (view.announced.empty() ? "" : ", " + view.announced) + ")");
  Data changes = list_data();
  const std::size_t shown = std::min(changes_of_each, view.substantive.size());
  for (std::size_t i = 0; i < shown; ++i) {
    ChangeView change = view.substantive[i];
    change.spans = excerpt(change.spans, excerpt_context);
    changes.push_back(change_data(change));
  }
  data.set("changes", changes);
  const std::size_t rest = view.substantive.size() - shown;
  data.set("rest", rest == 0 ? Data(false) : Data("and " + counted(rest, "more substantive change")));
  return data;
}

Data spread_data(const SpreadView& event) {
  Data data;
  data.set("title", event.title);
  data.set("period", event.period);
  ChangeView change = event.change;
  change.spans = excerpt(change.spans, excerpt_context);
  data.set("change", change_data(change));
  Data members = list_data();
  for (const SpreadView::Member& member : event.members) {
    Data one;
    one.set("page", member.file + ".html" + (member.sequence == 0 ? "" : "#t" + std::to_string(member.sequence)));
    one.set("site", member.site);
    one.set("kind", member.kind);
    one.set("window", member.window);
    members.push_back(one);
  }
  data.set("members", members);
  data.set("remark", event.remark.empty() ? Data(false) : Data(event.remark));
  return data;
}

}  // namespace

std::string index_html(const std::vector<PageView>& pages, const std::vector<SpreadView>& spread) {
  std::size_t captures = 0, transitions = 0, substantive = 0;
  int first_year = 9999, last_year = 0;
  for (const PageView& page : pages) {
    captures += page.captures;
    transitions += page.transitions.size();
    substantive += page.substantive_transitions;
    if (!page.first) continue;
    first_year = std::min(first_year, year_of(*page.first));
    last_year = std::max(last_year, year_of(*page.last));
  }
  Data data;
  data.set("summary", counted(pages.size(), "document") + " followed through " + counted(captures, "capture") + ": " +
                          counted(transitions, "transition") + ", " + std::to_string(substantive) +
                          " of them with substantive changes.");
  Data warnings = list_data(), targets = list_data(), articles = list_data();
  for (const PageView& page : pages) {
    for (const std::string& warning : page.warnings)
      warnings.push_back(Data(page.site + " " + page.kind + ": " + warning));
    targets.push_back(target_row(page, first_year, last_year));
  }
  const auto items = latest(pages);
  for (const Latest& item : items) articles.push_back(latest_data(item));
  data.set("warnings", warnings);
  data.set("targets", targets);
  data.set("has_latest", Data(!items.empty()));
  data.set("latest", articles);
  Data events = list_data();
  for (const SpreadView& event : spread) events.push_back(spread_data(event));
  data.set("has_spread", Data(!spread.empty()));
  data.set("spread", events);
  return html_page("Policies over time", index_template, data);
}

}  // namespace waydiff::report
