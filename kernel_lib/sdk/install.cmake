# What `cmake --install` puts below the prefix, which can be any folder and can be moved: the tool, and
# all that a project of its own needs for find_package(uniharness) (docs/SDK.md).
#
#   bin/uniharness                        and the profiler's plugins, which it finds in ../lib/uniharness:
#   lib/uniharness/uniharness_profile.so, uniharness_profile_api2.so, uniharness_profile_api3.so
#   lib/uniharness/mkimage                makes images of linked kernels
#   lib/uniharness/guest/                 headers, archives, link script and boot sector of kernel_lib
#   lib/cmake/uniharness/                 find_package(uniharness), add_unikernel
#   share/uniharness/scenario.schema.json for editors
#   share/doc/uniharness/                 documents, and examples to copy
#   share/man/man1/                       manual pages
#   share/{bash-completion,fish,zsh}/     completion, where shells look for it
#
# lib and not CMAKE_INSTALL_LIBDIR: Debian's would hold the processor's name, and the tool looks in
# one place.
include(CMakePackageConfigHelpers)

set(sdk ${PROJECT_SOURCE_DIR}/kernel_lib)
set(package_folder lib/cmake/uniharness)

# llvm-strip 19 refuses a static program of glibc (".rela.plt ... is not a symbol table").
find_program(UNIHARNESS_STRIP NAMES strip REQUIRED)
set(CMAKE_STRIP ${UNIHARNESS_STRIP} CACHE FILEPATH "what strips installed programs" FORCE)

install(TARGETS uniharness EXPORT uniharness_targets RUNTIME DESTINATION bin)
install(TARGETS mkimage EXPORT uniharness_targets RUNTIME DESTINATION lib/uniharness)
install(TARGETS profile_plugin profile_plugin_api2 profile_plugin_api3 LIBRARY DESTINATION lib/uniharness)

install(TARGETS protocol guest_flags guest_x87 kernel kernel_boot_data kernel_recovery
                kernel_paging kernel_store kernel_hosted kernel_benchmark kernel_gtest
        EXPORT uniharness_targets
        ARCHIVE DESTINATION ${UNIHARNESS_GUEST})
install(DIRECTORY ${sdk}/include/ ${sdk}/protocol/include/ DESTINATION ${UNIHARNESS_GUEST}/include)
foreach(library hosted benchmark gtest)
  install(DIRECTORY ${sdk}/${library}/include DESTINATION ${UNIHARNESS_GUEST}/${library})
endforeach()
install(FILES ${sdk}/hosted/hosted_app.cpp ${sdk}/hosted/hosted.h
        DESTINATION ${UNIHARNESS_GUEST}/hosted)
get_target_property(boot_sector guest_link UNIKERNEL_BOOT_SECTOR)
install(FILES ${sdk}/arch/x86/image.ld ${boot_sector} DESTINATION ${UNIHARNESS_GUEST})

install(EXPORT uniharness_targets NAMESPACE uniharness:: DESTINATION ${package_folder})
configure_package_config_file(
  ${sdk}/sdk/uniharness-config.cmake.in ${PROJECT_BINARY_DIR}/uniharness-config.cmake
  INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/uniharness-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/uniharness-config.cmake
              ${PROJECT_BINARY_DIR}/uniharness-config-version.cmake
              ${sdk}/cmake/unikernel.cmake ${sdk}/cmake/scenario.yaml.in
        DESTINATION ${package_folder})

install(FILES ${PROJECT_SOURCE_DIR}/scenarios/scenario.schema.json DESTINATION share/uniharness)
set(documents README.md CHANGELOG.md BUILD_GUIDE.md docs examples scenarios/REFERENCE.md)
list(TRANSFORM documents PREPEND ${PROJECT_SOURCE_DIR}/)
foreach(document IN LISTS documents)
  if(IS_DIRECTORY ${document})
    install(DIRECTORY ${document} DESTINATION share/doc/uniharness)
  else()
    install(FILES ${document} DESTINATION share/doc/uniharness)
  endif()
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/uniharness RENAME copyright)
# What Debian's packages have besides.
set(changelog ${PROJECT_BINARY_DIR}/changelog.gz)
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)  # SOURCE_DATE_EPOCH, where it is set
file(WRITE ${PROJECT_BINARY_DIR}/changelog
     "uniharness (${PROJECT_VERSION}) unstable; urgency=medium\n\n  * What changed is in CHANGELOG.md.\n\n"
     " -- uniharness authors <authors@uniharness.invalid>  ${now}\n")
execute_process(COMMAND gzip -9nc ${PROJECT_BINARY_DIR}/changelog OUTPUT_FILE ${changelog}
                COMMAND_ERROR_IS_FATAL ANY)
install(FILES ${changelog} DESTINATION share/doc/uniharness)
install(FILES ${sdk}/sdk/lintian-overrides DESTINATION share/lintian/overrides RENAME uniharness)

# What shells complete and man shows: the program writes both, from the words of its command line.
set(made ${PROJECT_BINARY_DIR}/command_line)
add_custom_command(
  OUTPUT ${made}/uniharness.bash
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${made}
  COMMAND uniharness man ${made}/man1
  COMMAND gzip -9nr ${made}/man1
  COMMAND uniharness completion zsh > ${made}/_uniharness
  COMMAND uniharness completion fish > ${made}/uniharness.fish
  COMMAND uniharness completion bash > ${made}/uniharness.bash
  DEPENDS uniharness
  COMMENT "Writing manual pages and completion"
  VERBATIM)
add_custom_target(command_line_files ALL DEPENDS ${made}/uniharness.bash)
install(DIRECTORY ${made}/man1 DESTINATION share/man)
install(FILES ${made}/uniharness.bash DESTINATION share/bash-completion/completions
        RENAME uniharness)
install(FILES ${made}/uniharness.fish DESTINATION share/fish/vendor_completions.d)
# Debian's zsh looks into the second folder, others into the first.
foreach(folder site-functions vendor-completions)
  install(FILES ${made}/_uniharness DESTINATION share/zsh/${folder})
endforeach()
