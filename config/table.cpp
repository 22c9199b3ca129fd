#include "config/table.hpp"

#include <sstream>

#include "core/nearest.hpp"

namespace waydiff::config {
namespace {

std::string shown(const toml::node& node) {
  std::ostringstream out;
  node.visit([&](const auto& value) {
    if constexpr (toml::is_table<decltype(value)>) {
      out << "a table";
    } else if constexpr (toml::is_array<decltype(value)>) {
      out << "an array";
    } else {
      out << value;
    }
  });
  return out.str();
}

}  // namespace

Table::Table(const toml::table& table, std::string file, std::string where)
    : table_(table), file_(std::move(file)), where_(std::move(where)) {}

const toml::node* Table::node(std::string_view key) {
  known_.emplace(key);
  return table_.get(key);
}

void Table::text(std::string_view key, std::string& value) {
  const toml::node* const found = node(key);
  if (!found) return;
  if (const auto read = found->value_exact<std::string>()) {
    value = *read;
  } else {
    problem(key, "a text in quotes was expected, not " + shown(*found));
  }
}

void Table::number(std::string_view key, int& value, int least, int most) {
  const toml::node* const found = node(key);
  if (!found) return;
  const auto read = found->value_exact<std::int64_t>();
  if (!read || *read < least || *read > most) {
    problem(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                     " was expected, not " + shown(*found));
    return;
  }
  value = static_cast<int>(*read);
}

void Table::texts(std::string_view key, std::vector<std::string>& values) {
  const toml::node* const found = node(key);
  if (!found) return;
  const toml::array* const array = found->as_array();
  if (!array) {
    problem(key, "an array of texts was expected, not " + shown(*found));
    return;
  }
  values.clear();
  for (const toml::node& element : *array) {
    const auto read = element.value_exact<std::string>();
    if (!read) {
      problem(key, "an array of texts was expected; it holds " + shown(element));
      return;
    }
    values.push_back(*read);
  }
}

void Table::problem(std::string_view key, const std::string& message) {
  const toml::node* const at = table_.get(key);
  problem_at(at ? at->source().begin.line : table_.source().begin.line, key, message);
}

void Table::problem_at(unsigned line, std::string_view key, const std::string& message) {
  if (problem_) return;
  std::string place = file_ + ":" + std::to_string(line) + ": ";
  if (!where_.empty()) place += where_ + ".";
  problem_ = core::Error{core::Errc::bad_config, place + std::string(key) + ": " + message};
}

std::optional<core::Error> Table::finish() {
  for (const auto& [key, value] : table_) {
    if (known_.contains(key.str())) continue;
    const std::vector<std::string> names(known_.begin(), known_.end());
    std::string message = "unknown key; ";
    if (const std::string near = core::nearest(key.str(), names); !near.empty()) {
      message += "did you mean \"" + near + "\"?";
    } else {
      message += "known here:";
      for (const std::string& name : names) message += " " + name;
    }
    problem_at(key.source().begin.line, key.str(), message);
  }
  return problem_;
}

}  // namespace waydiff::config
