#include "crawler/timemap.hpp"

#include <algorithm>

#include "core/url.hpp"
#include "crawler/link_header.hpp"
#include "crawler/replay_address.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;

bool is_link_format(const Link& link) {
  const std::string_view type = link.parameter("type");
  return type.empty() || type.starts_with("application/link-format");
}

/// Whether a part that says which times it covers can hold anything of the range asked for.
bool may_hold(const Link& link, const ListQuery& query) {
  const auto first = core::Timestamp::parse_http_date(link.parameter("from"));
  const auto last = core::Timestamp::parse_http_date(link.parameter("until"));
  const auto from = core::Timestamp::parse_from(query.from);
  const auto to = core::Timestamp::parse_to(query.to);
  if (!query.from.empty() && from && last && *last < *from) return false;
  return query.to.empty() || !to || !first || *first <= *to;
}

/// The digits of a memento: those of its address, which playback wants; its datetime where the address has none.
void add_memento(const Link& link, std::string_view original, const RowSieve& sieve, IndexPage& page) {
  core::PlaybackAddress address = memento_address(link.target);
  const auto time = core::Timestamp::parse_http_date(link.parameter("datetime"));
  if (address.timestamp.size() != 14) address.timestamp = time ? time->digits() : std::string();
  if (address.original.empty()) address.original = original;
  IndexRow row;
  row.urlkey = "-";
  row.timestamp = address.timestamp;
  row.original = address.original;
  sieve.add(row, link.target, page);
}

}  // namespace

std::string timemap_address(std::string_view index, const ListQuery& query) {
  std::string address(index);
  const std::string target = core::playback_target(query.url);
  if (const std::size_t place = address.find("{url}"); place != std::string::npos) {
    return address.replace(place, 5, target);
  }
  while (address.ends_with('/')) address.pop_back();
  return address + "/" + target;
}

core::Result<TimeMapPage> parse_timemap(std::string_view body, const ListQuery& query) {
  const auto sieve = RowSieve::of(query);
  if (!sieve) return tl::unexpected(sieve.error());
  const Links links = parse_links(body);
  const bool is_one = std::ranges::any_of(links.entries, [](const Link& link) {
    return link.is("original") || link.is("memento") || link.is("timemap") || link.is("self");
  });
  if (!is_one) return core::fail(Errc::bad_cdx, "the index sent no TimeMap: " + beginning(body));
  if (!links.whole) {
    return core::fail(Errc::bad_cdx, "the TimeMap is cut off after " + std::to_string(links.entries.size()) +
                                         " entries, " + std::to_string(body.size()) + " bytes");
  }
  const Link& end = links.entries.back();
  // Every memento has a datetime: RFC 7089, section 2.2.1.
  if (end.is("memento") && end.parameter("datetime").empty()) {
    return core::fail(Errc::bad_cdx, "the TimeMap is cut off inside its last entry: " + end.target);
  }
  TimeMapPage out;
  const auto original = std::ranges::find_if(links.entries, [](const Link& link) { return link.is("original"); });
  const std::string known = original == links.entries.end() ? query.url : original->target;
  for (const Link& link : links.entries) {
    if (link.is("memento")) add_memento(link, known, *sieve, out.page);
  }
  for (const Link& link : links.entries) {
    if (!link.is("timemap") || link.is("self") || !is_link_format(link)) continue;
    // Other forms of this very list are no parts of it; parts say which times they cover, or are all that there is.
    const bool part =
        !link.parameter("from").empty() || !link.parameter("until").empty() || link.is("next") || out.page.rows == 0;
    if (part && may_hold(link, query)) out.parts.push_back(link.target);
  }
  return out;
}

core::Result<TimeMapPage> read_timemap_answer(const Response& response, const ListQuery& query) {
  const auto body = index_body(response);
  if (!body) return tl::unexpected(body.error());
  if (response.status == 404) {
    if (auto refused = exclusion(response, *body)) return tl::unexpected(std::move(*refused));
    return TimeMapPage{};
  }
  if (auto refused = index_refusal(response, *body)) return tl::unexpected(std::move(*refused));
  return parse_timemap(*body, query);
}

}  // namespace waydiff::crawler
