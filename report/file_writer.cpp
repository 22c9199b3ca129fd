#include "report/file_writer.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

namespace waydiff::report {
namespace {

bool holds(const std::filesystem::path& file, std::string_view bytes) {
  std::error_code ignored;
  if (std::filesystem::file_size(file, ignored) != bytes.size() || ignored) return false;
  std::ifstream in(file, std::ios::binary);
  const std::string now((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return in && now == bytes;
}

tl::unexpected<core::Error> cannot_write(const std::filesystem::path& file, const std::string& why) {
  return core::fail(core::Errc::io, "cannot write report file " + file.string() + ": " + why);
}

}  // namespace

core::Result<bool> write_if_changed(const std::filesystem::path& file, std::string_view bytes) {
  if (holds(file, bytes)) return false;
  std::filesystem::path temporary = file;
  temporary += ".tmp";
  errno = 0;
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code error;
  if (!out) {
    const std::string why = errno == 0 ? "write failed" : std::strerror(errno);
    std::filesystem::remove(temporary, error);
    return cannot_write(temporary, why);
  }
  std::filesystem::rename(temporary, file, error);
  if (error) {
    const std::string why = error.message();
    std::filesystem::remove(temporary, error);
    return cannot_write(file, why);
  }
  return true;
}

}  // namespace waydiff::report
