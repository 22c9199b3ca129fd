#include "pipeline/discover.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "cli/whole_run.hpp"
#include "core/url.hpp"
#include "crawler/policy_words.hpp"
#include "pipeline/allowance.hpp"

namespace waydiff::cli {
namespace {

using storage::DiscoveryRow;

struct DiscoverChoices {
  std::vector<std::string> sites;
  std::string kind = "privacy policy";
  std::string from, to;
  std::string contact;
  std::vector<std::string> warc;
  int pages = 12;
  bool relist = false;
  std::optional<int> max_requests, max_minutes;  ///< empty: as the configuration says
};

/// Candidates that a person may want to see.
constexpr std::size_t most_shown = 10;

std::vector<std::string> lines_of(const std::string& evidence) {
  std::vector<std::string> out;
  boost::system::error_code error;
  const boost::json::value parsed = boost::json::parse(evidence, error);
  if (error || !parsed.is_array()) return out;
  for (const boost::json::value& line : parsed.as_array()) {
    if (line.is_string()) out.emplace_back(line.as_string());
  }
  return out;
}

std::string shown_score(double score) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", score);
  return text;
}

std::string table(const pipeline::Discovery& discovery) {
  std::string out = discovery.query.site + ", " + discovery.query.kind + ": " + std::to_string(discovery.pages) +
                    (discovery.pages == 1 ? " home page read" : " home pages read") +
                    (discovery.complete ? "" : ", others could not be") + "\n";
  std::size_t shown = 0;
  for (const DiscoveryRow& row : discovery.consensus.found) {
    if (shown++ == most_shown) break;
    out += std::string(row.chosen ? "* " : "  ") + shown_score(row.score) + "  " + row.first_seen.date() + "  " +
           row.last_seen.date() + "  " + printable(row.url) + "\n";
    for (const std::string& line : lines_of(row.evidence)) out += "        " + printable(line) + "\n";
  }
  if (discovery.pages > 0 && discovery.consensus.found.empty()) out += "  nothing that looks like one\n";
  return out;
}

/// A basic string of TOML.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + "\"";
}

std::string suggestion(const pipeline::Discovery& discovery) {
  const DiscoveryRow* const chosen = discovery.chosen();
  if (chosen == nullptr) return {};
  std::string out = "\n[[target]]\nurl = " + quoted(chosen->url) + "\nsite = " + quoted(discovery.query.site) +
                    "\nkind = " + quoted(discovery.query.kind) + "\n";
  std::string aliases;
  for (const std::size_t at : discovery.consensus.earlier) {
    aliases += (aliases.empty() ? "" : ", ") + quoted(discovery.consensus.found[at].url);
  }
  if (!aliases.empty()) out += "aliases = [" + aliases + "]\n";
  return out;
}

boost::json::object json(const pipeline::Discovery& discovery) {
  boost::json::object out;
  out["site"] = discovery.query.site;
  out["kind"] = discovery.query.kind;
  out["pages"] = discovery.pages;
  out["complete"] = discovery.complete;
  const DiscoveryRow* const chosen = discovery.chosen();
  out["url"] = chosen == nullptr ? boost::json::value(nullptr) : boost::json::value(chosen->url);
  boost::json::array& earlier = out["aliases"].emplace_array();
  for (const std::size_t at : discovery.consensus.earlier) earlier.emplace_back(discovery.consensus.found[at].url);
  boost::json::array& candidates = out["candidates"].emplace_array();
  for (const DiscoveryRow& row : discovery.consensus.found) {
    boost::json::object one;
    one["url"] = row.url;
    one["score"] = row.score;
    one["chosen"] = row.chosen;
    one["pages"] = row.pages;
    one["first_seen"] = row.first_seen.iso();
    one["last_seen"] = row.last_seen.iso();
    boost::json::array& evidence = one["evidence"].emplace_array();
    for (const std::string& line : lines_of(row.evidence)) evidence.emplace_back(line);
    candidates.push_back(std::move(one));
  }
  return out;
}

/// The configuration to look with: the file's, or the usual archive; one target a site.
core::Result<config::Config> settings(const DiscoverChoices& choices, const Common& common) {
  config::Config config;
  if (common.has_config()) {
    auto read = common.load_config();
    if (!read) return read;
    config = std::move(*read);
  } else if (choices.warc.empty()) {
    config.archives.emplace_back().name = "wayback";
  }
  if (!choices.warc.empty()) {
    config::ArchiveConfig local;
    local.name = "local";
    local.profile = "warc";
    local.index.clear();
    local.playback.clear();
    local.files.assign(choices.warc.begin(), choices.warc.end());
    config.archives = {local};
  }
  if (!choices.contact.empty()) config.contact = choices.contact;
  if (!common.db.empty()) config.db = common.db;
  config.targets.clear();
  for (const std::string& site : choices.sites) {
    const auto url = core::Url::parse(site);
    if (!url) return core::fail(core::Errc::bad_argument, url.error().detail);
    config::TargetConfig target;
    target.site = site;
    target.kind = choices.kind;
    if (!choices.from.empty()) target.from = choices.from;
    target.to = choices.to;
    for (const config::ArchiveConfig& archive : config.archives) target.archives.push_back(archive.name);
    if (!core::Timestamp::parse_from(target.from) || (!target.to.empty() && !core::Timestamp::parse_to(target.to))) {
      return core::fail(core::Errc::bad_argument, "--from, --to: 4 to 14 digits of a date were expected");
    }
    config.targets.push_back(std::move(target));
  }
  return config;
}

