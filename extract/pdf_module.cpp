#include "extract/pdf_module.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace waydiff::extract {
namespace {

struct Module {
  decltype(&waydiff_read_pdf) read = nullptr;
  std::string problem;
};

Module load() {
  static constexpr const char* name = "waydiff_pdf.so";
  std::error_code unknown;
  const std::filesystem::path beside = std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / name;
  Module module;
  // Never given back: the library's caches belong to the process. Where it was built, for tests and benchmarks.
  void* handle = ::dlopen(beside.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (handle == nullptr) handle = ::dlopen(WAYDIFF_PDF_MODULE, RTLD_LAZY | RTLD_LOCAL);
  void* const found = handle == nullptr ? nullptr : ::dlsym(handle, "waydiff_read_pdf");
  if (found == nullptr) {
    const char* const why = ::dlerror();
    module.problem = std::string(name) + " should be beside the program: " + (why == nullptr ? "" : why);
  }
  module.read = reinterpret_cast<decltype(module.read)>(found);
  return module;
}

}  // namespace

core::Result<PdfContent> read_pdf_content(std::string_view body) {
  static const Module module = load();
  if (module.read == nullptr) return core::fail(core::Errc::io, "PDF cannot be read here: " + module.problem);
  PdfContent content;
  module.read(body, content);
  return content;
}

}  // namespace waydiff::extract
