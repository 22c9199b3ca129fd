// Makes a store of a million captures of ten thousand targets, and says how fast and in how much memory, tenth by
// tenth. usage: make_store FILE [CAPTURES] [TARGETS]   (default: 1000000 10000)

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "scale/made_history.hpp"
#include "storage/store.hpp"

namespace {

using namespace waydiff;

void demand(bool good, const char* what, const core::Error& error) {
  if (good) return;
  std::fprintf(stderr, "%s: %s\n", what, error.detail.c_str());
  std::exit(1);
}
template <class T>
T got(core::Result<T> result, const char* what) {
  if (!result) demand(false, what, result.error());
  return std::move(*result);
}

long resident_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::strtol(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

/// As a crawl stores them: the listing, bodies, each capture's outcome, in one transaction.
core::Result<void> ingest(storage::Store& store, storage::Id archive, const bench::MadeHistory& made) {
  storage::Target target;
  target.url = made.url;
  target.urlkey = made.captures.front().urlkey;
  target.site = made.site;
  target.kind = "privacy policy";
  const storage::Id id = got(store.put_target(target), "put_target");
  storage::ListingRow listing;
  listing.target = id;
  listing.archive = archive;
  listing.query = made.url;
  listing.listed_at = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
  listing.complete = true;
  listing.pages = 1;
  listing.rows = made.captures.size();
  (void)got(store.put_listing(listing, made.captures), "put_listing");
  auto rows = got(store.captures(id), "captures");
  storage::Id body = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    storage::CaptureRow& row = rows[i];
    const bool first = i == 0 || made.page_of[i] != made.page_of[i - 1];
    if (first) body = got(store.put_body(made.pages[made.page_of[i]]), "put_body");
    row.body = body;
    row.outcome = first ? storage::Outcome::fetched : storage::Outcome::duplicate;
    row.attempts = first ? 1 : 0;
    row.http_status = 200;
    row.content_type = "text/html; charset=utf-8";
    row.digest_check = "verified";
    if (const auto done = store.update_capture(row); !done) return done;
  }
  return {};
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "usage: make_store FILE [CAPTURES] [TARGETS]\n");
    return 2;
  }
  const std::filesystem::path file = words[1];
  const std::size_t captures = count > 2 ? std::strtoull(words[2], nullptr, 10) : 1'000'000;
  const std::size_t targets = count > 3 ? std::strtoull(words[3], nullptr, 10) : 10'000;
  if (targets < 10 || captures < targets) {
    std::fprintf(stderr, "%s: at least 10 targets, and a capture of each\n", words[0]);
    return 2;
  }
  if (std::filesystem::exists(file)) {
    std::fprintf(stderr, "%s: is there already\n", file.c_str());
    return 2;
  }
  storage::Store store = got(storage::Store::open(file, storage::Mode::write), "open");
  const storage::Id archive = got(store.put_archive({0, "made", "wayback", "", "", {}}), "put_archive");
  const std::size_t each = captures / targets;
  std::array<double, 10> rates{};
  std::printf("%8s %14s %12s %10s\n", "tenth", "captures/s", "memory KB", "store MB");
  for (std::size_t tenth = 0; tenth < rates.size(); ++tenth) {
    std::chrono::duration<double> stored{};
    std::size_t taken = 0;
    for (std::size_t n = targets * tenth / 10; n < targets * (tenth + 1) / 10; ++n) {
      const bench::MadeHistory made = bench::made_history(n, each);
      const auto begun = std::chrono::steady_clock::now();
      const auto done = store.transaction([&] { return ingest(store, archive, made); });
      stored += std::chrono::steady_clock::now() - begun;
      demand(done.has_value(), "ingest", done ? core::Error{} : done.error());
      taken += made.captures.size();
    }
    rates[tenth] = static_cast<double>(taken) / stored.count();
    std::printf("%8zu %14.0f %12ld %10.0f\n", tenth + 1, rates[tenth], resident_kb(),
                static_cast<double>(std::filesystem::file_size(file)) / 1e6);
    std::fflush(stdout);
  }
  std::printf("last tenth beside the first: %.2f\n", rates.back() / rates.front());
  return 0;
}
