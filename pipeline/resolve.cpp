#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <map>

#include "core/url.hpp"
#include "pipeline/discover.hpp"
#include "pipeline/home_crawl.hpp"

namespace waydiff::pipeline {
namespace {

using storage::DiscoveryRow;
using storage::Target;

/// `footer link "Privacy"` of the stored lines; for a person.
std::string first_line(const std::string& lines) {
  boost::system::error_code error;
  const boost::json::value parsed = boost::json::parse(lines, error);
  if (error || !parsed.is_array() || parsed.as_array().empty() || !parsed.as_array().front().is_string()) return {};
  return std::string(parsed.as_array().front().as_string());
}

/// Targets without an address, against what is known of their sites.
class Resolving {
 public:
  Resolving(const config::Config& config, storage::Store& store, Observer& observer)
      : config_(config), store_(store), observer_(observer) {}

  /// The target as it is followed from now on: under the address it was first found by.
  core::Result<config::TargetConfig> named(config::TargetConfig target, const DiscoveryRow& chosen,
                                           const std::vector<DiscoveryRow>& earlier, std::chrono::sys_seconds now) {
    const auto before = followed(target);
    if (!before) return tl::unexpected(before.error());
    target.site = site_name(target.site);
    target.url = before->url.empty() ? chosen.url : before->url;
    const std::string urlkey = core::url_key(target.url);
    const auto id = store_.put_target({0, target.url, urlkey, target.site, target.kind, {}, target.language});
    if (!id) return tl::unexpected(id.error());
    std::vector<DiscoveryRow> further = earlier;
    further.push_back(chosen);
    for (const DiscoveryRow& row : further) {
      if (row.urlkey == urlkey) continue;
      storage::AliasRow alias;
      alias.target = *id;
      alias.url = row.url;
      alias.urlkey = row.urlkey;
      alias.reason = storage::AliasReason::home_page;
      alias.evidence =
          "home pages from " + row.first_seen.date() + " to " + row.last_seen.date() + ": " + first_line(row.evidence);
      alias.since = row.first_seen;
      alias.found_at = now;
      const auto added = store_.put_alias(alias);
      if (!added) return tl::unexpected(added.error());
      if (*added)
        observer_.detail(target.site + ", " + target.kind + ": " + row.url +
                         " is an address of it, too: " + alias.evidence);
    }
    return target;
  }

 private:
  /// The target of an earlier resolution: of the site and kind, and not one that the configuration names itself.
  core::Result<Target> followed(const config::TargetConfig& wanted) {
    const auto targets = store_.targets();
    if (!targets) return tl::unexpected(targets.error());
    const auto rows = store_.discoveries(site_name(wanted.site), wanted.kind);
    if (!rows) return tl::unexpected(rows.error());
    Target found;
    for (const Target& target : *targets) {
      if (target.site != site_name(wanted.site) || target.kind != wanted.kind) continue;
      const bool configured = std::any_of(config_.targets.begin(), config_.targets.end(), [&](const auto& one) {
        return !one.url.empty() && core::url_key(one.url) == target.urlkey && one.kind == target.kind;
      });
      if (configured) continue;
      const auto aliases = store_.aliases(target.id);
      if (!aliases) return tl::unexpected(aliases.error());
      const bool discovered = std::any_of(rows->begin(), rows->end(), [&](const DiscoveryRow& row) {
        return row.urlkey == target.urlkey || std::any_of(aliases->begin(), aliases->end(), [&](const auto& alias) {
                 return alias.urlkey == row.urlkey;
               });
      });
      if (discovered && (found.id == 0 || target.id < found.id)) found = target;
    }
    return found;
  }

  const config::Config& config_;
  storage::Store& store_;
  Observer& observer_;
};

/// Why a document was not found; "" when that has been said.
std::string why_not(const Discoveries& looked, const std::string& site, const std::string& kind) {
  const auto found = std::find_if(looked.found.begin(), looked.found.end(), [&](const Discovery& one) {
    return site_name(one.query.site) == site && one.query.kind == kind;
  });
  if (looked.interrupted) return "";
  if (found == looked.found.end() || found->cut) {
    return looked.limited ? "the limit of this run ended the look through its home pages; the next run goes on"
                          : "its home pages could not be looked through to the end; the next run goes on";
  }
  std::string out =
      found->pages == 0 ? "no archived home page of it could be read" : "no home page links to it clearly enough";
  if (!found->complete) out += ", and some could not be looked at";
  return out + "; give its `url`";
}

/// Two targets without an address may mean one document of one site.
bool asked(const std::vector<SiteQuery>& queries, const config::TargetConfig& target) {
  return std::any_of(queries.begin(), queries.end(), [&](const SiteQuery& query) {
    return site_name(query.site) == site_name(target.site) && query.kind == target.kind;
  });
}

}  // namespace

core::Result<Resolution> resolve_targets(boost::asio::io_context& io, const config::Config& config,
                                         std::vector<Source>& sources, storage::Store& store, Observer& observer,
                                         const DiscoverOptions& options) {
  Resolution out;
  const auto now =
      options.now ? options.now() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::vector<SiteQuery> queries;
  std::map<std::pair<std::string, std::string>, DiscoveryRow> known;
  for (const config::TargetConfig& target : config.targets) {
    if (!target.url.empty()) continue;
    const auto rows = store.discoveries(site_name(target.site), target.kind);
    if (!rows) return tl::unexpected(rows.error());
    const bool found = !rows->empty() && rows->front().chosen;
    if (found) known[{site_name(target.site), target.kind}] = rows->front();
    const bool young = found && rows->front().found_at > now - options.keep;
    if ((!young || options.relist) && !asked(queries, target)) {
      queries.push_back({target.site, target.kind, target.archives, target.from, target.to});
    }
  }
  Discoveries looked;
  std::map<std::pair<std::string, std::string>, std::vector<DiscoveryRow>> earlier;
  if (!queries.empty()) {
    auto found = discover(io, queries, sources, store, observer, options);
    if (!found) return tl::unexpected(found.error());
    looked = std::move(*found);
    out.interrupted = looked.interrupted;
    out.not_before = looked.not_before;
    for (const Discovery& one : looked.found) {
      if (one.cut) continue;  // what an earlier look found still holds
      const std::pair key{site_name(one.query.site), one.query.kind};
      known.erase(key);
      if (const DiscoveryRow* chosen = one.chosen()) {
        known[key] = *chosen;
        for (const std::size_t at : one.consensus.earlier) earlier[key].push_back(one.consensus.found[at]);
      }
    }
  }
  Resolving resolving(config, store, observer);
  const auto done = store.transaction([&]() -> core::Result<void> {
    for (const config::TargetConfig& target : config.targets) {
      const std::pair key{site_name(target.site), target.kind};
      if (!target.url.empty()) {
        out.targets.push_back(target);
      } else if (const auto chosen = known.find(key); chosen != known.end()) {
        auto named = resolving.named(target, chosen->second, earlier[key], now);
        if (!named) return tl::unexpected(named.error());
        out.targets.push_back(std::move(*named));
      } else {
        ++out.unresolved;
        const std::string why = why_not(looked, site_name(target.site), target.kind);
        if (!why.empty()) observer.warning(target.site + ", " + target.kind + ": " + why);
      }
    }
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return out;
}

}  // namespace waydiff::pipeline
