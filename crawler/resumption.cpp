#include "crawler/resumption.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace waydiff::crawler {
namespace {

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

bool is_plain(const Response& response) {
  const std::string coding = response.header("content-encoding");
  return coding.empty() || coding == "identity";
}

bool can_resume(const Response& cut) {
  const auto length = number(cut.header("content-length"));
  return cut.status == 200 && cut.has("memento-datetime") && is_plain(cut) && !cut.body.empty() && length &&
         cut.body.size() < *length && cut.header("accept-ranges") == "bytes";
}

}  // namespace

void Resumption::keep(Response cut) {
  if (cut.status == 0) return;  // the connection failed before anything came
  if (held() != 0 && continues(cut)) {
    held_.body += cut.body;
  } else if (can_resume(cut)) {
    held_ = std::move(cut);
  }
}

std::string Resumption::range() const {
  return held() == 0 ? std::string() : std::to_string(held()) + "-";
}

bool Resumption::continues(const Response& rest) const {
  const std::string begin = "bytes " + range() +
                            std::to_string(number(held_.header("content-length")).value_or(1) - 1) + "/" +
                            held_.header("content-length");
  return rest.status == 206 && is_plain(rest) && rest.header("content-range") == begin &&
         rest.header("memento-datetime") == held_.header("memento-datetime") &&
         rest.header("etag") == held_.header("etag");
}

bool Resumption::complete(Response& answer) {
  if (answer.status != 206) {
    if (answer.status == 200) held_ = {};
    return true;
  }
  if (held() == 0 || !continues(answer)) {
    held_ = {};
    return false;
  }
  held_.body += answer.body;
  answer = std::exchange(held_, {});
  return true;
}

}  // namespace waydiff::crawler
