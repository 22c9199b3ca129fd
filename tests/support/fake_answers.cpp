#include "support/fake_answers.hpp"

#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "core/digest.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "support/fake_dialects.hpp"
#include "support/fake_rows.hpp"

namespace waydiff::test {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string row_of(const FakeCapture& capture) {
  const std::string status = capture.revisit ? "-" : std::to_string(capture.status);
  return "[" + quoted(core::url_key(capture.original)) + "," + quoted(capture.timestamp) + "," +
         quoted(capture.original) + "," + quoted(capture.revisit ? "warc/revisit" : capture.mime) + "," +
         quoted(status) + "," + quoted(digest_of(capture)) + "," + quoted(std::to_string(capture.body.size() + 400)) +
         "]";
}

FakeAnswer page(int status, std::string body, Headers headers = {}) {
  headers.emplace_back("Content-Type", "text/html; charset=utf-8");
  return {status, std::move(headers), std::move(body), false};
}

FakeAnswer exclusion_answer(Exclusion how, bool index) {
  const std::string reason = "AdministrativeAccessControlException: Blocked Site Error";
  const std::string java = "org.archive.util.io.RuntimeIOException: org.archive.wayback.exception." + reason + "\n";
  const std::string html =
      "<html><body><div id=\"error\"><h2>Sorry.</h2><p>This URL has been excluded from the Wayback Machine.</p>"
      "</div></body></html>";
  if (how == Exclusion::header_403) return page(403, "", {{"x-archive-wayback-runtime-error", reason}});
  if (how == Exclusion::java_403 || index)
    return page(403, java, {{"X-Archive-Wayback-Runtime-Error", java.substr(0, java.size() - 1)}});
  return page(how == Exclusion::page_200 ? 200 : 403, html);
}

/// The captures of a urlkey, in the order of the index.
std::vector<const FakeCapture*> captures_of(const FakeTable& table, const std::string& urlkey) {
  std::vector<const FakeCapture*> found;
  for (const auto& capture : table.captures) {
    if (core::url_key(capture.original) == urlkey) found.push_back(&capture);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto* a, const auto* b) { return a->timestamp < b->timestamp; });
  return found;
}

FakeAnswer index_answer(const FakeTable& table, std::string_view target) {
  const Parameters asked = parameters_of(target);
  const auto parameter = [&](const char* name) { return first(asked, name); };
  if (parameter("url").empty()) return {400, {{"Content-Type", "text/plain"}}, "url parameter is required\n", false};
  const std::string urlkey = core::url_key(parameter("url"));
  if (const auto how = table.excluded.find(urlkey); how != table.excluded.end()) {
    return exclusion_answer(how->second, true);
  }
  const auto manner = table.dialects.prefix_filters ? FilterManner::begins : FilterManner::whole;
  const std::size_t cap = parameter("filter").empty() ? 0 : table.dialects.scan_cap;
  auto rows = select_rows(table, asked, manner, cap);
  const auto skipped = static_cast<std::size_t>(std::atol(parameter("offset").c_str()));
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(skipped, rows.size())));

  std::size_t begin = 0;
  if (const std::string key = parameter("resumeKey"); !key.empty()) {
    if (table.key_style == KeyStyle::readable) {
      const std::string start = percent_decoded(key);
      const auto before = [&](const FakeCapture* row) {
        return core::url_key(row->original) + " " + row->timestamp < start;
      };
      begin = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), before));
    } else {
      begin = static_cast<std::size_t>(std::atol(key.substr(std::min<std::size_t>(key.size(), 4)).c_str()));
    }
  }
  long limit = parameter("limit").empty() ? 0 : std::atol(parameter("limit").c_str());
  if (table.page_rows > 0 && (limit <= 0 || limit > table.page_rows)) limit = table.page_rows;
  const std::size_t most = limit > 0 ? static_cast<std::size_t>(limit) : rows.size();
  const std::size_t end = std::min(rows.size(), begin + most);

  std::string body = "[";
  for (std::size_t i = begin; i < end; ++i) {
    if (i == begin) body += R"(["urlkey","timestamp","original","mimetype","statuscode","digest","length"])";
    body += ",\n" + row_of(*rows[i]);
  }
  const bool full = end > begin && end - begin == most && limit > 0;
  if (parameter("showResumeKey") == "true" && full) {
    std::string key;
    if (table.key_style == KeyStyle::readable) {
      key = core::url_key(rows[end - 1]->original) + " " + rows[end - 1]->timestamp;
      key.back() = static_cast<char>(key.back() + 1);
      key = core::percent_encode(key);
    } else if (end < rows.size()) {
      key = "+/=k" + std::to_string(table.key_style == KeyStyle::repeating ? end - 1 : end);
    }
    if (!key.empty()) body += ",\n[],\n[" + quoted(key) + "]";
  }
  return {200, {{"Content-Type", "application/json"}}, body + "]\n", false};
}

