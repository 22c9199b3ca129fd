#include "support/fake_dialects.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "support/fake_answers.hpp"
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

FakeAnswer json(int status, std::string body, const char* type = "text/x-ndjson") {
  return {status, {{"Content-Type", type}}, std::move(body), false};
}

/// Where a capture's record stands in its crawl's file.
struct Place {
  std::string file;
  std::size_t offset = 0, length = 0;
};

std::string fields_of(const FakeCapture& capture, const Place& place) {
  std::string row = "\"url\": " + quoted(capture.original) +
                    ", \"mime\": " + quoted(capture.revisit ? "warc/revisit" : capture.mime) +
                    ", \"status\": " + quoted(capture.revisit ? "-" : std::to_string(capture.status)) +
                    ", \"digest\": " + quoted(digest_of(capture));
  if (place.file.empty()) return row + ", \"length\": \"0\"";
  return row + ", \"length\": " + quoted(std::to_string(place.length)) +
         ", \"offset\": " + quoted(std::to_string(place.offset)) + ", \"filename\": " + quoted(place.file);
}

std::string line_of(const FakeTable& table, const FakeCapture& capture, const Place& place) {
  const std::string key = core::url_key(capture.original);
  if (table.dialects.cdxj) return key + " " + capture.timestamp + " {" + fields_of(capture, place) + "}\n";
  return "{\"urlkey\": " + quoted(key) + ", \"timestamp\": " + quoted(capture.timestamp) + ", " +
         fields_of(capture, place) + "}\n";
}

/// The rows of a query as pywb prints them; `place` finds a row's record.
template <class PlaceOf>
FakeAnswer rows_answer(const FakeTable& table, const Parameters& parameters,
                       const std::vector<const FakeCapture*>& rows, PlaceOf place) {
  if (rows.empty()) {
    return json(404, "{\"message\": \"No Captures found for: " + first(parameters, "url") + "\"}", "application/json");
  }
  const long limit = std::atol(first(parameters, "limit").c_str());
  std::string body;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (limit > 0 && i == static_cast<std::size_t>(limit) && !table.dialects.ignore_limit) break;
    body += line_of(table, *rows[i], place(*rows[i]));
  }
  return json(200, body);
}

FakeAnswer pywb_replay(const FakeTable& table, std::string_view target) {
  const auto address = core::parse_playback_url("/web" + std::string(target.substr(5)));
  Parameters query;
  query.emplace("url", address.original);
  const auto distance = [&](const FakeCapture* row) {
    return std::abs(std::atoll(row->timestamp.c_str()) - std::atoll(address.timestamp.c_str()));
  };
  auto rows = select_rows(table, query, FilterManner::pywb);
  std::erase_if(rows, [](const FakeCapture* row) { return row->unplayable; });
  const auto nearest = std::min_element(
      rows.begin(), rows.end(), [&](const FakeCapture* a, const FakeCapture* b) { return distance(a) < distance(b); });
  if (nearest == rows.end()) return {404, {{"Content-Type", "text/html"}}, "<h1>URL Not Found</h1>", false};
  FakeAnswer answer = memento(**nearest);
  answer.headers.emplace_back("Content-Location", table.base + "/pywb/" + (*nearest)->timestamp + "id_/" +
                                                      core::playback_target((*nearest)->original));
  return answer;
}

std::string http_date(const FakeCapture& capture) {
  const auto time = core::Timestamp::parse(capture.timestamp);
  return time ? time->http_date() : "";
}

FakeAnswer timemap_answer(const FakeTable& table, std::string_view target) {
  target.remove_prefix(std::string_view("/timemap/link/").size());
  std::size_t page = 0;
  if (const std::size_t slash = target.find('/'); slash > 0 && target.substr(0, slash).find(':') == target.npos) {
    page = static_cast<std::size_t>(std::atol(std::string(target.substr(0, slash)).c_str()));
    target.remove_prefix(slash + 1);
  }
  const std::string url(target);
  Parameters query;
  query.emplace("url", url);
  const auto rows = select_rows(table, query, FilterManner::whole);
  if (rows.empty()) return {404, {{"Content-Type", "text/plain"}}, "nothing archived\n", false};
  const std::string type = "; type=\"application/link-format\"";
  const std::size_t size = table.dialects.timemap_page == 0 ? rows.size() : table.dialects.timemap_page;
  std::string body =
      "<" + url + ">; rel=\"original\",\n<" + table.base + "/timemap/link/" + url + ">; rel=\"self\"" + type;
  const auto timemap = [&](std::size_t n) {
    const std::size_t last = std::min(n * size, rows.size()) - 1;
    body += ",\n<" + table.base + "/timemap/link/" + std::to_string(n) + "/" + url + ">; rel=\"timemap\"" + type +
            "; from=\"" + http_date(*rows[(n - 1) * size]) + "\"; until=\"" + http_date(*rows[last]) + "\"";
  };
  // The first TimeMap of a long list holds nothing but the addresses of its parts.
  const std::size_t pages = (rows.size() + size - 1) / size;
  if (pages > 1) {
    for (std::size_t n = 1; n <= pages; ++n) timemap(n);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (pages > 1 && (page == 0 || i / size != page - 1)) continue;
    const char* const relation = i == 0 ? "first memento" : i + 1 == rows.size() ? "last memento" : "memento";
    body += ",\n<" + table.base + "/web/" + rows[i]->timestamp + "/" + rows[i]->original + ">; rel=\"" + relation +
            "\"; datetime=\"" + http_date(*rows[i]) + "\"";
  }
  return {200, {{"Content-Type", "application/link-format"}}, body + "\n", false};
}

