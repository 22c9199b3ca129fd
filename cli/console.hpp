#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "cli/exit_status.hpp"
#include "cli/progress.hpp"
#include "core/error.hpp"
#include "pipeline/observer.hpp"

namespace waydiff::cli {

/// How to talk.
struct Talk {
  bool quiet = false;
  bool verbose = false;
  bool json = false;  ///< lines of JSON for machines instead of words for people
};

/// Talk: everything that is not the answer goes to stderr through here. Progress is one line that is written over, on
/// a terminal only.
class Console final : public pipeline::Observer {
 public:
  explicit Console(Talk talk);
  ~Console() override;

  void warning(const std::string& text) override;  ///< "waydiff: TEXT", also when quiet
  void detail(const std::string& text) override;   ///< with --verbose
  void progress(const std::string& stage, std::size_t done, std::size_t total) override;
  void event(std::string_view name, const pipeline::Fields& fields) override;
  void say(const std::string& text);  ///< unless --quiet

  /// Says what went wrong and gives the status to end with.
  [[nodiscard]] Exit fail(const core::Error& error);

 private:
  void clear_progress();

  Talk talk_;
  bool live_;  ///< stderr is a terminal
  Progress progress_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_{};
};

/// True when stdout is a terminal and NO_COLOR is not set.
[[nodiscard]] bool colour_wanted();

/// Columns of the terminal that stdout is; 0 when it is none.
[[nodiscard]] std::size_t terminal_width();

/// Writes the answer to stdout. Fails with io (a closed pipe, a full disk).
[[nodiscard]] core::Result<void> print(std::string_view text);

/// For people: "2026-11-21 14:05 UTC".
[[nodiscard]] std::string shown_time(std::chrono::sys_seconds time);

/// Text from archives made fit for a terminal: control characters but newline and tab become "?".
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace waydiff::cli
