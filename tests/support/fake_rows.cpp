#include "support/fake_rows.hpp"

#include <algorithm>
#include <boost/regex.hpp>
#include <cctype>

#include "core/digest.hpp"
#include "core/url.hpp"
#include "support/fake_answers.hpp"

namespace waydiff::test {
namespace {

std::string value_of(const FakeCapture& capture, const std::string& field) {
  if (field == "urlkey") return core::url_key(capture.original);
  if (field == "timestamp") return capture.timestamp;
  if (field == "original" || field == "url") return capture.original;
  if (field == "mimetype" || field == "mime") return capture.revisit ? "warc/revisit" : capture.mime;
  if (field == "statuscode" || field == "status") return capture.revisit ? "-" : std::to_string(capture.status);
  if (field == "digest") return digest_of(capture);
  return "";
}

bool passes(const FakeCapture& capture, std::string filter, FilterManner manner) {
  const bool negated = filter.starts_with('!');
  if (negated) filter.erase(0, 1);
  char kind = 0;
  if (manner == FilterManner::pywb && (filter.starts_with('=') || filter.starts_with('~'))) {
    kind = filter[0];
    filter.erase(0, 1);
  }
  const std::size_t colon = filter.find(':');
  const std::string value = value_of(capture, filter.substr(0, colon));
  const std::string wanted = filter.substr(colon + 1);
  bool match = false;
  if (manner == FilterManner::whole) match = boost::regex_match(value, boost::regex(wanted));
  if (manner == FilterManner::begins || kind == '~') {
    match = boost::regex_search(value, boost::regex(wanted), boost::match_continuous);
  }
  if (manner == FilterManner::pywb && kind == 0) match = value.find(wanted) != std::string::npos;
  if (kind == '=') match = value == wanted;
  return match != negated;
}

/// Field guide section 3.3, written apart from the program's own.
bool in_scope(const std::string& key, const std::string& url, const std::string& match) {
  const std::string wanted = core::url_key(url);
  const std::string host = wanted.substr(0, wanted.find(')'));
  if (match == "host") return key.starts_with(host + ")/");
  if (match == "domain") return key.starts_with(host + ")/") || key.starts_with(host + ",");
  if (match == "prefix") return key.starts_with(wanted + (url.ends_with('/') && !wanted.ends_with('/') ? "/" : ""));
  return key == wanted;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i + 1])) != 0 &&
        std::isxdigit(static_cast<unsigned char>(text[i + 2])) != 0) {
      result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

Parameters parameters_of(std::string_view target) {
  Parameters parameters;
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return parameters;
  target.remove_prefix(question + 1);
  while (!target.empty()) {
    const std::size_t end = std::min(target.find('&'), target.size());
    const std::string_view pair = target.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    parameters.emplace(pair.substr(0, equals), percent_decoded(pair.substr(std::min(equals + 1, pair.size()))));
    target.remove_prefix(std::min(end + 1, target.size()));
  }
  return parameters;
}

std::string first(const Parameters& parameters, const std::string& name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

std::string digest_of(const FakeCapture& capture) {
  return capture.digest.empty() ? core::sha1_base32(capture.body) : capture.digest;
}

std::vector<const FakeCapture*> select_rows(const FakeTable& table, const Parameters& parameters, FilterManner manner,
                                            std::size_t scan_cap) {
  const std::string url = first(parameters, "url");
  const std::string match = first(parameters, "matchType");
  const std::string from = first(parameters, "from");
  const std::string to = first(parameters, "to");
  std::vector<const FakeCapture*> rows;
  for (const FakeCapture& capture : table.captures) {
    if (!capture.listed || !in_scope(core::url_key(capture.original), url, match)) continue;
    if (capture.timestamp < from) continue;
    if (!to.empty() && capture.timestamp.substr(0, to.size()) > to) continue;
    rows.push_back(&capture);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const FakeCapture* a, const FakeCapture* b) {
    const std::string x = core::url_key(a->original), y = core::url_key(b->original);
    return x != y ? x < y : a->timestamp < b->timestamp;
  });
  if (scan_cap != 0 && rows.size() > scan_cap) rows.resize(scan_cap);
  const auto [begin, end] = parameters.equal_range("filter");
  std::for_each(begin, end, [&](const auto& filter) {
    std::erase_if(rows, [&](const FakeCapture* row) { return !passes(*row, filter.second, manner); });
  });
  return rows;
}

}  // namespace waydiff::test
