#include "cli/event_line.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>

#include "core/timestamp.hpp"
#include "extract/utf8.hpp"

namespace waydiff::cli {

std::string event_line(std::chrono::sys_seconds time, std::string_view name, const pipeline::Fields& fields) {
  boost::json::object line;
  line["time"] = core::Timestamp(time).iso();
  line["event"] = std::string(name);
  for (const auto& [key, value] : fields) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      line[key] = extract::repaired_utf8(*text);  // addresses and messages may hold any bytes
    } else {
      std::visit([&](const auto& plain) { line[key] = boost::json::value_from(plain); }, value);
    }
  }
  return boost::json::serialize(line) + "\n";
}

}  // namespace waydiff::cli
