#include "base/packages.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(PackageOf, QemuByItsArchitecture) {
  EXPECT_EQ(package_of("qemu-system-x86_64"), "qemu-system-x86");
  EXPECT_EQ(package_of("qemu-system-aarch64"), "qemu-system-arm");
  EXPECT_EQ(package_of("qemu-system-riscv64"), "qemu-system-misc");
  EXPECT_EQ(package_of("qemu-system-vax"), "");
}
TEST(PackageOf, ProgramsAndFirmware) {
  EXPECT_EQ(package_of("ninja"), "ninja-build");
  EXPECT_EQ(package_of("qboot.rom"), "qemu-system-data");
  EXPECT_EQ(package_of("frobnicate"), "");
}

}  // namespace
}  // namespace harness
