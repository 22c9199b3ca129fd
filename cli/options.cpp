#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <utility>

#include "cli/exit_status.hpp"

namespace waydiff::cli {

Option& Option::required() {
  option_->required();
  return *this;
}
Option& Option::shows_default() {
  option_->capture_default_str();
  return *this;
}
Option& Option::named(const std::string& type) {
  option_->type_name(type);
  return *this;
}
Option& Option::one_of(const std::vector<std::string>& values) {
  option_->check(CLI::IsMember(values));
  return *this;
}
Option& Option::between(int least, int most) {
  option_->check(CLI::Range(least, most, "INT in [" + std::to_string(least) + " - " + std::to_string(most) + "]"));
  return *this;
}
Option& Option::excludes(const std::string& other) {
  option_->excludes(other);
  return *this;
}
Option& Option::joined_by(char sign) {
  option_->join(sign);
  return *this;
}
Option& Option::parted_by(char sign) {
  option_->delimiter(sign);
  return *this;
}

template <class Value>
Option Subcommand::add_option(const std::string& names, Value& value, const std::string& help) {
  return Option(app_->add_option(names, value, help));
}
template Option Subcommand::add_option(const std::string&, std::string&, const std::string&);
template Option Subcommand::add_option(const std::string&, std::vector<std::string>&, const std::string&);
template Option Subcommand::add_option(const std::string&, int&, const std::string&);
template Option Subcommand::add_option(const std::string&, std::size_t&, const std::string&);
template Option Subcommand::add_option(const std::string&, std::optional<std::size_t>&, const std::string&);
template Option Subcommand::add_option(const std::string&, std::optional<int>&, const std::string&);

Option Subcommand::add_checked(const std::string& names, std::function<std::string(const std::string&)> take,
                               const std::string& help) {
  const auto set = [names, take = std::move(take)](const std::string& text) {
    const std::string wrong = take(text);
    if (!wrong.empty()) throw CLI::ValidationError(names, wrong);
  };
  return Option(app_->add_option_function<std::string>(names, set, help));
}

void Subcommand::add_flag(const std::string& names, bool& value, const std::string& help) {
  app_->add_flag(names, value, help);
}

std::optional<int> read_command_line(const Program& program, const std::vector<SubcommandRow>& rows, int argc,
                                     char** argv, std::string& chosen) {
  CLI::App app(program.about, program.name);
  app.set_version_flag("--version", program.version);
  app.require_subcommand(1);
  app.footer(program.footer);
  app.get_formatter()->column_width(30);
  for (const SubcommandRow& row : rows) {
    CLI::App* const sub = app.add_subcommand(row.name, row.help);
    Subcommand subcommand(sub);
    row.describe(subcommand);
    sub->callback([&chosen, name = row.name] { chosen = name; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  return {};
}

}  // namespace waydiff::cli
