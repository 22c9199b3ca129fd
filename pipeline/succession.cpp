#include "pipeline/succession.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_set>

#include "core/fold.hpp"
#include "core/url.hpp"
#include "crawler/policy_links.hpp"
#include "extract/extract.hpp"
#include "extract/page_links.hpp"
#include "extract/render.hpp"
#include "pipeline/home_pages.hpp"

namespace waydiff::pipeline {
namespace {

using storage::AliasReason;
using storage::AliasRow;
using storage::CaptureRow;
using storage::Extraction;
using storage::Target;

/// Bodies looked at for a canonical link: the newest distinct texts of a target.
constexpr std::size_t most_canonicals = 8;

/// An address that looks so much like one of the kind needs no second witness.
constexpr double looks_right = 0.4;

bool is_redirect(const CaptureRow& row) {
  return row.http_status && *row.http_status >= 300 && *row.http_status < 400 && !row.location.empty();
}

std::string plain(const core::Document& document) {
  std::string out;
  const auto add = [&](const std::vector<core::Inline>& runs) {
    for (const core::Inline& run : runs) out += run.text;
    out += '\n';
  };
  for (const core::Block& block : document.blocks) {
    add(block.runs);
    for (const auto& cell : block.cells) add(cell);
  }
  return out;
}

std::unordered_set<std::string> shingles(const core::Document& document) {
  constexpr std::size_t length = 5;
  const std::string text = core::folded_words(plain(document));
  if (text.empty()) return {};
  std::vector<std::size_t> starts{0};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ' ') starts.push_back(at + 1);
  }
  starts.push_back(text.size() + 1);
  std::unordered_set<std::string> out;
  const std::size_t words = starts.size() - 1;
  const std::size_t take = std::min(length, words);
  for (std::size_t at = 0; at + take <= words; ++at) {
    out.insert(text.substr(starts[at], starts[at + take] - 1 - starts[at]));
  }
  return out;
}

/// What is stored of a target, as far as moves go.
struct Holdings {
  Target target;
  std::vector<CaptureRow> rows;
  std::map<std::tuple<storage::Id, std::string, std::string>, Extraction> extractions;
  std::set<std::string> known;  ///< urlkeys of all its addresses

  [[nodiscard]] const Extraction* of(const CaptureRow& row) const {
    if (!row.body || row.http_status.value_or(200) != 200) return nullptr;
    const auto found = extractions.find({*row.body, row.capture.original, row.content_type});
    return found == extractions.end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool good(const CaptureRow& row) const {
    const Extraction* extraction = of(row);
    return extraction != nullptr && extraction->text && extraction->verdict.good();
  }
  [[nodiscard]] const CaptureRow* first_good() const {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const CaptureRow& row) { return good(row); });
    return found == rows.end() ? nullptr : &*found;
  }
  [[nodiscard]] const CaptureRow* last_good() const {
    const auto found = std::find_if(rows.rbegin(), rows.rend(), [&](const CaptureRow& row) { return good(row); });
    return found == rows.rend() ? nullptr : &*found;
  }
};

class Search {
 public:
  Search(storage::Store& store, Observer& observer, std::chrono::sys_seconds now)
      : store_(store), observer_(observer), now_(now) {}

  core::Result<std::size_t> run() {
    const auto targets = store_.targets();
    if (!targets) return tl::unexpected(targets.error());
    std::map<std::pair<std::string, std::string>, std::vector<Target>> by_site;
    for (const Target& target : *targets) {
      if (target.kind == home_page_kind) continue;
      by_site[{target.site, target.kind}].push_back(target);
      followed_.insert({target.urlkey, target.kind});
    }
    for (const auto& [site, group] : by_site) {
      std::vector<Holdings> holdings;
      for (const Target& target : group) {
        auto held = holdings_of(target);
        if (!held) return tl::unexpected(held.error());
        if (const auto done = look_at(*held); !done) return tl::unexpected(done.error());
        if (group.size() > 1) holdings.push_back(std::move(*held));
      }
      if (const auto done = compare(holdings); !done) return tl::unexpected(done.error());
    }
    return added_;
  }

 private:
  core::Result<Holdings> holdings_of(const Target& target) {
    Holdings out;
    out.target = target;
    auto rows = store_.captures(target.id);
    if (!rows) return tl::unexpected(rows.error());
    out.rows = std::move(*rows);
    auto extractions = store_.extractions(target.id, extract::generation);
    if (!extractions) return tl::unexpected(extractions.error());
    for (Extraction& one : *extractions) {
      std::tuple key{one.body, one.page_url, one.content_type};
      out.extractions.emplace(std::move(key), std::move(one));
    }
    const auto aliases = store_.aliases(target.id);
    if (!aliases) return tl::unexpected(aliases.error());
    out.known.insert(target.urlkey);
    for (const AliasRow& alias : *aliases) out.known.insert(alias.urlkey);
    return out;
  }

