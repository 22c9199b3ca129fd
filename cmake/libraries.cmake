# Every library the project uses, all of them Debian 12 packages (scripts/packages names them).

include(CheckLinkerFlag)
set(Boost_USE_STATIC_LIBS ON)  # as waydiff_archive below
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(CURL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc data)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
if(WAYDIFF_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

# waydiff_archive(TARGET MODULE): the library of a pkg-config module, from the archive that its package holds. Each shared library
# costs every start of the program a quarter of a millisecond (docs/decisions/0009). What reads the network's bytes
# first, TLS and the codings of bodies, stays shared, so that the system's updates reach it.
function(waydiff_archive library module)
  pkg_check_modules(${library}_module REQUIRED IMPORTED_TARGET ${module})
  find_library(${library}_archive lib${library}.a)
  add_library(${library} INTERFACE)
  if(${library}_archive)
    target_link_libraries(${library} INTERFACE ${${library}_archive})
    target_include_directories(${library} SYSTEM INTERFACE ${${library}_module_INCLUDE_DIRS})
  else()
    target_link_libraries(${library} INTERFACE PkgConfig::${library}_module)
  endif()
endfunction()
waydiff_archive(gumbo gumbo)
waydiff_archive(uchardet uchardet)
waydiff_archive(sqlite3 sqlite3)
waydiff_archive(zstd libzstd)
pkg_check_modules(BROTLI REQUIRED libbrotlidec)
pkg_check_modules(POPPLER REQUIRED IMPORTED_TARGET poppler-cpp)

# ICU, written in C++, brings libstdc++ and two more as shared libraries. A target with the property WAYDIFF_ARCHIVES has it
# from its archives, data included (31 MB), and needs none of them; tests and benchmarks take the shared ones.
find_library(icuuc_archive libicuuc.a)
find_library(icudata_archive libicudata.a)
add_library(icu INTERFACE)
target_link_libraries(icu INTERFACE
  "$<IF:$<BOOL:$<TARGET_PROPERTY:WAYDIFF_ARCHIVES>>,${icuuc_archive};${icudata_archive},ICU::uc;ICU::data>")

# waydiff_quick_start(TARGET): what makes the program's start cheap (docs/decisions/0009). Sanitizers want shared libraries.
function(waydiff_quick_start program)
  check_linker_flag(CXX -Wl,-z,pack-relative-relocs waydiff_packs_relocations)
  if(waydiff_packs_relocations)
    target_link_options(${program} PRIVATE LINKER:-z,pack-relative-relocs)
  endif()
  target_link_options(${program} PRIVATE LINKER:-z,relro,-z,now)
  if(icuuc_archive AND icudata_archive AND NOT WAYDIFF_SANITIZE)
    set_target_properties(${program} PROPERTIES WAYDIFF_ARCHIVES ON)
    target_link_options(${program} PRIVATE -static-libstdc++ -static-libgcc)
  else()
    # The loader looks most names up in these two: first in its list, they halve its time.
    target_link_options(${program} PRIVATE "LINKER:--push-state,--no-as-needed" -lstdc++ -lc "LINKER:--pop-state")
  endif()
endfunction()

# Loaded when they are needed: only their headers are used here. cld2 comes without a pkg-config file.
find_path(CLD2_INCLUDE cld2/public/compact_lang_det.h REQUIRED)

# Header-only, found on the system path: tl::expected, dtl, toml++, CLI11, kainjow mustache.
find_path(EXPECTED_INCLUDE tl/expected.hpp REQUIRED)
find_path(DTL_INCLUDE dtl/dtl.hpp REQUIRED)
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)
find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
find_path(MUSTACHE_INCLUDE kainjow/mustache.hpp REQUIRED)
