# add_unikernel(NAME [SOURCES] sources... [PARTS libraries...] [LINK libraries...] [DATA file]
#               [NO_SIGNATURE] [NO_DISK])
#
# Makes the target NAME from C, C++ and NASM sources and kernel_lib.a, in this project and, after
# find_package(uniharness), in any other. Building it writes to ${CMAKE_BINARY_DIR}/images:
#
#   NAME.elf            for -kernel: enters as multiboot where the loader knows that, else as PVH
#   NAME.pvh.elf        the same with its multiboot header zeroed: enters as PVH in QEMU too, which
#                       takes any kernel with that header as multiboot
#   NAME.bin            the flat image, as it lies in memory from 1 MB on
#   NAME.img            a raw disk of 10 MB: boot sector and flat image
#   NAME.manifest.json  where all these, the archive and the app's object files are, and the size
#
# and configuring writes ${CMAKE_BINARY_DIR}/scenarios/NAME.yaml, a scenario that boots the disk: to
# be copied beside the sources and given checks.
#
# The compiler's side of it is the target NAME_elf, for target_compile_definitions() and the like.
# LINK: libraries for the guest, as uniharness::gtest. PARTS: static libraries of the app's own, which
# count as the app's where its size is given. DATA puts a file on the disk behind the
# kernel, where kernel/boot_data.h finds it. NO_SIGNATURE spoils the image's signature on the disk,
# which makes the boot sector refuse it: for testing. A kernel that the boot sector could not load
# whole (64 KB) does not build, but with NO_DISK, which makes no NAME.img: it starts by -kernel alone.
#
# add_scenario_test(NAME FILE) makes a test for ctest that runs the scenario FILE on this build tree.
#
# Who includes this says in UNIKERNEL_LINK_SCRIPT, UNIKERNEL_BOOT_SECTOR and UNIKERNEL_SCHEMA (that of
# scenarios, for editors) where these files are, and has the targets uniharness::kernel, uniharness::mkimage and uniharness::uniharness.

# 64-bit division on 32-bit x86 is a call into the compiler's run-time library.
execute_process(
  COMMAND ${CMAKE_CXX_COMPILER} -m32 --rtlib=compiler-rt --print-libgcc-file-name
  OUTPUT_VARIABLE UNIKERNEL_BUILTINS OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT EXISTS "${UNIKERNEL_BUILTINS}")
  message(FATAL_ERROR "clang's 32-bit run-time library is not installed "
                      "(looked for '${UNIKERNEL_BUILTINS}'): on Debian, "
                      "apt-get install libclang-rt-19-dev")
endif()

# How a guest is linked. -n: sections follow the ELF header with no padding to a page, which keeps
# the multiboot header where loaders look for it.
if(NOT TARGET guest_link)
  add_library(guest_builtins INTERFACE)
  target_link_libraries(guest_builtins INTERFACE ${UNIKERNEL_BUILTINS})
  add_library(guest_link INTERFACE)
  target_link_libraries(guest_link INTERFACE guest_builtins)
  target_link_options(guest_link INTERFACE -m32 -nostdlib -static -fuse-ld=lld
    -Wl,-T,${UNIKERNEL_LINK_SCRIPT} -Wl,-n -Wl,--gc-sections 
    -Wl,--build-id=$<IF:$<BOOL:$<TARGET_PROPERTY:UNIKERNEL_BUILD_ID>>,sha1,none>)
  set_target_properties(guest_link PROPERTIES
    INTERFACE_LINK_DEPENDS ${UNIKERNEL_LINK_SCRIPT}
    UNIKERNEL_BOOT_SECTOR ${UNIKERNEL_BOOT_SECTOR}
    UNIKERNEL_SKELETON ${CMAKE_CURRENT_LIST_DIR}/scenario.yaml.in
    UNIKERNEL_SCHEMA ${UNIKERNEL_SCHEMA})
endif()

