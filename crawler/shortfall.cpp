#include "crawler/shortfall.hpp"

#include <string>
#include <utility>

namespace waydiff::crawler {

void note_missing(std::int64_t held, std::int64_t announced, Playback& playback) {
  if (held >= announced) return;
  std::string told = std::to_string(held) + " of " + std::to_string(announced) + " bytes that the site declared";
  if (held < announced - announced / 50) {
    playback.cut_short = std::move(told);
  } else {
    playback.notes.push_back(std::move(told));
  }
}

}  // namespace waydiff::crawler
