#include "crawler/http_response.hpp"

#include "crawler/body_coding.hpp"

namespace waydiff::crawler {

bool Response::has(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return true;
  }
  return false;
}

std::string Response::header(std::string_view name) const {
  std::string joined;
  for (const auto& [key, value] : headers) {
    if (key != name) continue;
    if (!joined.empty()) joined += ", ";
    joined += value;
  }
  return joined;
}

std::string page_text(const Response& response) {
  auto decoded = decode_body(response.body, response.header("content-encoding"), response.header("content-type"));
  return decoded ? std::move(decoded->body) : response.body;
}

std::optional<core::Error> exclusion(const Response& response, std::string_view text) {
  // Error pages are 130 kB at most; a page that merely talks about exclusion would carry these words far down.
  const std::string_view page = text.substr(0, 200000);
  const std::string runtime_error = response.header("x-archive-wayback-runtime-error");
  const auto says = [&](std::string_view words) {
    return page.find(words) != std::string_view::npos || runtime_error.find(words) != std::string::npos;
  };
  if (says("AdministrativeAccessControlException") || says("URL has been excluded")) {
    return core::Error{core::Errc::excluded, "excluded from the archive at its owner's request"};
  }
  if (says("RobotAccessControlException") || says("Blocked By Robots")) {
    return core::Error{core::Errc::excluded, "the archive honours a robots.txt that forbids it"};
  }
  if (response.status == 451) return core::Error{core::Errc::excluded, "not available for legal reasons (451)"};
  return {};
}

}  // namespace waydiff::crawler
