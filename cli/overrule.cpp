#include <algorithm>
#include <boost/json.hpp>

#include "cli/input.hpp"
#include "core/url.hpp"
#include "extract/extract.hpp"
#include "pipeline/process.hpp"
#include "pipeline/shared_pace.hpp"

namespace waydiff::cli {
namespace {

using core::Errc;
using core::fail;
using core::Quarantine;

struct Options {
  std::vector<std::string> captures;
  std::string reason;
  std::string as = "not_a_policy";
  std::string by;
  bool take_back = false;
};

/// A page of the store: the bytes that some captures of a target show at one address.
struct JudgedPage {
  storage::Target target;
  storage::CaptureRow capture;  ///< the one that was named
  std::size_t captures = 0;     ///< that show the same
};

constexpr Quarantine reasons[] = {Quarantine::block_page,     Quarantine::soft_404,    Quarantine::consent_wall,
                                  Quarantine::parked,         Quarantine::empty,       Quarantine::truncated,
                                  Quarantine::wrong_language, Quarantine::not_a_policy};

std::vector<std::string> reason_names() {
  std::vector<std::string> out;
  for (const Quarantine reason : reasons) out.emplace_back(core::name(reason));
  return out;
}

bool same_page(const storage::CaptureRow& a, const storage::CaptureRow& b) {
  return a.body == b.body && a.capture.original == b.capture.original;
}

/// Adds the target's captures that `name` may mean: those at `digits`, of `original` unless that is empty.
core::Result<void> add_matches(storage::Store& store, const storage::Target& target, std::string_view digits,
                               std::string_view original, std::vector<JudgedPage>& found) {
  const auto rows = store.captures(target.id);
  if (!rows) return tl::unexpected(rows.error());
  for (const storage::CaptureRow& row : *rows) {
    if (!row.capture.raw_timestamp.starts_with(digits)) continue;
    if (!original.empty() && row.capture.original != original) continue;
    const auto known = std::find_if(found.begin(), found.end(), [&](const JudgedPage& one) {
      return one.target.id == target.id && same_page(one.capture, row);
    });
    if (known != found.end()) continue;
    const auto same = std::count_if(rows->begin(), rows->end(), [&](const auto& one) { return same_page(one, row); });
    found.push_back({target, row, static_cast<std::size_t>(same)});
  }
  return {};
}

/// Parts of "TIMESTAMP/ORIGINAL", the end of any archive's playback addresses, or of such an address; else empty.
core::PlaybackAddress exactly(const std::string& name) {
  const std::size_t digits = name.find_first_not_of("0123456789");
  if (digits == 14 && name[digits] == '/') return {name.substr(0, digits), name.substr(digits + 1)};
  return core::parse_playback_url(name);
}

/// "TARGET@TIME", or what exactly() reads: of that, the page under every target that has it.
core::Result<std::vector<JudgedPage>> pages_named(storage::Store& store, const std::string& name) {
  std::vector<JudgedPage> found;
  const core::PlaybackAddress played = exactly(name);
  if (!played.original.empty()) {
    const auto targets = store.targets();
    if (!targets) return tl::unexpected(targets.error());
    for (const storage::Target& target : *targets) {
      if (auto done = add_matches(store, target, played.timestamp, played.original, found); !done)
        return tl::unexpected(done.error());
    }
  } else {
    const std::size_t at = name.rfind('@');
    const std::string digits = at == std::string::npos ? "" : name.substr(at + 1);
    if (digits.size() < 4 || digits.find_first_not_of("0123456789") != std::string::npos) {
      return fail(Errc::bad_argument,
                  "\"" + name + "\" is no capture: give TARGET@TIME, TIMESTAMP/ADDRESS or a playback address");
    }
    const auto target = the_target(store, name.substr(0, at));
    if (!target) return tl::unexpected(target.error());
    if (auto done = add_matches(store, *target, digits, "", found); !done) return tl::unexpected(done.error());
  }
  if (found.empty()) return fail(Errc::not_found, "no capture is called \"" + name + "\"; see `waydiff status`");
  if (played.original.empty() && found.size() > 1) {
    std::string list;
    for (const JudgedPage& page : found) {
      list += "\n  " + page.capture.capture.raw_timestamp + "/" + page.capture.capture.original;
    }
    return fail(Errc::bad_argument, "\"" + name + "\" means several pages; give one of these:" + list);
  }
  return found;
}

/// Can a person's verdict change anything about it?
core::Result<void> check(storage::Store& store, const JudgedPage& page, bool release) {
  const storage::CaptureRow& row = page.capture;
  const std::string name = page.target.url + "@" + row.capture.raw_timestamp;
  if (!row.body) {
    return fail(Errc::bad_argument, name + ": not in the store (" + std::string(storage::name(row.outcome)) + ")");
  }
  if (!release) return {};
  if (const int status = row.http_status.value_or(200); status != 200) {
    return fail(Errc::bad_argument, name + ": the site answered " + std::to_string(status) +
                                        "; an archived error or redirect has no text to compare");
  }
  const auto extractions = store.extractions(page.target.id, extract::generation);
  if (!extractions) return tl::unexpected(extractions.error());
  const bool unreadable = std::any_of(extractions->begin(), extractions->end(), [&](const auto& one) {
    return one.body == *row.body && one.page_url == row.capture.original && !one.text;
  });
  if (unreadable) return fail(Errc::bad_argument, name + ": it cannot be read as text, and so not compared");
  return {};
}

core::Result<void> record(storage::Store& store, const JudgedPage& page, Quarantine verdict, const Options& options,
                          std::chrono::sys_seconds now) {
  const std::string& address = page.capture.capture.original;
  if (options.take_back) {
    const auto done = store.take_back_overruling(page.capture.body_sha256, address, now);
    if (!done) return tl::unexpected(done.error());
    if (*done) return {};
    return fail(Errc::not_found, page.target.url + "@" + page.capture.capture.raw_timestamp +
                                     ": nobody has overruled the program's verdict on it");
  }
  storage::OverrulingRow row;
  row.body_sha256 = page.capture.body_sha256;
  row.page_url = address;
  row.verdict = verdict;
  row.reason = options.reason;
  row.who = options.by;
  row.decided_at = now;
  return store.put_overruling(row);
}

std::string somebody() {
  for (const char* const name : {"USER", "LOGNAME"}) {
    if (std::string value = pipeline::process_environment(name); !value.empty()) return value;
  }
  return "unknown";
}

core::Result<std::vector<JudgedPage>> overrule(storage::Store& store, const Options& options, Quarantine verdict) {
  std::vector<JudgedPage> pages;
  for (const std::string& name : options.captures) {
    const auto named = pages_named(store, name);
    if (!named) return tl::unexpected(named.error());
    for (const JudgedPage& page : *named) {
      if (auto fit = check(store, page, verdict == Quarantine::none && !options.take_back); !fit)
        return tl::unexpected(fit.error());
      // Two names of one page, and two targets that share it, are one verdict.
      const auto known = std::find_if(pages.begin(), pages.end(),
                                      [&](const JudgedPage& one) { return same_page(one.capture, page.capture); });
      if (known == pages.end() || known->target.id != page.target.id) pages.push_back(page);
    }
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto done = store.transaction([&]() -> core::Result<void> {
    for (auto page = pages.begin(); page != pages.end(); ++page) {
      const bool repeated =
          std::any_of(pages.begin(), page, [&](const auto& one) { return same_page(one.capture, page->capture); });
      if (repeated) continue;
      if (auto written = record(store, *page, verdict, options, now); !written) return written;
    }
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return pages;
}

Exit finish(storage::Store& store, const std::vector<JudgedPage>& pages, const std::string& verdict,
            const Common& common, Console& console) {
  pipeline::ProcessOptions process;
  boost::json::array out;
  for (const JudgedPage& page : pages) {
    process.targets.push_back(page.target.id);
    out.push_back({{"site", page.target.site},
                   {"kind", page.target.kind},
                   {"url", page.target.url},
                   {"timestamp", page.capture.capture.raw_timestamp},
                   {"original", page.capture.capture.original},
                   {"verdict", verdict},
                   {"captures", page.captures}});
    console.say(page.target.site + ", " + page.target.kind + ", " + page.capture.capture.raw_timestamp + ": " +
                verdict + " (" + std::to_string(page.captures) +
                (page.captures == 1 ? " capture shows" : " captures show") + " this page)");
  }
  const auto done = pipeline::process(store, console, process);
  if (!done) return console.fail(done.error());
  if (common.json) {
    if (const auto printed = print(boost::json::serialize(out) + "\n"); !printed) return console.fail(printed.error());
  }
  if (!done->interrupted) return Exit::done;
  console.warning("stopped on request; the verdicts are kept, and `waydiff process` brings the history up to date");
  return Exit::incomplete;
}

Action action(const std::shared_ptr<Options>& options, bool release) {
  return [options, release](const Common& common, Console& console) {
    if (!release && !options->take_back && options->reason.empty()) {
      return console.fail({Errc::bad_argument, "say why: --reason TEXT"});
    }
    Quarantine verdict = Quarantine::none;
    for (const Quarantine reason : reasons) {
      if (!release && core::name(reason) == options->as) verdict = reason;
    }
    if (options->by.empty()) options->by = somebody();
    auto store = common.open_store(storage::Mode::write);
    if (!store) return console.fail(store.error());
    const auto pages = overrule(*store, *options, verdict);
    if (!pages) return console.fail(pages.error());
    const std::string shown = options->take_back ? "taken back" : std::string(core::name(verdict));
    return finish(*store, *pages, shown, common, console);
  };
}

std::shared_ptr<Options> add_options(Subcommand& app) {
  auto options = std::make_shared<Options>();
  app.add_option("CAPTURE", options->captures, "TARGET@TIME (4 to 14 digits), TIMESTAMP/ADDRESS, or a playback address")
      .required();
  app.add_option("--reason", options->reason, "Why, for those who read it later");
  app.add_option("--by", options->by, "Who says so; default: the user's name");
  app.add_flag("--take-back", options->take_back, "Let the program's verdict stand again");
  return options;
}

}  // namespace

Action add_release(Subcommand& app) {
  return action(add_options(app), true);
}

Action add_quarantine(Subcommand& app) {
  const auto options = add_options(app);
  app.add_option("--as", options->as, "What it is instead").shows_default().one_of(reason_names());
  return action(options, false);
}

}  // namespace waydiff::cli
