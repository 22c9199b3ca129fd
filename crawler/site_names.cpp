#include "crawler/site_names.hpp"

#include <algorithm>
#include <array>

#include "core/url.hpp"

namespace waydiff::crawler {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size();
    const int high = escape ? hex_value(text[at + 1]) : -1;
    const int low = escape ? hex_value(text[at + 2]) : -1;
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

std::vector<std::string_view> labels(std::string_view host) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t dot = host.find('.');
    out.push_back(host.substr(0, dot));
    if (dot == std::string_view::npos) return out;
    host.remove_prefix(dot + 1);
  }
}

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 17> second_levels{"co", "com", "org", "net", "gov", "gob", "ac",   "edu", "ne",
                                                         "or", "go",  "gv",  "ltd", "plc", "nom", "info", "in"};

// Names of one organisation that names alone do not show.
const std::vector<std::vector<std::string_view>>& families() {
  static const std::vector<std::vector<std::string_view>> known = {
      {"google", "youtube", "blogger", "blogspot", "gmail", "waze", "fitbit"},
      {"facebook", "instagram", "whatsapp", "meta", "messenger", "threads", "oculus"},
      {"microsoft", "live", "msn", "bing", "linkedin", "skype", "xbox", "office", "github", "outlook", "hotmail"},
      {"apple", "icloud", "beats"},
      {"twitter", "x", "periscope"},
      {"yahoo", "aol", "flickr", "tumblr", "oath", "verizonmedia", "yahooinc", "engadget", "techcrunch"},
      {"amazon", "audible", "imdb", "twitch", "goodreads", "zappos"},
      {"ebay", "ebayinc", "paypal"},
      {"match", "tinder", "okcupid", "pof", "hinge", "meetic"},
      {"wordpress", "automattic", "woocommerce", "gravatar"},
      {"ibm", "redhat"},
      {"salesforce", "slack", "heroku"},
      {"nytimes", "nytco"},
      {"disney", "espn", "abc", "go", "hulu"}};
  return known;
}

constexpr std::array<std::string_view, 40> vendors{
    "google",     "facebook",  "twitter",  "linkedin",   "youtube", "instagram", "adobe",        "microsoft",
    "apple",      "paypal",    "stripe",   "cloudflare", "hotjar",  "onetrust",  "cookiebot",    "wordpress",
    "automattic", "mailchimp", "trustarc", "truste",     "disqus",  "addthis",   "sharethis",    "amazon",
    "yahoo",      "pinterest", "tiktok",   "hubspot",    "intuit",  "zendesk",   "usercentrics", "didomi",
    "quantcast",  "taboola",   "outbrain", "godaddy",    "sedo",    "shopify",   "wix",          "networkadvertising"};

constexpr std::array<std::string_view, 8> policy_hosts{
    "iubenda", "termly", "termsfeed", "getterms", "privacypolicies", "freeprivacypolicy", "websitepolicies", "enzuzo"};

/// "example" of "legal.example.co.uk".
std::string organisation(std::string_view host) {
  const std::string registered = registered_name(host);
  return registered.substr(0, registered.find('.'));
}

}  // namespace

AddressParts address_parts(std::string_view url) {
  AddressParts out;
  const auto parsed = core::Url::parse(url);
  if (!parsed) return out;
  out.host = parsed->site();
  std::string_view rest = parsed->text();
  rest.remove_prefix(rest.find("//") + 2);
  rest.remove_prefix(std::min(rest.find_first_of("/?#"), rest.size()));
  const std::size_t hash = rest.find('#');
  out.fragment = hash != std::string_view::npos;
  // "#!/privacy" and "#/privacy" are how pages made of scripts wrote paths.
  const std::string_view fragment = out.fragment ? rest.substr(hash + 1) : std::string_view();
  rest = rest.substr(0, hash);
  const std::size_t mark = rest.find('?');
  if (mark != std::string_view::npos) out.query = unescaped(rest.substr(mark + 1));
  std::string_view path = rest.substr(0, mark);
  if (fragment.starts_with("!/") || fragment.starts_with('/')) path = fragment.substr(fragment.find('/'));
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) out.segments.push_back(unescaped(path.substr(0, end)));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out;
}

std::string registered_name(std::string_view host) {
  const std::vector<std::string_view> names = labels(host);
  if (names.size() <= 2) return std::string(host);
  const bool country = names.back().size() == 2;
  const std::size_t keep = country && one_of(names[names.size() - 2], second_levels) ? 3 : 2;
  std::string out;
  for (std::size_t at = names.size() - keep; at < names.size(); ++at) {
    out += (out.empty() ? "" : ".") + std::string(names[at]);
  }
  return out;
}

Kinship kinship(std::string_view host, std::string_view other) {
  const auto bare = [](std::string_view name) { return name.starts_with("www.") ? name.substr(4) : name; };
  host = bare(host);
  other = bare(other);
  if (host == other) return Kinship::same_host;
  if (registered_name(host) == registered_name(other)) return Kinship::same_site;
  const std::string mine = organisation(host);
  const std::string theirs = organisation(other);
  for (const auto& family : families()) {
    const auto has = [&](const std::string& name) {
      return std::find(family.begin(), family.end(), name) != family.end();
    };
    if (has(mine) && has(theirs)) return Kinship::same_owner;
  }
  if (mine == theirs) return Kinship::same_owner;
  if (one_of(theirs, policy_hosts)) return Kinship::hosted;
  if (one_of(theirs, vendors)) return Kinship::vendor;
  // "acmegroup.com" beside "acme.com"; short names are in too many others.
  const std::string& shorter = mine.size() < theirs.size() ? mine : theirs;
  const std::string& longer = mine.size() < theirs.size() ? theirs : mine;
  if (shorter.size() >= 4 && (longer.starts_with(shorter) || longer.ends_with(shorter))) return Kinship::same_owner;
  return Kinship::foreign;
}

}  // namespace waydiff::crawler