  core::Result<void> look_at(Holdings& held) {
    if (const auto done = enter(held, moved_to(redirects(held), held.target.kind, held.known, AliasReason::redirect));
        !done) {
      return done;
    }
    if (const auto done = enter(held, moved_to(canonicals(held), held.target.kind, held.known, AliasReason::canonical));
        !done) {
      return done;
    }
    return home_pages(held);
  }

  std::vector<Pointer> redirects(const Holdings& held) {
    std::vector<Pointer> out;
    for (const CaptureRow& row : held.rows) {
      if (is_redirect(row)) out.push_back({row.capture.timestamp, row.capture.original, row.location});
      const Extraction* extraction = held.of(row);
      if (extraction != nullptr && extraction->verdict.reason == core::Quarantine::redirect) {
        const auto links = head_of(row);
        if (links && !links->forwards_to.empty())
          out.push_back({row.capture.timestamp, row.capture.original, links->forwards_to});
      }
    }
    return out;
  }

  std::vector<Pointer> canonicals(const Holdings& held) {
    std::set<storage::Id> texts;
    std::vector<Pointer> out;
    for (auto row = held.rows.rbegin(); row != held.rows.rend() && texts.size() < most_canonicals; ++row) {
      if (!held.good(*row) || !texts.insert(*held.of(*row)->text).second) continue;
      const auto links = head_of(*row);
      if (!links || links->canonical.empty() || !crawler::same_site(row->capture.original, links->canonical)) continue;
      out.push_back({row->capture.timestamp, row->capture.original, links->canonical});
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

  /// What a stored page says before its body begins: the rest would be parsed in vain.
  std::optional<core::PageLinks> head_of(const CaptureRow& row) {
    auto body = store_.body(*row.body);
    if (!body) return {};  // verify names it
    constexpr std::size_t head = std::size_t{128} << 10;
    if (body->size() > head) body->resize(head);
    for (const std::string_view tag : {"<body", "<BODY", "<Body"})
      body->resize(std::min(body->find(tag), body->size()));
    const bool says = body->find("canonical") != std::string::npos || body->find("efresh") != std::string::npos ||
                      body->find("EFRESH") != std::string::npos;
    if (!says) return {};
    auto links = extract::page_links(*body, {row.capture.original, row.content_type});
    return links ? std::optional(std::move(*links)) : std::nullopt;
  }

  core::Result<void> home_pages(Holdings& held) {
    const auto rows = store_.discoveries(held.target.site, held.target.kind);
    if (!rows) return tl::unexpected(rows.error());
    const bool ours =
        std::any_of(rows->begin(), rows->end(), [&](const auto& row) { return held.known.contains(row.urlkey); });
    if (!ours || !rows->front().chosen || held.known.contains(rows->front().urlkey)) return {};
    const storage::DiscoveryRow& chosen = rows->front();
    AliasRow alias;
    alias.url = chosen.url;
    alias.urlkey = chosen.urlkey;
    alias.reason = AliasReason::home_page;
    alias.evidence = "home pages from " + chosen.first_seen.date() + " to " + chosen.last_seen.date() + " link there";
    alias.since = chosen.first_seen;
    return enter(held, {alias});
  }

  /// Another target of the site and kind whose text begins with what this one ended with.
  core::Result<void> compare(std::vector<Holdings>& group) {
    for (Holdings& old : group) {
      const CaptureRow* last = old.last_good();
      if (last == nullptr) continue;
      for (const Holdings& next : group) {
        const CaptureRow* first = next.first_good();
        if (first == nullptr || old.known.contains(next.target.urlkey)) continue;
        // Two that live side by side are twins, not one after the other.
        if (first->capture.timestamp <= last->capture.timestamp) continue;
        const auto same = likeness(*old.of(*last)->text, *next.of(*first)->text);
        if (!same) return tl::unexpected(same.error());
        if (*same < same_wording) continue;
        AliasRow alias;
        alias.url = next.target.url;
        alias.urlkey = next.target.urlkey;
        alias.reason = AliasReason::same_text;
        alias.evidence = std::to_string(static_cast<int>(*same * 100)) + " % of the wording of " +
                         last->capture.original + " at " + last->capture.raw_timestamp + " stood there at " +
                         first->capture.raw_timestamp;
        alias.since = first->capture.timestamp;
        if (const auto done = add(old, alias); !done) return done;
      }
    }
    return {};
  }

  core::Result<double> likeness(storage::Id one, storage::Id other) {
    if (one == other) return 1.0;
    std::optional<core::Document> documents[2];
    const storage::Id ids[2] = {one, other};
    for (int n = 0; n < 2; ++n) {
      const auto text = store_.text(ids[n]);
      if (!text) return tl::unexpected(text.error());
      auto document = extract::from_json(text->document);
      if (!document) return tl::unexpected(document.error());
      documents[n] = std::move(*document);
    }
    return shared_wording(*documents[0], *documents[1]);
  }

  /// Addresses that are followed on their own stay apart.
  core::Result<void> enter(Holdings& held, const std::vector<AliasRow>& aliases) {
    for (const AliasRow& alias : aliases) {
      if (followed_.contains({alias.urlkey, held.target.kind})) continue;
      if (const auto done = add(held, alias); !done) return done;
    }
    return {};
  }

  core::Result<void> add(Holdings& held, AliasRow alias) {
    alias.target = held.target.id;
    alias.found_at = now_;
    const auto added = store_.put_alias(alias);
    if (!added) return tl::unexpected(added.error());
    held.known.insert(alias.urlkey);
    if (!*added) return {};
    ++added_;
    const std::string reason(storage::name(alias.reason));
    observer_.detail(held.target.site + ", " + held.target.kind + ": " + alias.url + " is an address of it, too (" +
                     reason + "): " + alias.evidence);
    const Fields fields{{"target", held.target.url},
                        {"url", alias.url},
                        {"reason", reason},
                        {"since", alias.since.iso()},
                        {"evidence", alias.evidence}};
    observer_.event("moved", fields);
    return {};
  }

  storage::Store& store_;
  Observer& observer_;
  std::chrono::sys_seconds now_;
  std::set<std::pair<std::string, std::string>> followed_;  ///< urlkey and kind of every target
  std::size_t added_ = 0;
};

}  // namespace

std::vector<AliasRow> moved_to(std::span<const Pointer> pointers, std::string_view kind,
                               const std::set<std::string>& known, AliasReason reason) {
  struct Seen {
    AliasRow alias;
    std::size_t times = 0;
    bool off_site = false;
  };
  std::map<std::string, Seen> by_key;
  for (const Pointer& pointer : pointers) {
    const auto url = core::Url::parse(pointer.to);
    if (!url || crawler::is_redirect_sink(pointer.to)) continue;
    const std::string address = url->text().substr(0, url->text().find('#'));
    const std::string key = core::url_key(address);
    if (known.contains(key) || key == core::url_key(pointer.from)) continue;
    Seen& seen = by_key[key];
    if (seen.times++ > 0) continue;
    seen.off_site = !crawler::same_site(pointer.from, address);
    seen.alias.url = address;
    seen.alias.urlkey = key;
    seen.alias.reason = reason;
    seen.alias.since = pointer.time;
    const char* const what = reason == AliasReason::canonical ? " names it as its own address at " : " led there at ";
    seen.alias.evidence = pointer.from + what + pointer.time.iso();
  }
  std::vector<AliasRow> out;
  for (auto& [key, seen] : by_key) {
    const bool named = crawler::policy_address(seen.alias.url, kind) >= looks_right;
    if (!named && (seen.off_site || seen.times < 2)) continue;
    if (seen.times > 1) seen.alias.evidence += ", seen " + std::to_string(seen.times) + " times";
    out.push_back(std::move(seen.alias));
  }
  std::sort(out.begin(), out.end(), [](const AliasRow& a, const AliasRow& b) { return a.since < b.since; });
  return out;
}

double shared_wording(const core::Document& one, const core::Document& other) {
  const auto a = shingles(one);
  const auto b = shingles(other);
  if (a.empty() || b.empty()) return 0;
  const auto shared =
      static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](const auto& word) { return b.contains(word); }));
  return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

core::Result<std::size_t> find_successions(storage::Store& store, Observer& observer, std::chrono::sys_seconds now) {
  std::size_t added = 0;
  // One transaction: each alias by itself would be a wait for the disk.
  const auto done = store.transaction([&]() -> core::Result<void> {
    const auto found = Search(store, observer, now).run();
    if (!found) return tl::unexpected(found.error());
    added = *found;
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return added;
}

}  // namespace waydiff::pipeline
