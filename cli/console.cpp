#include "cli/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "cli/event_line.hpp"
#include "core/timestamp.hpp"

namespace waydiff::cli {

namespace {

void say_as_json(std::string_view kind, const std::string& text) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const pipeline::Fields fields = {{"text", text}};
  std::fputs(event_line(now, kind, fields).c_str(), stderr);
}

}  // namespace

Console::Console(Talk talk) : talk_(talk), live_(!talk.quiet && !talk.json && isatty(STDERR_FILENO)) {}

Console::~Console() {
  clear_progress();
}

void Console::clear_progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

void Console::warning(const std::string& text) {
  if (talk_.json) return say_as_json("warning", text);
  clear_progress();
  std::fprintf(stderr, "waydiff: %s\n", printable(text).c_str());
}

void Console::detail(const std::string& text) {
  if (!talk_.verbose) return;
  if (talk_.json) return say_as_json("detail", text);
  warning(text);
}

void Console::say(const std::string& text) {
  if (talk_.quiet) return;
  if (talk_.json) return say_as_json("note", text);
  clear_progress();
  std::fprintf(stderr, "%s\n", printable(text).c_str());
}

void Console::progress(const std::string& stage, std::size_t done, std::size_t total) {
  const auto now = std::chrono::steady_clock::now();
  if (!live_ || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  shown_ = true;
  progress_.update(stage, done, total, now);
  std::fprintf(stderr, "\r\033[K%s", progress_.line().c_str());
  std::fflush(stderr);
}

void Console::event(std::string_view name, const pipeline::Fields& fields) {
  if (name == "pace") {
    for (const auto& [key, value] : fields) {
      const auto* rate = std::get_if<double>(&value);
      if (key == "playback_per_minute" && rate != nullptr)
        progress_.permit(*rate > 0 ? std::optional(*rate) : std::nullopt);
    }
  }
  if (!talk_.json) return;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::fputs(event_line(now, name, fields).c_str(), stderr);
}

Exit Console::fail(const core::Error& error) {
  warning(error.detail);
  return exit_for(error.code);
}

bool colour_wanted() {
  return isatty(STDOUT_FILENO) && std::getenv("NO_COLOR") == nullptr;
}

std::size_t terminal_width() {
  winsize size{};
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

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