# Assembles one NASM source of the target `owner` as a 32-bit object; its path goes to the variable
# `result`. CMake's own NASM language would make 64-bit objects, as the host's.
function(unikernel_nasm_object result owner source)
  cmake_path(ABSOLUTE_PATH source NORMALIZE OUTPUT_VARIABLE input)
  string(MAKE_C_IDENTIFIER ${source} file)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${owner}.nasm)
  file(MAKE_DIRECTORY ${folder})
  if(NOT CMAKE_ASM_NASM_COMPILER)  # a project of C and C++ alone has not looked for it
    find_program(CMAKE_ASM_NASM_COMPILER nasm REQUIRED)
  endif()
  set(object ${folder}/${file}.o)
  add_custom_command(
    OUTPUT ${object}
    COMMAND ${CMAKE_ASM_NASM_COMPILER} -w+error -f elf32 -g -F dwarf -o ${object} ${input}
    DEPENDS ${input}
    COMMENT "Assembling ${source}"
    VERBATIM)
  set_source_files_properties(${object} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  set(${result} ${object} PARENT_SCOPE)
endfunction()

function(add_unikernel name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "NO_SIGNATURE;NO_DISK" "DATA" "SOURCES;PARTS;LINK")
  set(sources)
  set(nasm_objects)
  foreach(source IN LISTS ARG_UNPARSED_ARGUMENTS ARG_SOURCES)
    if(source MATCHES "\\.asm$")
      unikernel_nasm_object(object ${name} ${source})
      list(APPEND nasm_objects ${object})
    else()
      list(APPEND sources ${source})
    endif()
  endforeach()

  set(images ${CMAKE_BINARY_DIR}/images)
  set(elf ${name}_elf)
  add_executable(${elf} ${sources} ${nasm_objects})
  set_target_properties(${elf} PROPERTIES
    OUTPUT_NAME ${name}.elf
    RUNTIME_OUTPUT_DIRECTORY ${images}
    LINKER_LANGUAGE CXX)
  target_compile_definitions(${elf} PRIVATE UNIKERNEL_NAME="${name}")
  target_link_libraries(${elf} PRIVATE ${ARG_PARTS} ${ARG_LINK} uniharness::kernel guest_link)

  # CMake does not count objects that it did not compile itself.
  set(objects "$<TARGET_OBJECTS:${elf}>" ${nasm_objects})
  foreach(part IN LISTS ARG_PARTS)
    list(APPEND objects $<TARGET_FILE:${part}>)
  endforeach()
  set(parameters ${CMAKE_CURRENT_BINARY_DIR}/${name}.parameters.json)
  get_target_property(boot_sector guest_link UNIKERNEL_BOOT_SECTOR)
  set(boot_sector_target)
  if(TARGET boot_sector)  # not where it came ready made
    set(boot_sector_target boot_sector)
  endif()
  file(GENERATE OUTPUT ${parameters} CONTENT "{
  \"name\": \"${name}\",
  \"elf\": \"$<TARGET_FILE:${elf}>\",
  \"boot_sector\": \"${boot_sector}\",
  \"folder\": \"${images}\",
  \"archive\": \"$<TARGET_FILE:uniharness::kernel>\",
  \"app_objects\": [\"$<JOIN:${objects},\", \">\"],
  \"data\": \"${ARG_DATA}\",
  \"compiler\": \"${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}\",
  \"wrong_signature\": $<IF:$<BOOL:${ARG_NO_SIGNATURE}>,true,false>,
  \"disk\": $<IF:$<BOOL:${ARG_NO_DISK}>,false,true>
}
")
  set(outputs ${images}/${name}.pvh.elf ${images}/${name}.bin ${images}/${name}.manifest.json)
  if(NOT ARG_NO_DISK)
    list(APPEND outputs ${images}/${name}.img)
  endif()
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND uniharness::mkimage ${parameters}
    DEPENDS ${elf} uniharness::mkimage ${boot_sector_target} ${boot_sector} ${parameters}
            ${ARG_DATA}
    COMMENT "Making the image of ${name}"
    VERBATIM)
  add_custom_target(${name} ALL DEPENDS ${outputs})

  get_target_property(skeleton guest_link UNIKERNEL_SKELETON)
  get_target_property(schema guest_link UNIKERNEL_SCHEMA)
  configure_file(${skeleton} ${CMAKE_BINARY_DIR}/scenarios/${name}.yaml @ONLY)
endfunction()

function(add_scenario_test name file)
  cmake_path(ABSOLUTE_PATH file NORMALIZE OUTPUT_VARIABLE scenario)
  add_test(NAME ${name}
    COMMAND uniharness::uniharness run ${scenario} --no-build --build-dir ${CMAKE_BINARY_DIR}
            --out ${CMAKE_BINARY_DIR}/reports/${name})
endfunction()
