#include "cli/shard.hpp"

#include <charconv>

#include "core/digest.hpp"

namespace waydiff::cli {
namespace {

constexpr std::uint64_t most = 10'000;

bool read(std::string_view digits, std::uint64_t& out) {
  const auto [end, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return trouble == std::errc() && end == digits.data() + digits.size();
}

}  // namespace

core::Result<Shard> Shard::parse(const std::string& text) {
  Shard out;
  const std::size_t slash = text.find('/');
  const std::string_view all = text;
  const bool good = slash != std::string::npos && read(all.substr(0, slash), out.number) &&
                    read(all.substr(slash + 1), out.of) && out.number >= 1 && out.number <= out.of && out.of <= most;
  if (!good) return core::fail(core::Errc::bad_argument, "\"" + text + "\" is not K/N, such as 2/4");
  return out;
}

bool Shard::has(std::string_view site) const {
  const std::string digits = core::sha256_hex(site).substr(0, 15);
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value % of == number - 1;
}

void add_shard(Subcommand& app, Shard& shard) {
  const auto take = [&shard](const std::string& text) {
    const auto read = Shard::parse(text);
    if (!read) return read.error().detail;
    shard = *read;
    return std::string();
  };
  app.add_checked("--shard", take, "Only the targets of the sites that fall to the Kth of N machines").named("K/N");
}

}  // namespace waydiff::cli
