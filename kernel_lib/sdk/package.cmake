# cpack -G DEB, in the build tree: a Debian package of what install.cmake installs.
set(CPACK_PACKAGE_NAME uniharness)
# A domain that can belong to nobody (RFC 2606): the project has no address.
set(CPACK_PACKAGE_CONTACT "uniharness authors <authors@uniharness.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "boots kernels and unikernels in QEMU and judges them")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "uniharness builds and boots a kernel or unikernel image in QEMU, streams its\nserial output, checks what it \
says, measures it, and turns that into a\nverdict, a report and a gate for continuous integration.")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)  # a second where xz takes ten
# The names that ci/setup.sh installs. Without the recommended ones the tool boots guests of others;
# with them it builds guests of kernel_lib.
set(CPACK_DEBIAN_PACKAGE_DEPENDS qemu-system-x86)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "clang-19, lld-19, libclang-rt-19-dev, cmake, ninja-build, nasm")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "qemu-system-arm, qemu-system-misc, ovmf")
if(UNIHARNESS_STATIC)  # the plugin alone needs libraries: these (dpkg-shlibdeps says so)
  string(APPEND CPACK_DEBIAN_PACKAGE_DEPENDS ", libc6 (>= 2.33), libgcc-s1")
else()
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)
