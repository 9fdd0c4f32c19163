#include "build/sizes.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "base/folder_testing.h"
#include "model/image.h"
#include "process/command.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// A folder with one object of 16 bytes of code, 8 of data and 100 zeroed, and an archive with
/// two of them, all made with the real assembler and archiver.
fs::path objects() {
  static const fs::path folder = [] {
    static const TestFolder temporary;
    fs::path made = temporary.path;
    std::ofstream(made / "a.asm") << "bits 32\nsection .text\ntimes 16 nop\n"
                                     "section .data\ndd 1, 2\nsection .bss\nresb 100\n";
    EXPECT_EQ(run_command({"nasm", "-f", "elf32", "a.asm", "-o", "a.o"}, made).exit_status, 0);
    fs::copy_file(made / "a.o", made / "b.o");
    EXPECT_EQ(run_command({"llvm-ar-19", "rc", "lib.a", "a.o", "b.o"}, made).exit_status, 0);
    return made;
  }();
  return folder;
}

TEST(Sizes, LoadedAndZeroedSectionsAreSummedApart) {
  const SectionBytes bytes = section_bytes(objects() / "a.o");
  EXPECT_EQ(bytes.loaded, 24u);
  EXPECT_EQ(bytes.zeroed, 100u);
}
TEST(Sizes, ArchiveIsTheSumOfItsMembers) {
  EXPECT_EQ(section_bytes(objects() / "lib.a").loaded, 48u);
}
TEST(Sizes, OtherFilesAreRefusedByName) {
  try {
    section_bytes(objects() / "a.asm");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("a.asm"), std::string::npos);
  }
}
TEST(Sizes, ManifestLeadsToEveryFile) {
  const fs::path folder = objects();
  std::ofstream(folder / "x.manifest.json")
      << R"({"elf":"a.o","disk":"a.asm","archive":"lib.a","app_objects":["a.o","b.o"],)"
      << R"("compiler":"Clang 19.1.7"})";
  Image image;
  image.manifest = folder / "x.manifest.json";
  const Sizes sizes = measure_sizes(image);
  EXPECT_EQ(sizes.loaded, 24u);
  EXPECT_EQ(sizes.bss, 100u);
  EXPECT_EQ(sizes.app, 48u);
  EXPECT_EQ(sizes.library, 48u);
  EXPECT_EQ(sizes.disk, fs::file_size(folder / "a.asm"));
  EXPECT_EQ(sizes.archive, fs::file_size(folder / "lib.a"));
}
TEST(Sizes, ManifestWithoutAKeyIsAnErrorThatNamesIt) {
  std::ofstream(objects() / "bad.manifest.json") << R"({"elf":"a.o"})";
  try {
    read_manifest(objects() / "bad.manifest.json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("archive"), std::string::npos);
  }
}

}  // namespace
}  // namespace harness