std::string playback_path(const FakeCapture& capture) {
  return "/web/" + capture.timestamp + "id_/" + core::playback_target(capture.original);
}

FakeAnswer playback_answer(const FakeTable& table, std::string_view target) {
  const auto address = core::parse_playback_url(target);
  if (address.timestamp.empty()) return page(404, "<html><body>no such page</body></html>");
  const std::string urlkey = core::url_key(address.original);
  if (const auto how = table.excluded.find(urlkey); how != table.excluded.end()) {
    return exclusion_answer(how->second, false);
  }
  const FakeCapture* exact = nullptr;
  const FakeCapture* nearest = nullptr;
  const auto distance = [&](const FakeCapture& capture) {
    return std::abs(std::atoll(capture.timestamp.c_str()) - std::atoll(address.timestamp.c_str()));
  };
  for (const FakeCapture* capture : captures_of(table, urlkey)) {
    if (capture->unplayable) continue;
    const bool same_time = capture->timestamp == address.timestamp;
    if (same_time && (exact == nullptr || core::playback_target(capture->original) == address.original))
      exact = capture;
    if (nearest == nullptr || distance(*capture) < distance(*nearest)) nearest = capture;
  }
  if (exact != nullptr) return memento(*exact);
  if (nearest == nullptr) {
    return page(404,
                "<html><body><div id=\"error\"><h2>Hrm.</h2><p>The Wayback Machine has not archived that URL.</p>"
                "</div></body></html>");
  }
  FakeAnswer answer;
  answer.status = 302;
  answer.headers = {{"Content-Type", "text/plain; charset=utf-8"},
                    {"Location", playback_path(*nearest)},
                    {"X-Archive-Redirect-Reason", "found capture at " + nearest->timestamp}};
  return answer;
}

}  // namespace

std::string gzipped(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string result(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  deflate(&stream, Z_FINISH);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

FakeAnswer memento(const FakeCapture& capture) {
  FakeAnswer answer;
  answer.status = capture.status;
  answer.chunked = capture.chunked;
  bool has_type = false;
  for (const auto& [name, value] : capture.headers) {
    if (name == "Location") {
      answer.headers.emplace_back(name, "/web/" + capture.timestamp + "id_/" + value);
    } else {
      answer.headers.emplace_back(name, value);
    }
    has_type = has_type || name == "Content-Type";
  }
  if (!has_type) answer.headers.emplace_back("Content-Type", capture.mime);
  const auto time = core::Timestamp::parse(capture.timestamp);
  answer.headers.emplace_back("memento-datetime", time ? time->http_date() : "");
  answer.headers.emplace_back("link", "<" + capture.original + ">; rel=\"original\"");
  if (capture.ranges) answer.headers.emplace_back("Accept-Ranges", "bytes");
  answer.headers.emplace_back("x-archive-src", "fake/fake.warc.gz");
  switch (capture.wire) {
    case Wire::identity:
      answer.body = capture.body;
      break;
    case Wire::gzip:
      answer.body = gzipped(capture.body);
      break;
    case Wire::gzip_undeclared:
      answer.body = gzipped(capture.body);
      break;
    case Wire::gzip_twice:
      answer.body = gzipped(gzipped(capture.body));
      break;
    case Wire::gzip_only_declared:
      answer.body = capture.body;
      break;
  }
  if (capture.wire == Wire::gzip_twice) answer.headers.emplace_back("content-encoding", "");
  if (capture.wire != Wire::identity && capture.wire != Wire::gzip_undeclared) {
    answer.headers.emplace_back("Content-Encoding", "gzip");
  }
  return answer;
}

FakeAnswer answer_to(const FakeTable& table, std::string_view target) {
  if (target.starts_with("/cdx/search/cdx")) return index_answer(table, target);
  if (target.starts_with("/web/")) return playback_answer(table, target);
  if (auto other = dialect_answer(table, target)) return std::move(*other);
  return page(404, "<html><body>no such page</body></html>");
}

std::string wire_form(const FakeAnswer& answer, std::size_t& body_at) {
  std::string wire = "HTTP/1.1 " + std::to_string(answer.status) + " X\r\nServer: fake\r\n";
  for (const auto& [name, value] : answer.headers) wire += name + ": " + value + "\r\n";
  if (answer.chunked) {
    wire += "Transfer-Encoding: chunked\r\n\r\n";
    body_at = wire.size();
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", answer.body.size());
    if (!answer.body.empty()) wire += size + answer.body + "\r\n";
    return wire + "0\r\n\r\n";
  }
  wire += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n";
  body_at = wire.size();
  return wire + answer.body;
}

}  // namespace waydiff::test