Exit look(const DiscoverChoices& choices, const Common& common, Console& console) {
  const auto config = settings(choices, common);
  if (!config) return console.fail(config.error());
  if (const auto contact = config::require_contact(*config); !contact) return console.fail(contact.error());
  if (config->db.has_parent_path()) {
    std::error_code problem;
    std::filesystem::create_directories(config->db.parent_path(), problem);
    if (problem)
      return console.fail({core::Errc::store_full, config->db.parent_path().string() + ": " + problem.message()});
  }
  auto store = storage::Store::open(config->db, storage::Mode::write);
  if (!store) {
    const Exit exit = console.fail(store.error());
    return exit == Exit::incomplete ? Exit::store : exit;
  }
  boost::asio::io_context io;
  auto sources = pipeline::open_sources(io, *config, *store, console);
  if (!sources) return console.fail(sources.error());
  std::vector<pipeline::SiteQuery> queries;
  for (const config::TargetConfig& target : config->targets) {
    queries.push_back({target.site, target.kind, target.archives, target.from, target.to});
  }
  pipeline::DiscoverOptions options;
  options.max_pages = static_cast<std::size_t>(choices.pages);
  options.relist = choices.relist;
  const auto sent = [&sources] {
    std::size_t out = 0;
    for (const pipeline::Source& source : *sources) out += source.archive->requests();
    return out;
  };
  using Clock = pipeline::Allowance::Clock;
  const auto requests = static_cast<std::size_t>(choices.max_requests.value_or(config->max_requests));
  const std::chrono::minutes minutes(choices.max_minutes.value_or(config->max_minutes));
  pipeline::Allowance allowance(requests, minutes, Clock::now());
  options.may_ask = [&] {
    const bool may = allowance.take(sent(), Clock::now());
    if (may) allowance.ended();  // calls follow one another
    return may;
  };
  const auto found = pipeline::discover(io, queries, *sources, *store, console, options);
  if (!found) return console.fail(found.error());

  std::string out;
  boost::json::array list;
  bool all = found->found.size() == queries.size();
  for (const pipeline::Discovery& discovery : found->found) {
    all = all && discovery.complete && discovery.chosen() != nullptr;
    if (common.json) {
      list.push_back(json(discovery));
    } else {
      out += (out.empty() ? "" : "\n") + table(discovery) + suggestion(discovery);
    }
  }
  if (common.json) out = boost::json::serialize(list) + "\n";
  if (const auto printed = print(out); !printed) return console.fail(printed.error());
  if (found->interrupted) console.warning("stopped on request; a rerun goes on");
  if (found->limited) console.warning(limit_reached(sent()));
  if (found->not_before) {
    console.warning("the archive asked us to stop; run again after " + shown_time(*found->not_before));
    return Exit::stopped;
  }
  return all ? Exit::done : Exit::incomplete;
}

}  // namespace

Action add_discover(Subcommand& app) {
  auto choices = std::make_shared<DiscoverChoices>();
  app.add_option("SITE", choices->sites, "Sites, such as example.com").required();
  std::string kinds;
  for (const std::string& kind : crawler::known_kinds()) kinds += (kinds.empty() ? "" : ", ") + kind;
  app.add_option("--kind", choices->kind, "Which document: " + kinds + ", or its name").shows_default();
  app.add_option("--from", choices->from, "Date of the first home page, 4 to 14 digits");
  app.add_option("--to", choices->to, "Date of the last home page");
  app.add_option("--pages", choices->pages, "Most home pages read of a site").between(1, 200).shows_default();
  app.add_option("--max-requests", choices->max_requests, "Most requests to archives; 0: no limit")
      .between(0, 100000000)
      .named("N");
  app.add_option("--max-minutes", choices->max_minutes, "Most minutes of looking; 0: no limit")
      .between(0, 1000000)
      .named("N");
  app.add_option("--contact", choices->contact, "Your address, needed for public archives");
  app.add_option("--warc", choices->warc, "Read these WARC files instead of an archive");
  app.add_flag("--relist", choices->relist, "Ask the indexes again even if the last listing is young");
  return [choices](const Common& common, Console& console) { return look(*choices, common, console); };
}

}  // namespace waydiff::cli
