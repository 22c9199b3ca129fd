#include "crawler/key_range.hpp"

#include "core/url.hpp"

namespace waydiff::crawler {

KeyRange key_range(std::string_view url, Match match) {
  std::string key = core::url_key(url);
  const std::size_t host_end = key.find(')');
  if (match == Match::exact || host_end == std::string::npos) return {key, key + '\0'};
  const std::string host = key.substr(0, host_end);
  const bool root = key.size() <= host_end + 2;
  if (match == Match::domain) return {host + ")/", host + "-"};
  if (match == Match::host || root) return {host + ")/", host + ")0"};
  // The key has lost its slash: "/a/" means what is below it, "/a" also "/about".
  if (url.ends_with('/')) key += '/';
  std::string end = key;
  end.back() = static_cast<char>(end.back() + 1);
  return {key, end};
}

}  // namespace waydiff::crawler
