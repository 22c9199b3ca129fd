#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crawler/cdx.hpp"
#include "crawler/common_crawl.hpp"
#include "crawler/pywb_index.hpp"
#include "crawler/timemap.hpp"

/// Any answer, in any dialect: rows, or an error; never a listing out of something that is none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waydiff::crawler;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const ListQuery query{"http://e.com/", "", ""};
  const auto rows = parse_page(body, query);
  if (rows && rows->captures.size() > rows->rows) std::abort();
  const auto lines = parse_pywb_rows(body, query);
  if (lines && lines->captures.size() > lines->rows) std::abort();
  const auto map = parse_timemap(body, query);
  if (map && map->page.captures.size() > map->page.rows) std::abort();
  const auto crawls = parse_crawls(body, "https://index.commoncrawl.org/collinfo.json");
  if (crawls && crawls->empty()) std::abort();
  return 0;
}
