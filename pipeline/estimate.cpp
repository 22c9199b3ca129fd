#include "pipeline/estimate.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <map>
#include <optional>

#include "core/url.hpp"
#include "pipeline/enumeration.hpp"
#include "pipeline/extraction.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/plan_texts.hpp"

namespace waydiff::pipeline {
namespace {

/// Rows an index gives in one answer. Each full answer may take a second one, for the rest of its last second.
constexpr std::size_t page_rows = 10000;

/// A configured archive and its row in the store, if it has one.
struct Place {
  const config::ArchiveConfig* config;
  storage::Id id;  ///< 0: not in the store
};

class Forecast {
 public:
  Forecast(const config::Config& config, storage::Store* store, bool relist, std::chrono::sys_seconds now)
      : config_(config), store_(store), relist_(relist), now_(now) {}

  core::Result<Estimate> all() {
    std::map<std::string, storage::ArchiveRow> known;
    if (store_) {
      const auto rows = store_->archives();
      if (!rows) return tl::unexpected(rows.error());
      for (const storage::ArchiveRow& row : *rows) known[row.name] = row;
    }
    std::map<std::string, Requests> sums;
    for (const config::TargetConfig& target : config_.targets) {
      std::vector<Place> places;
      for (const std::string& name : target.archives) {
        const auto found = std::find_if(config_.archives.begin(), config_.archives.end(),
                                        [&](const config::ArchiveConfig& archive) { return archive.name == name; });
        if (found == config_.archives.end()) continue;
        places.push_back({&*found, known.contains(name) ? known[name].id : 0});
      }
      const auto requests = of_target(target, places);
      if (!requests) return tl::unexpected(requests.error());
      for (std::size_t n = 0; n < places.size(); ++n) {
        sums[places[n].config->name] += (*requests)[n];
        out_.targets.push_back({target.site, target.kind, target.url, places[n].config->name, (*requests)[n]});
      }
    }
    for (const config::ArchiveConfig& archive : config_.archives) {
      if (!sums.contains(archive.name)) continue;
      ArchiveEstimate line{archive, sums[archive.name], {}};
      if (const auto& until = known[archive.name].not_before; until && *until > now_) line.not_before = until;
      out_.archives.push_back(std::move(line));
    }
    return std::move(out_);
  }

 private:
  core::Result<std::vector<Requests>> of_target(const config::TargetConfig& target, const std::vector<Place>& places) {
    std::vector<Requests> out(places.size());
    storage::Id id = 0;
    std::vector<storage::ListingRow> listings;
    std::vector<storage::AliasRow> aliases;
    if (store_ && !target.url.empty()) {
      const auto targets = store_->targets();
      if (!targets) return tl::unexpected(targets.error());
      const std::string key = core::url_key(target.url);
      for (const storage::Target& one : *targets) {
        if (one.urlkey == key && one.kind == target.kind) id = one.id;
      }
    }
    if (id != 0) {
      auto found_listings = store_->listings(id);
      if (!found_listings) return tl::unexpected(found_listings.error());
      listings = std::move(*found_listings);
      auto found_aliases = store_->aliases(id);
      if (!found_aliases) return tl::unexpected(found_aliases.error());
      aliases = std::move(*found_aliases);
    }
    for (std::size_t n = 0; n < places.size(); ++n) {
      if (places[n].config->local()) continue;
      const auto done = index_requests(target, id, places[n], listings, aliases, out[n]);
      if (!done) return tl::unexpected(done.error());
    }
    if (id == 0) return out;
    const auto done = playback_requests(target, id, places, out);
    if (!done) return tl::unexpected(done.error());
    return out;
  }

