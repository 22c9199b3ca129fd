# One CMake target a folder, and one test program a folder.

add_library(waydiff_flags INTERFACE)
target_compile_options(waydiff_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Both are false alarms of g++ 12 when it optimises: inside <string>, and on the frames of coroutines.
  target_compile_options(waydiff_flags INTERFACE -Wno-restrict -Wno-mismatched-new-delete)
endif()
if(WAYDIFF_WERROR)
  target_compile_options(waydiff_flags INTERFACE -Werror)
endif()
if(WAYDIFF_SANITIZE)
  target_compile_options(waydiff_flags INTERFACE -fsanitize=${WAYDIFF_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(waydiff_flags INTERFACE -fsanitize=${WAYDIFF_SANITIZE})
  # These two checks take g++ half of its time. What is read through null ASan finds as well; the fuzz targets, which
  # clang builds, have both. Between the checks that are left it loses sight of what std::optional has set.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND WAYDIFF_SANITIZE MATCHES "undefined")
    target_compile_options(waydiff_flags INTERFACE -fno-sanitize=null,alignment -Wno-maybe-uninitialized)
  endif()
endif()

# waydiff_folder(NAME SOURCES a.cpp… HEADERS a.hpp… [USES folders or libraries…] [PRIVATE_USES libraries…])
function(waydiff_folder name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;USES;PRIVATE_USES" ${ARGN})
  add_library(waydiff_${name} STATIC ${arg_SOURCES})
  target_sources(waydiff_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  target_link_libraries(waydiff_${name} PUBLIC ${arg_USES} PRIVATE waydiff_flags ${arg_PRIVATE_USES})
endfunction()

# waydiff_test(NAME SOURCES a_test.cpp… USES folders…): program NAME_test, each TEST a ctest of its own.
function(waydiff_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name}_test ${arg_SOURCES})
  target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name}_test PRIVATE waydiff_flags ${arg_USES} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE
    WAYDIFF_SOURCE_DIR="${PROJECT_SOURCE_DIR}" WAYDIFF_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared")
  gtest_discover_tests(${name}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
