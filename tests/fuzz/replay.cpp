// Stands in for libFuzzer: gives every file of the folders named to the target.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
  std::size_t files = 0;
  for (int at = 1; at < argc; ++at) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[at])) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      std::printf("%s\n", entry.path().c_str());
      // Cut at every eighth of its length, too: a truncated input is the commonest bad one.
      for (std::size_t part = 1; part <= 8; ++part) {
        const std::string piece = bytes.substr(0, bytes.size() * part / 8);
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(piece.data()), piece.size());
      }
      ++files;
    }
  }
  return files > 0 ? 0 : 1;
}