  core::Result<void> index_requests(const config::TargetConfig& target, storage::Id id, const Place& place,
                                    const std::vector<storage::ListingRow>& listings,
                                    const std::vector<storage::AliasRow>& aliases, Requests& out) const {
    if (target.url.empty()) {
      ++out.unknown;
      return {};
    }
    std::vector<storage::ListingRow> own;
    std::copy_if(listings.begin(), listings.end(), std::back_inserter(own),
                 [&](const storage::ListingRow& row) { return row.archive == place.id; });
    for (const std::string& url : addresses(target.url, target.aliases, aliases)) {
      const std::string key = core::url_key(url);
      std::optional<core::Timestamp> newest;
      if (id != 0) {
        const auto found = store_->newest_capture(id, place.id, key);
        if (!found) return tl::unexpected(found.error());
        newest = *found;
      }
      const Wanted wanted = wanted_of(target, *place.config, url, relist_);
      for (const Ask& ask : missing_listings(own, wanted, newest, now_)) {
        ++out.index_least;
        ++out.index_most;
        if (!newest) {
          ++out.unknown;
          continue;
        }
        ++out.relisted;
        const auto since = core::Timestamp::parse_from(ask.since.empty() ? ask.from : ask.since);
        const auto again = store_->count_captures(id, place.id, key, since.value_or(core::Timestamp{}));
        if (!again) return tl::unexpected(again.error());
        out.index_least += *again / page_rows;
        out.index_most += 2 * (*again / page_rows);
      }
    }
    return {};
  }

  core::Result<void> playback_requests(const config::TargetConfig& target, storage::Id id,
                                       const std::vector<Place>& places, std::vector<Requests>& out) {
    std::map<storage::Id, Requests*> by_archive;
    std::vector<storage::Id> order;
    for (std::size_t n = 0; n < places.size(); ++n) {
      if (places[n].id == 0) continue;
      by_archive[places[n].id] = &out[n];
      order.push_back(places[n].id);
    }
    auto captures = store_->plan_rows(id, order);
    if (!captures) return tl::unexpected(captures.error());
    std::vector<storage::PlanRow>& rows = captures->rows;
    const std::vector<bool> tried(rows.size(), false);
    std::vector<bool> chosen;
    if (target.every.unit == config::Every::Unit::changes) {
      const auto texts = texts_of(*store_, id);
      if (!texts) return tl::unexpected(texts.error());
      const std::vector<Sighting> known = sightings(rows, text_numbers(*captures, *texts), tried, now_);
      chosen = choose_changes(rows, known);
      rounds_at_most(*captures, known, by_archive);
    } else {
      const auto origin = core::Timestamp::parse_from(target.from);
      chosen = choose(rows, target.every, origin.value_or(core::Timestamp{}));
    }
    mark(rows, chosen, now_);
    for (const Step& step : next_steps(rows, tried, order)) {
      Requests& sum = *by_archive[rows[step.row].archive];
      if (step.kind == Step::Kind::fetch) ++sum.playback_least;
      const bool counted = target.every.unit == config::Every::Unit::changes;
      if (!counted && step.kind != Step::Kind::share) ++sum.playback_most;
    }
    for (auto& [archive, sum] : by_archive) sum->playback_most = std::max(sum->playback_most, sum->playback_least);
    if (std::any_of(places.begin(), places.end(), [](const Place& place) { return place.config->local(); })) {
      for (std::size_t n = 0; n < places.size(); ++n) {
        if (places[n].config->local()) out[n] = {};
      }
    }
    return {};
  }

  /// Bisection may come to look at each digest once, at worst.
  static void rounds_at_most(const storage::PlanRows& captures, const std::vector<Sighting>& known,
                             std::map<storage::Id, Requests*>& by_archive) {
    std::vector<bool> looked_at(std::size_t{captures.digests} + 1, false);
    for (const Sighting& row : known) {
      if (row.known == Sighting::Known::good || row.known == Sighting::Known::unfit) looked_at[row.digest] = true;
    }
    for (std::size_t at = 0; at < known.size(); ++at) {
      const std::uint32_t digest = known[at].digest;
      if (known[at].known != Sighting::Known::open || (digest != 0 && looked_at[digest])) continue;
      looked_at[digest] = true;
      ++by_archive[captures.rows[at].archive]->playback_most;
    }
  }