std::string record_of(const FakeCapture& capture) {
  const bool not_modified = !capture.refers_to.empty();
  const int status = not_modified ? 304 : capture.status;
  std::string head = "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + capture.mime + "\r\n";
  for (const auto& [name, value] : capture.headers) head += name + ": " + value + "\r\n";
  const std::string block = head + "\r\n" + (capture.revisit ? "" : capture.body);
  const auto time = core::Timestamp::parse(capture.timestamp);
  std::string reference;
  if (not_modified) {
    reference =
        "\r\nWARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified\r\nWARC-Refers-To-Date: " +
        core::Timestamp::parse(capture.refers_to).value().iso() + "\r\nWARC-Refers-To-Target-URI: " + capture.original;
  }
  return gzipped("WARC/1.0\r\nWARC-Type: " + std::string(capture.revisit ? "revisit" : "response") +
                 "\r\nWARC-Date: " + (time ? time->iso() : "") + "\r\nWARC-Target-URI: " + capture.original +
                 "\r\nContent-Type: application/http; msgtype=response\r\nWARC-Payload-Digest: sha1:" +
                 digest_of(capture) + reference + (capture.truncated ? "\r\nWARC-Truncated: length" : "") +
                 "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n");
}

/// All records of a crawl, one gzip member each; `wanted`'s place in them.
std::string crawl_file(const FakeTable& table, const FakeCrawl& crawl, const FakeCapture* wanted, Place& place) {
  std::string file;
  for (const FakeCapture& capture : table.captures) {
    if (capture.timestamp < crawl.from || crawl.to + "99" < capture.timestamp) continue;
    const std::string record = record_of(capture);
    if (&capture == wanted) place = {"crawl-data/" + crawl.id + "/all.warc.gz", file.size(), record.size()};
    file += record;
  }
  return file;
}

std::string dashed(const std::string& digits) {
  return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2) + "T00:00:00";
}

std::optional<FakeAnswer> common_crawl_answer(const FakeTable& table, std::string_view target) {
  if (target == "/collinfo.json") {
    std::string list;
    for (const FakeCrawl& crawl : table.dialects.crawls) {
      list += (list.empty() ? "[" : ",\n") + std::string("{\"id\": ") + quoted(crawl.id) + ", \"name\": \"x\", " +
              "\"cdx-api\": " + quoted(table.base + "/" + crawl.id + "-index") +
              ", \"from\": " + quoted(dashed(crawl.from)) + ", \"to\": " + quoted(dashed(crawl.to)) + "}";
    }
    return json(200, list + "]\n", "application/json");
  }
  for (const FakeCrawl& crawl : table.dialects.crawls) {
    if (target.starts_with("/" + crawl.id + "-index?")) {
      const Parameters parameters = parameters_of(target);
      auto rows = select_rows(table, parameters, FilterManner::pywb);
      std::erase_if(rows, [&](const FakeCapture* row) {
        return row->timestamp < crawl.from || crawl.to + "99" < row->timestamp;
      });
      return rows_answer(table, parameters, rows, [&](const FakeCapture& row) {
        Place place;
        crawl_file(table, crawl, &row, place);
        return place;
      });
    }
    if (target == "/crawl-data/" + crawl.id + "/all.warc.gz") {
      Place ignored;
      FakeAnswer answer{200, {{"Accept-Ranges", "bytes"}}, crawl_file(table, crawl, nullptr, ignored), false};
      return answer;
    }
  }
  return {};
}

}  // namespace

std::optional<FakeAnswer> dialect_answer(const FakeTable& table, std::string_view target) {
  if (target.starts_with("/pywb/cdx?")) {
    const Parameters parameters = parameters_of(target);
    if (const auto how = table.excluded.find(core::url_key(first(parameters, "url"))); how != table.excluded.end()) {
      return FakeAnswer{451, {{"Content-Type", "application/json"}}, "{\"message\": \"blocked\"}", false};
    }
    return rows_answer(table, parameters, select_rows(table, parameters, FilterManner::pywb),
                       [](const FakeCapture&) { return Place{}; });
  }
  if (target.starts_with("/pywb/")) return pywb_replay(table, target);
  if (target.starts_with("/timemap/link/")) return timemap_answer(table, target);
  return common_crawl_answer(table, target);
}

void apply_range(FakeAnswer& answer, const std::string& range) {
  if (!range.starts_with("bytes=") || answer.status != 200) return;
  const bool can = std::any_of(answer.headers.begin(), answer.headers.end(),
                               [](const auto& header) { return header.first == "Accept-Ranges"; });
  const std::size_t dash = range.find('-');
  if (!can || dash == std::string::npos) return;
  const std::size_t size = answer.body.size();
  const auto begin = static_cast<std::size_t>(std::atoll(range.substr(6, dash - 6).c_str()));
  const std::string rest = range.substr(dash + 1);
  const std::size_t end = rest.empty() ? size : std::min(size, static_cast<std::size_t>(std::atoll(rest.c_str())) + 1);
  if (begin >= end) {
    answer = {416, {}, "", false};
    return;
  }
  answer.status = 206;
  answer.headers.emplace_back(
      "Content-Range", "bytes " + std::to_string(begin) + "-" + std::to_string(end - 1) + "/" + std::to_string(size));
  answer.body = answer.body.substr(begin, end - begin);
}

}  // namespace waydiff::test
