#include "core/late_library.hpp"

#include <dlfcn.h>

#include <stdexcept>

namespace waydiff::core {
namespace {

void* or_throw(void* found, const std::string& complaint) {
  if (found != nullptr) return found;
  const char* const why = ::dlerror();
  throw std::runtime_error(complaint + (why == nullptr ? "" : std::string(": ") + why));
}

}  // namespace

LateLibrary::LateLibrary(const char* name, const char* without)
    : complaint_(std::string(without) + " " + name),
      handle_(or_throw(::dlopen(name, RTLD_LAZY | RTLD_LOCAL), complaint_)) {}

void* LateLibrary::address(const char* name) const {
  return or_throw(::dlsym(handle_, name), complaint_);
}

}  // namespace waydiff::core
