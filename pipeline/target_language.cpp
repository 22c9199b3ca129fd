#include "pipeline/target_language.hpp"

#include <map>

namespace waydiff::pipeline {
namespace {

std::string_view primary(std::string_view language) {
  return language.substr(0, language.find('-'));
}

/// The language that more than half are in; empty if there is none.
std::string_view prevailing(std::span<const std::string> languages) {
  std::map<std::string_view, std::size_t> counts;
  std::size_t known = 0;
  for (const std::string& language : languages) {
    if (language.empty()) continue;
    ++known;
    ++counts[primary(language)];
  }
  for (const auto& [language, count] : counts) {
    if (2 * count > known) return language;
  }
  return {};
}

}  // namespace

std::vector<std::size_t> language_strays(std::span<const std::string> languages, std::string_view wanted) {
  const std::string_view language = wanted.empty() ? prevailing(languages) : primary(wanted);
  if (language.empty()) return {};
  std::size_t begin = 0, end = languages.size();
  if (wanted.empty()) {
    while (begin < end && primary(languages[begin]) != language) ++begin;
    while (end > begin && primary(languages[end - 1]) != language) --end;
  }
  std::vector<std::size_t> out;
  for (std::size_t at = begin; at < end; ++at) {
    if (!languages[at].empty() && primary(languages[at]) != language) out.push_back(at);
  }
  return out;
}

}  // namespace waydiff::pipeline