  const config::Config& config_;
  storage::Store* store_;
  bool relist_;
  std::chrono::sys_seconds now_;
  Estimate out_;
};

std::string range(std::size_t least, std::size_t most) {
  return std::to_string(least) + (most > least ? " to " + std::to_string(most) : "");
}

std::string duration(double minutes) {
  if (minutes <= 0) return "no time";
  if (minutes < 1) return "under a minute";
  const auto whole = static_cast<long long>(std::ceil(minutes));
  if (whole < 120) return std::to_string(whole) + (whole == 1 ? " minute" : " minutes");
  if (whole < 48 * 60) return std::to_string((whole + 59) / 60) + " hours";
  return std::to_string((whole + 1439) / 1440) + " days";
}

std::string counts(const Requests& requests) {
  return range(requests.index_least, requests.index_most) + " to the index, " +
         range(requests.playback_least, requests.playback_most) + " to playback";
}

std::string on_top(const Requests& requests) {
  std::string out;
  const auto say = [&](std::size_t count, const char* one, const char* many) {
    if (count > 0) out += "; " + std::to_string(count) + " " + (count == 1 ? one : many);
  };
  say(requests.unknown, "address was never listed: its captures come on top",
      "addresses were never listed: their captures come on top");
  say(requests.relisted, "listing goes on: new captures come on top", "listings go on: new captures come on top");
  return out;
}

boost::json::object object(const Requests& requests) {
  return {{"index_least", requests.index_least},       {"index_most", requests.index_most},
          {"playback_least", requests.playback_least}, {"playback_most", requests.playback_most},
          {"never_listed", requests.unknown},          {"listed_again", requests.relisted}};
}

}  // namespace

Requests& Requests::operator+=(const Requests& more) {
  index_least += more.index_least;
  index_most += more.index_most;
  playback_least += more.playback_least;
  playback_most += more.playback_most;
  unknown += more.unknown;
  relisted += more.relisted;
  return *this;
}

double ArchiveEstimate::least_minutes() const {
  if (archive.local()) return 0;
  return std::max(static_cast<double>(requests.index_least) / archive.index_per_minute,
                  static_cast<double>(requests.playback_least) / archive.playback_per_minute);
}

double ArchiveEstimate::most_minutes() const {
  if (archive.local()) return 0;
  return static_cast<double>(requests.index_most) / archive.index_per_minute +
         static_cast<double>(requests.playback_most) / archive.playback_per_minute;
}

core::Result<Estimate> estimate(const config::Config& config, storage::Store* store, bool relist,
                                std::chrono::sys_seconds now) {
  return Forecast(config, store, relist, now).all();
}

std::string estimate_text(const Estimate& estimate, bool by_target) {
  std::string out;
  for (const ArchiveEstimate& line : estimate.archives) {
    if (line.archive.local()) {
      out += line.archive.name + ": read from files, no requests\n";
      continue;
    }
    const std::string least = duration(line.least_minutes());
    const std::string most = duration(line.most_minutes());
    out += line.archive.name + ": " + counts(line.requests) + "; " + (least == most ? least : least + " to " + most) +
           " at " + std::to_string(line.archive.index_per_minute) + " and " +
           std::to_string(line.archive.playback_per_minute) + " a minute" + on_top(line.requests) + "\n";
    if (line.not_before) out += "  not before " + core::Timestamp(*line.not_before).iso() + ", as the archive asked\n";
    if (!by_target) continue;
    for (const TargetEstimate& target : estimate.targets) {
      if (target.archive != line.archive.name) continue;
      out += "  " + target.site + ", " + target.kind + (target.url.empty() ? "" : " (" + target.url + ")") + ": " +
             (target.url.empty() ? "to be found first" : counts(target.requests) + on_top(target.requests)) + "\n";
    }
  }
  return out;
}

std::string estimate_json(const Estimate& estimate) {
  boost::json::array archives, targets;
  for (const ArchiveEstimate& line : estimate.archives) {
    boost::json::object entry = {{"archive", line.archive.name}, {"local", line.archive.local()}};
    for (auto& field : object(line.requests)) entry.insert(field);
    entry["least_minutes"] = line.least_minutes();
    entry["most_minutes"] = line.most_minutes();
    if (line.not_before) entry["not_before"] = core::Timestamp(*line.not_before).iso();
    archives.push_back(std::move(entry));
  }
  for (const TargetEstimate& line : estimate.targets) {
    boost::json::object entry = {
        {"site", line.site}, {"kind", line.kind}, {"url", line.url}, {"archive", line.archive}};
    for (auto& field : object(line.requests)) entry.insert(field);
    targets.push_back(std::move(entry));
  }
  return boost::json::serialize(
      boost::json::object{{"archives", std::move(archives)}, {"targets", std::move(targets)}});
}

}  // namespace waydiff::pipeline
