# Sources that run on both sides: in guests, and on the host, where they are tested.
#
# dual_library(NAME SOURCES files... [GUEST files...] [HOST files...] [INCLUDE folders...]
#              [LINK names...] [OPTIONS flags...] [GUEST_OPTIONS flags...] [HOST_OPTIONS flags...]
#              [TESTS files...] [TEST_OPTIONS flags...] [TEST_LINK libraries...]
#              [TEST_ENVIRONMENT name=value])
#
#   NAME        the library for guests: SOURCES and GUEST (C++, C, NASM) under guest_flags
#   NAME_host   for the host: SOURCES and HOST, under the host's warnings and sanitizers
#   NAME_tests  a GoogleTest program of TESTS on the host
#
# LINK names other dual libraries. OPTIONS go to the compiler behind all others, and so win; those of
# the host reach also who links NAME_host, for what is in headers.
#
# guest_library(NAME SOURCES files... [INCLUDE ...] [LINK ...] [OPTIONS ...]): NAME alone.
#
# dual_program(GUEST HOST SOURCES files... LIBRARY gtest|benchmark [HOST_OPTIONS ...])
#
#   GUEST       a unikernel of SOURCES, with uniharness::LIBRARY
#   HOST        the same sources with GoogleTest or Google Benchmark
#
# kernel_lib_tests_guest(GUEST TESTS files... [SOURCES files...] [LINK libraries...])
#
#   GUEST       a unikernel of kernel_lib's own TESTS, with uniharness::gtest. They use the C++ library:
#               its headers are those of the host's compiler, in 32 bits, and what of them is no
#               template is in testing/cpp_library.cpp. SOURCES are compiled as the tests are.

# Flags of one target. CMake lets what a target links speak after the target's own options; of flags
# that contradict each other clang takes the last: these are to be linked last.
function(last_options name)
  if(ARGN)
    add_library(${name}_options INTERFACE)
    target_compile_options(${name}_options INTERFACE ${ARGN})
    target_link_libraries(${name} PRIVATE ${name}_options)
  endif()
endfunction()

function(guest_library name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;INCLUDE;LINK;OPTIONS")
  set(sources)
  foreach(source IN LISTS ARG_SOURCES)
    if(source MATCHES "\\.asm$")
      unikernel_nasm_object(object ${name} ${source})
      list(APPEND sources ${object})
    else()
      list(APPEND sources ${source})
    endif()
  endforeach()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC "$<BUILD_INTERFACE:${ARG_INCLUDE}>")
  target_link_libraries(${name} PUBLIC ${ARG_LINK} protocol guest_flags)
  last_options(${name} ${ARG_OPTIONS})
endfunction()

function(dual_library name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "TEST_ENVIRONMENT"
    "SOURCES;GUEST;HOST;INCLUDE;LINK;OPTIONS;GUEST_OPTIONS;HOST_OPTIONS;TESTS;TEST_LINK;TEST_OPTIONS")
  guest_library(${name} SOURCES ${ARG_GUEST} ${ARG_SOURCES} INCLUDE ${ARG_INCLUDE}
                LINK ${ARG_LINK} OPTIONS ${ARG_OPTIONS} ${ARG_GUEST_OPTIONS})

  add_library(${name}_host STATIC ${ARG_SOURCES} ${ARG_HOST})
  target_include_directories(${name}_host PUBLIC ${ARG_INCLUDE})
  target_compile_options(${name}_host PUBLIC ${ARG_OPTIONS} ${ARG_HOST_OPTIONS})
  list(TRANSFORM ARG_LINK APPEND _host)
  target_link_libraries(${name}_host PUBLIC ${ARG_LINK} protocol PRIVATE host_flags)

  if(ARG_TESTS AND BUILD_TESTING)
    find_package(GTest REQUIRED)
    include(GoogleTest)
    add_executable(${name}_tests ${ARG_TESTS})
    target_link_libraries(${name}_tests
      PRIVATE ${name}_host ${ARG_TEST_LINK} host_flags GTest::gtest_main)
    # Most run for a moment, and optimising them takes longer.
    if(NOT ARG_TEST_OPTIONS)
      set(ARG_TEST_OPTIONS $<$<CONFIG:Release>:-O0>)
    endif()
    target_compile_options(${name}_tests PRIVATE ${ARG_TEST_OPTIONS})
    set(properties)
    if(ARG_TEST_ENVIRONMENT)
      set(properties PROPERTIES ENVIRONMENT ${ARG_TEST_ENVIRONMENT})
    endif()
    gtest_discover_tests(${name}_tests DISCOVERY_MODE PRE_TEST ${properties})
  endif()
endfunction()

function(dual_program guest host)
  cmake_parse_arguments(PARSE_ARGV 2 ARG "" "LIBRARY" "SOURCES;HOST_OPTIONS")
  add_unikernel(${guest} SOURCES ${ARG_SOURCES} LINK uniharness::${ARG_LIBRARY})

  add_executable(${host} ${ARG_SOURCES})
  target_compile_options(${host} PRIVATE ${ARG_HOST_OPTIONS})
  target_link_libraries(${host} PRIVATE kernel_host host_flags)
  if(ARG_LIBRARY STREQUAL "gtest")
    find_package(GTest REQUIRED)
    target_link_libraries(${host} PRIVATE GTest::gtest_main)
  else()
    find_package(benchmark REQUIRED)
    target_link_libraries(${host} PRIVATE benchmark::benchmark)
  endif()
endfunction()

# The headers of the host's C++ library and of the C library below it. glibc names the 32-bit
# interfaces that it lacks in a file that only its 32-bit package has; nothing here calls one.
add_library(guest_cpp_headers INTERFACE)
target_compile_definitions(guest_cpp_headers INTERFACE _GLIBCXX_EXTERN_TEMPLATE=0)
target_compile_options(guest_cpp_headers INTERFACE -mx87 -fhosted -nostdinc++ -U_FORTIFY_SOURCE)
foreach(folder IN LISTS CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES)
  target_compile_options(guest_cpp_headers INTERFACE "SHELL:-isystem ${folder}")
endforeach()
target_compile_options(guest_cpp_headers INTERFACE
  "SHELL:-isystem ${PROJECT_SOURCE_DIR}/kernel_lib/testing/glibc32")

function(kernel_lib_tests_guest guest)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "TESTS;SOURCES;LINK")
  set(kernel_lib ${PROJECT_SOURCE_DIR}/kernel_lib)
  add_library(${guest}_objects OBJECT
    ${ARG_TESTS} ${ARG_SOURCES} ${kernel_lib}/testing/cpp_library.cpp)
  target_include_directories(${guest}_objects
    PRIVATE ${kernel_lib} ${kernel_lib}/include ${kernel_lib}/gtest/include)
  target_link_libraries(${guest}_objects PRIVATE protocol guest_flags guest_cpp_headers)
  set_target_properties(${guest}_objects PROPERTIES UNIKERNEL_GUEST ON)  # of what links nothing, CMake does not tell
  add_unikernel(${guest} SOURCES $<TARGET_OBJECTS:${guest}_objects>
                LINK ${ARG_LINK} uniharness::gtest)
endfunction()
