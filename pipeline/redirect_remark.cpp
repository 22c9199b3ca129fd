#include "pipeline/redirect_remark.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/url.hpp"

namespace waydiff::pipeline {
namespace {

/// The path of a sort key: "com,example)/terms?a=1" has "/terms".
std::string_view path_of(std::string_view key) {
  const std::size_t end = key.find(')');
  if (end == std::string_view::npos) return {};
  key.remove_prefix(end + 1);
  return key.substr(0, key.find('?'));
}

std::string_view host_of(std::string_view key) {
  return key.substr(0, key.find(')'));
}

/// True when a whole word of the path is one of `words`: "/en/login" has "login", "/loginsights" has not.
template <std::size_t N>
bool has_word(std::string_view path, const std::array<std::string_view, N>& words) {
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find_first_of("/._", begin), path.size());
    if (std::find(words.begin(), words.end(), path.substr(begin, end - begin)) != words.end()) return true;
    begin = end + 1;
  }
  return false;
}

constexpr std::array<std::string_view, 11> log_in = {"login",  "log-in",  "signin", "sign-in",  "logon",    "auth",
                                                     "oauth2", "account", "sso",    "anmelden", "connexion"};
constexpr std::array<std::string_view, 10> error_page = {"404",       "error",   "errors", "notfound",    "not-found",
                                                         "not_found", "blocked", "sorry",  "unavailable", "expired"};

/// "/", "/index.html", "/en", "/en-us/": where a site begins.
bool is_home(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) return true;
  const std::string_view name = path.substr(0, path.find('.'));
  if (name == "index" || name == "default" || name == "home") return path.find('/') == std::string_view::npos;
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  const bool language = path.size() == 2 && letter(path[0]) && letter(path[1]);
  const bool region = path.size() == 5 && letter(path[0]) && letter(path[1]) && (path[2] == '-' || path[2] == '_') &&
                      letter(path[3]) && letter(path[4]);
  return language || region;
}

}  // namespace

std::string redirect_remark(std::string_view original, std::string_view location) {
  if (location.empty()) return "redirects without saying where to";
  const std::string to(location);
  if (original == location) return "redirects to itself";
  const std::string from_key = core::url_key(original);
  const std::string to_key = core::url_key(location);
  if (from_key == to_key) return "redirects to another spelling of its address, " + to;
  const std::string_view path = path_of(to_key);
  if (is_home(path) && !is_home(path_of(from_key))) {
    return (host_of(from_key) == host_of(to_key) ? "redirects to the home page, " : "redirects to a home page, ") + to;
  }
  if (has_word(path, log_in)) return "redirects to a log-in page, " + to;
  if (has_word(path, error_page)) return "redirects to an error page, " + to;
  return {};
}

}  // namespace waydiff::pipeline
