#include "extract/page_address.hpp"

#include <algorithm>
#include <array>

#include "core/url.hpp"
#include "extract/ascii.hpp"
#include "extract/page_head.hpp"

namespace waydiff::extract {
namespace {

constexpr std::array<std::string_view, 8> front_files{"index.html",  "index.htm",    "index.php", "index.asp",
                                                      "default.asp", "default.aspx", "home.html", "home.htm"};

bool is_front_path(std::string_view path) {
  if (path.empty()) return true;
  const std::string name = lower(path);
  return std::find(front_files.begin(), front_files.end(), name) != front_files.end();
}

}  // namespace

PageAddress::PageAddress(const HtmlTree& tree, const std::string& url) : links_(url, base_address(tree)) {
  if (url.empty()) return;
  const auto playback = core::parse_playback_url(url);
  key_ = core::url_key(playback.original.empty() ? url : playback.original);
  front_ = key_.substr(0, std::min(key_.find(")/"), key_.size()));
}

bool PageAddress::is_inside(std::string_view href) const {
  href = trim(href);
  // "#/terms" and "#!terms" are other pages of a scripted site.
  if (href.starts_with('#')) return !href.starts_with("#/") && !href.starts_with("#!");
  const std::size_t fragment = href.find('#');
  if (fragment == std::string_view::npos || fragment + 1 == href.size() || key_.empty()) return false;
  const std::string target = links_.resolve(href);
  return core::url_key(target.substr(0, target.find('#'))) == key_;
}

bool PageAddress::is_front(std::string_view href) const {
  href = trim(href);
  if (href.empty() || href.starts_with('#')) return false;
  if (key_.empty()) return href == "/" || href == "./" || is_front_path(href);
  const std::string target = links_.resolve(href);
  if (target.starts_with("mailto:")) return false;
  const std::string key = core::url_key(target.substr(0, target.find('#')));
  const std::size_t host = key.find(")/");
  if (host == std::string::npos || key.compare(0, host, front_) != 0) return false;
  return is_front_path(std::string_view(key).substr(host + 2));
}

}  // namespace waydiff::extract
