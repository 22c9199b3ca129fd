# Every library the project uses, all of them Debian 12 packages (scripts/packages names them).

set(Boost_USE_STATIC_LIBS ON)  # as waydiff_archive below
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(CURL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
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
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(POPPLER REQUIRED IMPORTED_TARGET poppler-cpp)

# cld2 comes without a pkg-config file.
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_path(CLD2_INCLUDE cld2/public/compact_lang_det.h REQUIRED)
add_library(cld2 INTERFACE)
target_link_libraries(cld2 INTERFACE ${CLD2_LIBRARY})
target_include_directories(cld2 INTERFACE ${CLD2_INCLUDE})

# Header-only, found on the system path: tl::expected, dtl, toml++, CLI11, kainjow mustache.
find_path(EXPECTED_INCLUDE tl/expected.hpp REQUIRED)
find_path(DTL_INCLUDE dtl/dtl.hpp REQUIRED)
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)
find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
find_path(MUSTACHE_INCLUDE kainjow/mustache.hpp REQUIRED)
