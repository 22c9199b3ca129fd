#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace waydiff::cli {

/// One option or argument as it is being described. All return it, for the next trait.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option& required();
  Option& shows_default();                                 ///< in --help: what it holds now
  Option& named(const std::string& type);                  ///< in --help: "FILE", "N"
  Option& one_of(const std::vector<std::string>& values);  ///< each value must be
  Option& between(int least, int most);                    ///< each value must be; both included
  Option& excludes(const std::string& other);              ///< not together with this one
  Option& joined_by(char sign);                            ///< given again, the texts become one
  Option& parted_by(char sign);                            ///< one text may hold several values

 private:
  CLI::Option* option_;
};

/// What a subcommand takes: values are written to when the command line is read, so they outlive that. The parser
/// itself (CLI11) stays in one file: its header makes constants for each that reads it, which every start would pay.
class Subcommand {
 public:
  explicit Subcommand(CLI::App* app) : app_(app) {}

  /// `names`: "TARGET" for an argument, "--from" or "--since,--from" for an option. Value is std::string, a vector of
  /// it, int, std::size_t or an optional of these two.
  template <class Value>
  Option add_option(const std::string& names, Value& value, const std::string& help);
  /// `take` gets the text and says what is wrong with it, nothing if it is fine.
  Option add_checked(const std::string& names, std::function<std::string(const std::string&)> take,
                     const std::string& help);
  void add_flag(const std::string& names, bool& value, const std::string& help);

 private:
  CLI::App* app_;
};

/// A subcommand as --help lists it; `describe` puts on it what it takes.
struct SubcommandRow {
  const char* name;
  const char* help;
  std::function<void(Subcommand&)> describe;
};

struct Program {
  const char* name;
  const char* about;
  const char* footer;   ///< of --help
  const char* version;  ///< what --version prints
};

/// Reads the command line. Nothing when a subcommand was chosen and its values are set, with its name in `chosen`;
/// else help, the version or what is wrong has been printed, and the process ends with this status.
[[nodiscard]] std::optional<int> read_command_line(const Program& program, const std::vector<SubcommandRow>& rows,
                                                   int argc, char** argv, std::string& chosen);

}  // namespace waydiff::cli
