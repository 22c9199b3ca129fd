#include "config/every.hpp"

#include <array>
#include <charconv>

namespace waydiff::config {
namespace {

struct Name {
  std::string_view singular;
  Every::Unit unit;
};
constexpr std::array<Name, 4> units = {{{"day", Every::Unit::days},
                                        {"week", Every::Unit::weeks},
                                        {"month", Every::Unit::months},
                                        {"year", Every::Unit::years}}};

}  // namespace

core::Result<Every> Every::parse(std::string_view text) {
  const auto bad = [&] {
    return core::fail(core::Errc::bad_config,
                      "\"" + std::string(text) +
                          "\" is no period: wanted \"all\", \"changes\", or a number of days, weeks, months "
                          "or years such as \"6 months\"");
  };
  if (text == "all") return Every{Unit::all, 0};
  if (text == "changes") return Every{Unit::changes, 0};
  int count = 1;
  const char* const begin = text.data();
  const auto [end, error] = std::from_chars(begin, begin + text.size(), count);
  std::string_view unit = text;
  if (error == std::errc()) unit.remove_prefix(static_cast<std::size_t>(end - begin));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  if (count < 1 || count > 10000) return bad();
  for (const Name& name : units) {
    if (unit == name.singular || (unit.ends_with('s') && unit.substr(0, unit.size() - 1) == name.singular)) {
      return Every{name.unit, count};
    }
  }
  return bad();
}

std::string Every::text() const {
  if (unit == Unit::all) return "all";
  if (unit == Unit::changes) return "changes";
  for (const Name& name : units) {
    if (name.unit == unit) return std::to_string(count) + " " + std::string(name.singular) + (count == 1 ? "" : "s");
  }
  return {};
}

}  // namespace waydiff::config
