#include "cli/progress.hpp"

#include <cmath>
#include <cstdio>

namespace waydiff::cli {
namespace {

constexpr std::chrono::seconds window{30};
constexpr std::chrono::milliseconds least{500};  // less than that says nothing of the rate

std::string rounded(double rate) {
  char text[32];
  std::snprintf(text, sizeof text, rate < 9.95 ? "%.1f" : "%.0f", rate);
  return text;
}

}  // namespace

void Progress::update(const std::string& stage, std::size_t done, std::size_t total, Time now) {
  if (stage != stage_ || done < done_) {
    lately_.clear();
    permitted_.reset();
  }
  stage_ = stage;
  done_ = done;
  total_ = total;
  lately_.emplace_back(now, done);
  while (lately_.size() > 2 && lately_[1].first + window <= now) lately_.pop_front();
}

std::optional<double> Progress::per_minute() const {
  if (lately_.size() < 2) return {};
  const auto span = lately_.back().first - lately_.front().first;
  if (span < least) return {};
  const auto units = static_cast<double>(lately_.back().second - lately_.front().second);
  return units * 60 / std::chrono::duration<double>(span).count();
}

std::optional<std::chrono::seconds> Progress::to_go() const {
  if (total_ <= done_) return {};
  auto rate = per_minute();
  if (!rate || *rate <= 0) rate = permitted_;
  if (!rate || *rate <= 0) return {};
  const double seconds = std::ceil(static_cast<double>(total_ - done_) * 60 / *rate);
  if (seconds > 1e9) return {};
  return std::chrono::seconds(static_cast<long long>(seconds));
}

std::string Progress::line() const {
  std::string out = stage_ + ": " + std::to_string(done_);
  if (total_ > 0) out += " of " + std::to_string(total_);
  const auto rate = per_minute();
  if (rate) out += ", " + rounded(*rate) + " a minute";
  if (permitted_) out += std::string(rate ? " of " : ", ") + rounded(*permitted_) + " permitted";
  if (const auto left = to_go()) out += ", " + shown_duration(*left) + " to go";
  return out;
}

std::string shown_duration(std::chrono::seconds duration) {
  const long long all = duration.count();
  char text[64];
  if (all >= 3600) {
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", all / 3600, all / 60 % 60, all % 60);
  } else {
    std::snprintf(text, sizeof text, "%lld:%02lld", all / 60, all % 60);
  }
  return text;
}

}  // namespace waydiff::cli
