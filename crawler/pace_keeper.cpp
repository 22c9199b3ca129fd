#include "crawler/pace_keeper.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "core/url.hpp"

namespace waydiff::crawler {

void MemoryPaceKeeper::with(std::string_view host, const std::function<void(PaceState&)>& change) {
  auto found = hosts_.find(host);
  if (found == hosts_.end()) found = hosts_.emplace(host, PaceState{}).first;
  change(found->second);
}

std::string host_of(std::string_view address) {
  const auto url = core::Url::parse(address);
  if (!url) return std::string(address);
  const auto view = boost::urls::parse_uri(url->text());
  if (!view) return url->host();
  const std::string port(view->port());
  const bool usual = port.empty() || port == (url->scheme() == "https" ? "443" : "80");
  return usual ? url->host() : url->host() + ":" + port;
}

}  // namespace waydiff::crawler
