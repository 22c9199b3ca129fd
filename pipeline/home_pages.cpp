#include "pipeline/home_pages.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <map>
#include <set>

#include "core/url.hpp"

namespace waydiff::pipeline {
namespace {

using storage::CaptureRow;
using storage::DiscoveryRow;
using storage::Outcome;

constexpr double beyond_doubt = 0.7;

/// How gladly a capture is read; 0: not at all.
int liking(const CaptureRow& row) {
  if (row.outcome == Outcome::unplayable || row.outcome == Outcome::excluded) return 0;
  const std::string& mime = row.capture.mime;
  const bool page = mime.empty() || mime == "unk" || row.capture.is_revisit() ||
                    mime.find("html") != std::string::npos || mime.find("xml") != std::string::npos;
  if (!page) return 0;
  const int status = row.http_status ? *row.http_status : row.capture.status.value_or(200);
  if (status >= 300 && status < 400) return 1;
  if (status != 200) return 0;
  if (row.body) return 4;
  return row.capture.is_revisit() ? 2 : 3;
}

std::string json_lines(const std::vector<std::string>& lines) {
  boost::json::array out;
  for (const std::string& line : lines) out.emplace_back(line);
  return boost::json::serialize(out);
}

/// An address over all pages.
struct Candidate {
  DiscoveryRow row;
  double best = 0;
  double sum = 0;
  std::set<std::size_t> on;   ///< pages that link to it
  std::set<std::size_t> won;  ///< pages on which it came first
};

}  // namespace

std::vector<std::size_t> choose_home_pages(std::span<const CaptureRow> rows, std::size_t most) {
  std::vector<std::size_t> usable;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (liking(rows[at]) > 0) usable.push_back(at);
  }
  if (usable.size() <= most && usable.size() <= 2) return usable;
  if (usable.empty() || most == 0) return {};
  const auto time = [&](std::size_t at) { return rows[at].capture.timestamp.time(); };
  // A redirect is no page: the ends are those of pages, if there are any.
  std::vector<std::size_t> pages;
  std::copy_if(usable.begin(), usable.end(), std::back_inserter(pages),
               [&](std::size_t at) { return liking(rows[at]) > 1; });
  const std::vector<std::size_t>& ends = pages.empty() ? usable : pages;
  const auto first = time(ends.front());
  const auto span = time(ends.back()) - first;
  const auto years = static_cast<std::size_t>(span / std::chrono::years(1));
  const std::size_t points = std::min(most, years + 2);
  std::set<std::size_t> chosen{ends.back()};
  if (points > 1) chosen.insert(ends.front());
  for (std::size_t point = 1; point + 1 < points; ++point) {
    const auto wanted = first + span * static_cast<std::int64_t>(point) / static_cast<std::int64_t>(points - 1);
    const auto reach = span / static_cast<std::int64_t>(2 * (points - 1));
    std::size_t best = rows.size();
    for (const std::size_t at : usable) {
      const auto distance = std::chrono::abs(time(at) - wanted);
      if (distance > reach) continue;
      const bool better = best == rows.size() || liking(rows[at]) > liking(rows[best]) ||
                          (liking(rows[at]) == liking(rows[best]) && distance < std::chrono::abs(time(best) - wanted));
      if (better) best = at;
    }
    if (best < rows.size()) chosen.insert(best);
  }
  return {chosen.begin(), chosen.end()};
}

Consensus agree(std::span<const RankedPage> pages) {
  std::map<std::string, Candidate> by_key;
  std::vector<std::string> winners(pages.size());
  for (std::size_t at = 0; at < pages.size(); ++at) {
    for (const crawler::RankedLink& link : pages[at].links) {
      const std::string key = core::url_key(link.url);
      Candidate& one = by_key[key];
      if (one.on.empty()) one.row.first_seen = pages[at].time;
      one.row.last_seen = pages[at].time;
      one.row.url = link.url;  // as it was spelt last
      if (!one.on.insert(at).second) continue;
      one.sum += link.score;
      if (link.score >= one.best) {
        one.best = link.score;
        one.row.evidence = json_lines(link.evidence);
      }
    }
    if (!pages[at].links.empty() && pages[at].links.front().score >= crawler::good_enough) {
      winners[at] = core::url_key(pages[at].links.front().url);
      by_key[winners[at]].won.insert(at);
    }
  }
  const auto trusted = [](const Candidate& one) { return one.best >= beyond_doubt || one.won.size() > 1; };
  std::string chosen;
  for (std::size_t at = pages.size(); at-- > 0 && chosen.empty();) {
    if (!winners[at].empty() && trusted(by_key[winners[at]])) chosen = winners[at];
  }
  for (std::size_t at = pages.size(); at-- > 0 && chosen.empty();) chosen = winners[at];

  std::vector<std::string> keys;
  for (auto& [key, one] : by_key) {
    one.row.urlkey = key;
    one.row.pages = one.on.size();
    one.row.score = one.sum / static_cast<double>(one.on.size());
    one.row.chosen = key == chosen;
    keys.push_back(key);
  }
  std::sort(keys.begin(), keys.end(), [&](const std::string& a, const std::string& b) {
    const DiscoveryRow& one = by_key[a].row;
    const DiscoveryRow& other = by_key[b].row;
    if (one.chosen != other.chosen) return one.chosen;
    return one.score != other.score ? one.score > other.score : a < b;
  });
  static constexpr std::size_t most_kept = 40;
  Consensus out;
  std::vector<std::pair<core::Timestamp, std::size_t>> earlier;
  for (std::size_t at = 0; at < keys.size(); ++at) {
    const Candidate& one = by_key[keys[at]];
    if (at >= most_kept && one.won.empty()) continue;
    if (!chosen.empty() && keys[at] != chosen && trusted(one)) {
      const Candidate& winner = by_key[chosen];
      const bool alone =
          std::any_of(one.won.begin(), one.won.end(), [&](std::size_t page) { return !winner.on.contains(page); });
      // A twin in another language or form stands beside the winner as often as not.
      const auto beside =
          std::count_if(one.on.begin(), one.on.end(), [&](std::size_t page) { return winner.on.contains(page); });
      if (alone && static_cast<std::size_t>(beside) * 2 <= one.on.size())
        earlier.emplace_back(one.row.first_seen, out.found.size());
    }
    out.found.push_back(one.row);
  }
  std::sort(earlier.begin(), earlier.end());
  for (const auto& [time, at] : earlier) out.earlier.push_back(at);
  return out;
}

}  // namespace waydiff::pipeline
