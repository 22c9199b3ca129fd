#pragma once

#include <string>
#include <vector>

#include "report/view.hpp"

namespace waydiff::report {

/// A run of captures that show the same text. Units of the drawing; all integers, so that every machine draws alike.
struct TimelineBar {
  int x = 0, y = 0, width = 0;
  int state = 0;
  int tone = 0;                  ///< 0-5, by state: the same text has the same fill
  bool labelled = false;         ///< wide enough to hold its number
  bool labelled_beside = false;  ///< room for it to the right
  std::string title;             ///< "Text 2, seen from 2014-01-02 to 2016-03-04 in 5 captures"
};

/// From the last capture of one text to the first of the next: when the change may have happened.
struct TimelineGap {
  int x = 0, width = 0;
  int from_y = 0, to_y = 0;  ///< middles of the two bars
  std::string title;
};

struct TimelineTick {
  int x = 0;
  std::string label;
};

struct TimelineMark {
  int x = 0;
  std::string title;
};

struct Timeline {
  int width = 0, height = 0;
  int mark_y = 0, axis_y = 0;
  std::vector<TimelineBar> bars;
  std::vector<TimelineGap> gaps;
  std::vector<TimelineTick> ticks;
  std::vector<TimelineMark> quarantined;  ///< at most one a unit of width
};

/// Up to eight texts get a row each, so that a text that comes back is seen in its old row; of more texts, first
/// appearances stand in one row and returns in a second below it. Empty (width 0) without captures.
[[nodiscard]] Timeline timeline(const PageView& page);

}  // namespace waydiff::report
