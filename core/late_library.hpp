#pragma once

#include <string>

namespace waydiff::core {

/// A shared library that is loaded when the first of its users needs it (docs/decisions/0009), and never given back.
class LateLibrary {
 public:
  /// Loads it. Throws std::runtime_error when it is not installed: `without`, "archives cannot be asked without", the
  /// name and the loader's reason.
  LateLibrary(const char* name, const char* without);

  /// Looks a function up. Throws like the constructor when there is none of that name.
  template <class Function>
  void find(const char* name, Function& function) const {
    function = reinterpret_cast<Function>(address(name));
  }

 private:
  [[nodiscard]] void* address(const char* name) const;

  std::string complaint_;
  void* handle_ = nullptr;
};

}  // namespace waydiff::core
