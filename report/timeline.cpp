#include "report/timeline.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include "report/plain_text.hpp"

namespace waydiff::report {
namespace {

constexpr int full_width = 960;
constexpr int margin = 14;
constexpr int row_height = 23;
constexpr int bar_height = 18;
constexpr int least_bar = 4;
constexpr std::size_t rows_of_their_own = 8;

class Scale {
 public:
  Scale(core::Timestamp first, core::Timestamp last)
      : first_(first.time()), span_(std::max<std::int64_t>(1, (last.time() - first.time()).count())) {}

  int x(std::chrono::sys_seconds time) const {
    const std::int64_t since = std::clamp<std::int64_t>((time - first_).count(), 0, span_);
    return margin + static_cast<int>(since * (full_width - 2 * margin) / span_);
  }
  std::int64_t days() const { return span_ / 86400; }

 private:
  std::chrono::sys_seconds first_;
  std::int64_t span_;
};

struct Run {
  int state = 0;
  core::Timestamp first, last;
  std::size_t captures = 0;
};

std::vector<Run> runs(const PageView& page) {
  std::vector<Run> out;
  for (const MomentView& moment : page.moments) {
    if (moment.state == 0) continue;
    if (out.empty() || out.back().state != moment.state) {
      out.push_back({moment.state, moment.snapshot.time, moment.snapshot.time, 0});
    }
    out.back().last = moment.snapshot.time;
    ++out.back().captures;
  }
  return out;
}

std::vector<TimelineTick> ticks(core::Timestamp first, core::Timestamp last, const Scale& scale) {
  using namespace std::chrono;
  const year_month_day from{floor<days>(first.time())};
  std::vector<TimelineTick> out;
  if (scale.days() < 730) {
    const int step = scale.days() < 90 ? 1 : scale.days() < 365 ? 3 : 6;
    for (auto month = from.year() / January; sys_days(month / 1) <= last.time(); month += months(step)) {
      const sys_seconds at = sys_days(month / 1);
      if (at >= first.time()) out.push_back({scale.x(at), core::Timestamp(at).date().substr(0, 7)});
    }
  } else {
    const int years_shown = static_cast<int>(scale.days() / 365);
    const int step = years_shown <= 14 ? 1 : years_shown <= 28 ? 2 : 5;
    for (int y = static_cast<int>(from.year()); sys_days(year(y) / January / 1) <= last.time(); ++y) {
      const sys_seconds at = sys_days(year(y) / January / 1);
      if (at >= first.time() && y % step == 0) out.push_back({scale.x(at), std::to_string(y)});
    }
  }
  if (out.empty()) out.push_back({scale.x(first.time()), first.date()});
  // A label must not reach over the edge of the drawing.
  for (TimelineTick& tick : out) tick.x = std::clamp(tick.x, margin + 12, full_width - margin - 12);
  return out;
}

std::string seen(const Run& run) {
  std::string out = "Text " + std::to_string(run.state) + ", seen on " + run.first.date();
  if (run.captures > 1) out += " to " + run.last.date() + " in " + counted(run.captures, "capture");
  return out;
}

int label_width(int state) {
  return 8 + 8 * static_cast<int>(std::to_string(state).size());
}

/// A number that does not fit its bar goes to the right of it, where the next bar of the row leaves room.
void label_beside(std::vector<TimelineBar>& bars) {
  std::map<int, int> next_x;
  for (auto bar = bars.rbegin(); bar != bars.rend(); ++bar) {
    const auto next = next_x.find(bar->y);
    const int limit = next == next_x.end() ? full_width : next->second;
    bar->labelled_beside = !bar->labelled && bar->x + bar->width + label_width(bar->state) <= limit;
    next_x[bar->y] = bar->x;
  }
}

}  // namespace

Timeline timeline(const PageView& page) {
  Timeline out;
  if (page.moments.empty()) return out;
  const core::Timestamp first = page.moments.front().snapshot.time, last = page.moments.back().snapshot.time;
  const Scale scale(first, last);
  const auto all = runs(page);
  const bool own_rows = page.states <= rows_of_their_own;
  std::set<int> known;
  int rows = 1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Run& run = all[i];
    const bool again = !known.insert(run.state).second;
    const int row = own_rows ? std::max(0, run.state - 1) : again ? 1 : 0;
    rows = std::max(rows, row + 1);
    TimelineBar bar;
    bar.x = scale.x(run.first.time());
    bar.width = std::max(least_bar, scale.x(run.last.time()) - bar.x);
    bar.y = 4 + row * row_height;
    bar.state = run.state;
    bar.tone = std::max(0, run.state - 1) % 6;
    bar.labelled = bar.width >= label_width(run.state);
    bar.title = seen(run);
    out.bars.push_back(std::move(bar));
    if (i == 0) continue;
    const Run& before = all[i - 1];
    const TimelineBar &from = out.bars[i - 1], &to = out.bars[i];
    const int x = from.x + from.width;
    out.gaps.push_back({x, std::max(1, to.x - x), from.y + bar_height / 2, to.y + bar_height / 2,
                        "Changed between " + before.last.date() + " and " + run.first.date() + " (" +
                            gap_text(before.last, run.first) + ")"});
  }
  label_beside(out.bars);
  out.width = full_width;
  out.mark_y = 4 + rows * row_height + 6;
  std::set<int> marked;
  for (const MomentView& moment : page.moments) {
    if (moment.state != 0) continue;
    const int x = scale.x(moment.snapshot.time.time());
    if (marked.insert(x).second) out.quarantined.push_back({x, moment.snapshot.time.date() + ": " + moment.reason});
  }
  out.axis_y = out.mark_y + (out.quarantined.empty() ? 0 : 10);
  out.height = out.axis_y + 20;
  out.ticks = ticks(first, last, scale);
  return out;
}

}  // namespace waydiff::report
