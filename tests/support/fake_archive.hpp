#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/faults.hpp"

namespace waydiff::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// How a body goes over the wire.
enum class Wire { identity, gzip, gzip_undeclared, gzip_twice, gzip_only_declared };

/// One capture of the table. What is left empty is computed.
struct FakeCapture {
  std::string timestamp{};  ///< 14 digits, as the index prints them
  std::string original{};
  std::string body{};
  int status = 200;                ///< archived
  std::string mime = "text/html";  ///< in the index; also the Content-Type, unless `headers` has one
  std::string digest{};            ///< of the body
  Headers headers{};               ///< of the archived response; a Location is given as an original address
  Wire wire = Wire::gzip;
  bool revisit = false;     ///< the index prints warc/revisit and no status
  bool unplayable = false;  ///< listed, but playback offers another capture
  bool listed = true;       ///< false: playback gives it out, and no index knows it
  bool chunked = false;
  bool ranges = false;      ///< playback gives parts of the body
  std::string refers_to{};  ///< of a revisit: 14 digits of a capture since which nothing was modified; no body is kept
  bool truncated = false;   ///< the crawler kept only its beginning: WARC-Truncated
};

/// One crawl of a Common Crawl: it holds what was captured between two days (8 digits), both included.
struct FakeCrawl {
  std::string id, from, to;
};

/// What the archive does as only some do.
struct FakeDialects {
  std::size_t scan_cap = 0;      ///< the classic index looks at no more lines, and does not say so; 0: at all
  bool prefix_filters = false;   ///< its filters hold when a value begins like them
  bool ignore_limit = false;     ///< pywb gives everything at once
  bool cdxj = false;             ///< pywb prints CDXJ lines whatever is asked for
  std::size_t timemap_page = 0;  ///< mementos in one TimeMap; 0: all
  std::vector<FakeCrawl> crawls{};
};

/// What happens to one request instead of the right answer.
struct Fail {
  enum class Kind {
    none,            ///< the right answer: a place holder in a script
    answer,          ///< this status, these headers, this body
    cut_body,        ///< the right answer, half of it, then an orderly end
    reset_mid_body,  ///< the right answer, half of it, then a reset
    close,           ///< the connection is closed without an answer
    stall,           ///< no answer until the archive ends
    cut_rows,        ///< the right answer, well framed, but without its second half
  };
  Kind kind = Kind::none;
  int status = 0;
  Headers headers;
  std::string body;

  static Fail none() { return {}; }
  static Fail answer(int status, std::string body, Headers headers = {});
  static Fail too_many(std::chrono::seconds retry_after);  ///< 429 with Retry-After
  static Fail too_many();                                  ///< 429 as a page, without it
  static Fail unavailable();                               ///< 503
  static Fail html();                                      ///< 200 with a page of the archive's own
  static Fail cut_body() { return {Kind::cut_body, 0, {}, {}}; }
  static Fail reset_mid_body() { return {Kind::reset_mid_body, 0, {}, {}}; }
  static Fail close() { return {Kind::close, 0, {}, {}}; }
  static Fail stall() { return {Kind::stall, 0, {}, {}}; }
  static Fail cut_rows() { return {Kind::cut_rows, 0, {}, {}}; }
};

/// The four ways in which archives say that an address is excluded.
enum class Exclusion { page_200, page_403, header_403, java_403 };

enum class KeyStyle {
  readable,   ///< urlkey and timestamp, incremented; skips the rest of the last row's second; printed after a full page
  repeating,  ///< opaque; the page that it leads to begins with the last row once more
  opaque,     ///< with "+", "/" and "="; printed only while more rows remain
};

/// A request as it arrived.
struct SeenRequest {
  std::chrono::steady_clock::time_point at;
  std::string target;                             ///< "/web/2018...id_/http://..."
  Headers headers;                                ///< names in lower case
  std::size_t connection;                         ///< 1, 2, 3 … in order of acceptance
  Fault fault{};                                  ///< what the plan of misbehave() made of it
  bool answered = false;                          ///< the right answer, or one as good, was sent to its last byte
  std::chrono::steady_clock::time_point until{};  ///< when the last byte of any answer was sent

  [[nodiscard]] bool is_index() const;
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// A web archive on 127.0.0.1, in a thread of its own: CDX index with JSON rows and resume keys, raw playback with
/// Memento headers, nearest-capture redirects, exclusions, scripted failures. Follows the manners of the Wayback
/// Machine, also in refusing requests without a User-Agent. All functions may be called at any time.
class FakeArchive {
 public:
  FakeArchive();
  ~FakeArchive();
  FakeArchive(const FakeArchive&) = delete;
  FakeArchive& operator=(const FakeArchive&) = delete;

  void add(FakeCapture capture);

  /// No index lists the captures of this second any more; they can be played all the same.
  void unlist(const std::string& timestamp);

  /// What happens to the next requests whose target contains `where`, one entry each, in order. A path ("/cdx/",
  /// "/web/", "/web/20180102030405id_/") or an address, which matches its index queries and its playback.
  void script(std::string where, std::vector<Fail> fails);

  void exclude(std::string_view url, Exclusion how);
  void key_style(KeyStyle style);
  void dialects(FakeDialects manners);

  /// From now on requests meet the faults of a plan, on top of those that are scripted; none: no more of them.
  void misbehave(std::optional<FaultPlan> plan);
  /// Pages of the index have so many rows at most, whatever is asked for; 0: as asked for.
  void page_rows(int most);

  /// Connections are refused, and those that are open reset, until accept_connections().
  void refuse_connections();
  void accept_connections();

  [[nodiscard]] std::string base_url() const;  ///< "http://127.0.0.1:PORT"
  [[nodiscard]] std::string index() const { return base_url() + "/cdx/search/cdx"; }
  [[nodiscard]] std::string playback() const { return base_url() + "/web"; }

  [[nodiscard]] std::vector<SeenRequest> requests() const;
  [[nodiscard]] std::size_t connections() const;  ///< accepted so far
  void forget_requests();

 private:
  struct Server;
  std::unique_ptr<Server> server_;
};

}  // namespace waydiff::test
