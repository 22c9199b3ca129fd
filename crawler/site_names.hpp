#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waydiff::crawler {

/// An address taken apart for judging names in it: lower case, percent escapes undone.
struct AddressParts {
  std::string host;                   ///< without "www."
  std::vector<std::string> segments;  ///< of the path, as written but unescaped
  std::string query;
  bool fragment = false;

  [[nodiscard]] bool is_root() const { return segments.empty() && query.empty(); }
};
[[nodiscard]] AddressParts address_parts(std::string_view url);

/// "example.co.uk" of "legal.example.co.uk": by the usual second levels under country codes, no list of suffixes.
[[nodiscard]] std::string registered_name(std::string_view host);

/// How two hosts belong together.
enum class Kinship {
  same_host,   ///< but for "www."
  same_site,   ///< below one registered name
  same_owner,  ///< names that tell of one organisation: example.com and example.de, youtube.com and google.com
  hosted,      ///< a service that keeps policies for sites
  vendor,      ///< a company whose policy many sites link to beside their own
  foreign,
};
[[nodiscard]] Kinship kinship(std::string_view host, std::string_view other);

}  // namespace waydiff::crawler
