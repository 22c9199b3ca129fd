#include "crawler/replay_address.hpp"

#include <algorithm>

namespace waydiff::crawler {
namespace {

constexpr std::size_t longest_path = 16384;

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// "//host:port/path" or "/path" of an address without its scheme.
std::string_view without_scheme(std::string_view address) {
  const std::size_t slashes = address.find("//");
  const bool scheme = slashes != std::string_view::npos && slashes > 0 && address[slashes - 1] == ':' &&
                      address.substr(0, slashes).find('/') == std::string_view::npos;
  return scheme ? address.substr(slashes) : address;
}

std::string_view authority_of(std::string_view address) {
  address = without_scheme(address);
  if (!address.starts_with("//")) return {};
  return address.substr(2, std::min(address.find_first_of("/?#", 2), address.size()) - 2);
}

std::string_view path_of(std::string_view address) {
  address = without_scheme(address);
  if (!address.starts_with("//")) return address;
  const std::size_t slash = address.find('/', 2);
  return slash == std::string_view::npos ? std::string_view{} : address.substr(slash);
}

/// Lower case, without a port that goes without saying.
std::string host_of(std::string_view address) {
  std::string host = lowered(authority_of(address));
  for (const std::string_view port : {":80", ":443"}) {
    if (host.ends_with(port)) host.resize(host.size() - port.size());
  }
  return host;
}

/// The part of a playback base, or of its template, that all playback addresses begin with.
std::string_view base_of(std::string_view playback) {
  playback = playback.substr(0, playback.find("{timestamp}"));
  while (playback.ends_with('/')) playback.remove_suffix(1);
  return playback;
}

/// Proxies on the way make one slash of two.
void repair_slashes(std::string& original) {
  for (const std::string_view scheme : {"http:/", "https:/"}) {
    if (original.starts_with(scheme) && original.substr(scheme.size(), 1) != "/") original.insert(scheme.size(), "/");
  }
}

/// "/TIMESTAMP[flag]/ADDRESS" taken apart. Sites have paths such as "/2018/terms" too, so that either the timestamp
/// must be whole or the address begin like one.
core::PlaybackAddress timed_address(std::string_view path) {
  core::PlaybackAddress found = core::parse_playback_url("/web" + std::string(path));
  if (found.original.empty()) return {};
  const std::size_t target = path.find('/', 1) + 1;
  const bool sure = found.timestamp.size() == 14 || lowered(path.substr(target, 4)) == "http";
  if (!sure) return {};
  repair_slashes(found.original);
  return found;
}

}  // namespace

std::string origin_of(std::string_view address) {
  const std::string host = host_of(address);
  if (host.empty()) return {};
  return (lowered(address.substr(0, 8)).starts_with("https://") ? "https://" : "http://") + host;
}

std::string absolute_address(std::string_view reference, std::string_view asked) {
  if (!reference.starts_with('/') && !authority_of(reference).empty()) return std::string(reference);
  const auto base = core::Url::parse(asked);
  return base ? base->resolve(reference) : std::string(reference);
}

core::PlaybackAddress memento_address(std::string_view address) {
  const std::string_view path = path_of(address);
  if (path.size() > longest_path) return {};
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    // Only where digits follow: a long path is not copied for each of its slashes.
    if (slash + 1 >= path.size() || path[slash + 1] < '0' || path[slash + 1] > '9') continue;
    auto found = timed_address(path.substr(slash));
    if (!found.original.empty()) return found;
  }
  return {};
}

core::PlaybackAddress replay_address(std::string_view address, std::string_view playback) {
  const std::string_view base = base_of(playback);
  if (!authority_of(address).empty() && host_of(address) != host_of(base)) return {};
  if (authority_of(address).empty() && !address.starts_with('/')) return {};
  const std::string_view path = path_of(address);
  const std::string_view own = path_of(base);
  if (path.starts_with(own) && path.substr(own.size()).starts_with('/')) {
    auto found = timed_address(path.substr(own.size()));
    if (!found.original.empty()) return found;
  }
  // Raw playback may have a path of its own, and offer captures on that of people.
  return memento_address(path);
}

}  // namespace waydiff::crawler
