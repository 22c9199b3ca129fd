#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "core/error.hpp"

namespace waydiff::config {

/// One TOML table being read: each getter takes a key's value, if it is there, checks its type and range, and notes
/// that the key is known. The first problem is kept; unknown keys are one. Used only inside config/.
class Table {
 public:
  Table(const toml::table& table, std::string file, std::string where);

  void text(std::string_view key, std::string& value);
  void number(std::string_view key, int& value, int least, int most);
  void texts(std::string_view key, std::vector<std::string>& values);
  /// The sub-table or array of tables under a key, marked as known; nullptr when absent.
  [[nodiscard]] const toml::node* node(std::string_view key);

  /// Records a problem at a key's place: "FILE:LINE: WHERE.KEY: MESSAGE".
  void problem(std::string_view key, const std::string& message);

  /// The first problem, unknown keys included, in the order of the file.
  [[nodiscard]] std::optional<core::Error> finish();

 private:
  void problem_at(unsigned line, std::string_view key, const std::string& message);

  const toml::table& table_;
  std::string file_;
  std::string where_;
  std::set<std::string, std::less<>> known_;
  std::optional<core::Error> problem_;
};

}  // namespace waydiff::config
