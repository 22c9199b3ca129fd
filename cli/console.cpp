#include "cli/console.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "core/timestamp.hpp"

namespace waydiff::cli {

Console::Console(bool quiet, bool verbose) : quiet_(quiet), verbose_(verbose), live_(!quiet && isatty(STDERR_FILENO)) {}

Console::~Console() { clear_progress(); }

void Console::clear_progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

void Console::warning(const std::string& text) {
  clear_progress();
  std::fprintf(stderr, "waydiff: %s\n", printable(text).c_str());
}

void Console::detail(const std::string& text) {
  if (verbose_) warning(text);
}

void Console::say(const std::string& text) {
  if (quiet_) return;
  clear_progress();
  std::fprintf(stderr, "%s\n", printable(text).c_str());
}

void Console::progress(const std::string& stage, std::size_t done, std::size_t total) {
  const auto now = std::chrono::steady_clock::now();
  if (!live_ || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  shown_ = true;
  if (total > 0) {
    std::fprintf(stderr, "\r\033[K%s: %zu of %zu", stage.c_str(), done, total);
  } else {
    std::fprintf(stderr, "\r\033[K%s: %zu", stage.c_str(), done);
  }
  std::fflush(stderr);
}

Exit Console::fail(const core::Error& error) {
  warning(error.detail);
  return exit_for(error.code);
}

bool colour_wanted() { return isatty(STDOUT_FILENO) && std::getenv("NO_COLOR") == nullptr; }

core::Result<void> print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    return core::fail(core::Errc::io, "standard output: it cannot be written");
  }
  return {};
}

std::string shown_time(std::chrono::sys_seconds time) {
  const std::string iso = core::Timestamp(time).iso();
  return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F ? '?' : c;
  }
  return out;
}

}  // namespace waydiff::cli
