#include "build/image.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "base/folder_testing.h"
#include "model/image.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

struct BuildImage : testing::Test {
  BuildImage() { scenario.file = folder / "s.yaml"; }
  std::string failure(const BuildOptions& options = {}) {
    try {
      build_image(scenario, options);
    } catch (const Error& error) {
      return std::string(error.what()) + " | " + error.hint;
    }
    return "no error";
  }
  TestFolder temporary;
  fs::path folder = temporary.path;
  Scenario scenario;
};

TEST_F(BuildImage, CommandOfTheScenarioMakesTheFile) {
  scenario.image.build = {"sh", "-c", "echo kernel > made.elf"};
  scenario.image.kernel = "made.elf";
  EXPECT_EQ(build_image(scenario, {}).kernel, folder / "made.elf");
}
TEST_F(BuildImage, FilesThatGoWithAKernelAreFoundBesideTheScenario) {
  for (const char* name : {"k", "one", "two words", "model.bin", "code.fd"}) {
    std::ofstream(folder / name) << name;
  }
  scenario.image.kernel = "k";
  scenario.image.initrd = {"one -v a", "two words"};
  scenario.image.flash = {(folder / "code.fd").string()};
  scenario.machine.fw_cfg = {{"opt/p", "text", ""}, {"opt/m", "", "model.bin"}};
  const Image image = build_image(scenario, {});
  EXPECT_EQ(image.modules,
            (std::vector<BootModule>{{folder / "one", "-v a"}, {folder / "two words", ""}}));
  EXPECT_EQ(image.flash, std::vector<fs::path>{folder / "code.fd"});
  EXPECT_EQ(image.fw_cfg,
            (std::vector<FwCfgEntry>{{"opt/p", "text", ""},
                                     {"opt/m", "", (folder / "model.bin").string()}}));
}
TEST_F(BuildImage, FilesThatAreSentAreFoundAndOfASizeThatCanBe) {
  std::ofstream(folder / "k") << "k";
  std::ofstream(folder / "sent") << "bytes";
  scenario.image.kernel = "k";
  scenario.steps.resize(2);
  scenario.steps[0].wait = "ready";
  scenario.steps[1].send_file = "sent";
  EXPECT_EQ(build_image(scenario, {}).sent, std::vector<fs::path>{folder / "sent"});
  std::ofstream(folder / "sent") << std::string(65'537, 'x');
  EXPECT_NE(failure().find("has 65,537 bytes"), std::string::npos) << failure();
  std::ofstream(folder / "sent") << "";
  EXPECT_NE(failure().find("has 0 bytes"), std::string::npos) << failure();
  scenario.steps[1].send_file = "none";
  EXPECT_NE(failure().find("none'"), std::string::npos) << failure();
}
TEST_F(BuildImage, AMissingModuleIsNamed) {
  std::ofstream(folder / "k") << "k";
  scenario.image.kernel = "k";
  scenario.image.initrd = {"none.cpio quiet"};
  EXPECT_NE(failure().find("none.cpio'"), std::string::npos) << failure();
}
TEST_F(BuildImage, OfAFileThatIsNotThereTheNearestIsNamed) {
  fs::create_directories(folder / "out");
  std::ofstream(folder / "out/my-kernel.elf") << "k";
  scenario.image.kernel = "out/my-kernl.elf";
  EXPECT_NE(failure().find("my-kernl.elf' (did you mean 'out/my-kernel.elf'?)"), std::string::npos)
      << failure();
  scenario.image.kernel = "out/other.img";
  EXPECT_EQ(failure().find("did you mean"), std::string::npos) << failure();
}
TEST_F(BuildImage, WhatIsBootedMayBeFirmwareThatOnlyQemuKnows) {
  scenario.image.firmware = "bios-256k.bin";
  EXPECT_EQ(build_image(scenario, {}).booted(), fs::path());
  std::ofstream(folder / "own.rom") << "rom";
  scenario.image.firmware = "own.rom";
  EXPECT_EQ(build_image(scenario, {}).booted(), folder / "own.rom");
}
TEST_F(BuildImage, FailedBuildShowsItsOutput) {
  scenario.image.build = {"sh", "-c", "echo undefined symbol >&2; exit 3"};
  scenario.image.kernel = "made.elf";
  const std::string text = failure();
  EXPECT_NE(text.find("exit status 3"), std::string::npos) << text;
  EXPECT_NE(text.find("undefined symbol"), std::string::npos) << text;
}
TEST_F(BuildImage, BuildThatMakesNoFileIsNamed) {
  scenario.image.build = {"true"};
  scenario.image.disk = "none.img";
  EXPECT_NE(failure().find("none.img"), std::string::npos);
}
TEST_F(BuildImage, NoBuildDoesNotRunTheCommand) {
  scenario.image.build = {"sh", "-c", "touch ran"};
  scenario.image.disk = "none.img";
  EXPECT_NE(failure({.build = false}).find("--no-build"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder / "ran"));
}
TEST_F(BuildImage, FolderThatIsNoBuildTreeIsRefused) {
  scenario.image.target = "tinyllama";
  scenario.image.disk = "tinyllama.img";
  EXPECT_NE(failure({.build_dir = folder}).find("CMakeCache.txt"), std::string::npos);
}
TEST_F(BuildImage, FilesOfATargetLieInTheImagesFolder) {
  fs::create_directories(folder / "tree/images");
  std::ofstream(folder / "tree/CMakeCache.txt") << "";
  std::ofstream(folder / "tree/images/app.img") << "x";
  std::ofstream(folder / "tree/images/app.manifest.json") << "{}";
  scenario.image.target = "app";
  scenario.image.disk = "app.img";
  const Image image = build_image(scenario, {.build = false, .build_dir = folder / "tree"});
  EXPECT_EQ(image.booted(), folder / "tree/images/app.img");
  EXPECT_EQ(image.manifest, folder / "tree/images/app.manifest.json");
}
TEST_F(BuildImage, TheTreeOfTheProgramGoesBeforeOneBesideTheScenario) {
  fs::create_directories(folder / "build");
  std::ofstream(folder / "build/CMakeCache.txt") << "";
  EXPECT_NE(find_build_dir({}, folder), folder / "build");  // this test stands in a build tree
}
TEST_F(BuildImage, FirmwareBesideTheScenarioGoesBeforeQemusOwn) {
  std::ofstream(folder / "k.elf") << "x";
  scenario.image.kernel = "k.elf";
  scenario.image.firmware = "qboot.rom";
  EXPECT_EQ(build_image(scenario, {}).firmware, "qboot.rom");
  std::ofstream(folder / "qboot.rom") << "x";
  EXPECT_EQ(build_image(scenario, {}).firmware, (folder / "qboot.rom").string());
}

TEST_F(BuildImage, AKernelForAnotherProcessorIsRefusedBeforeTheBoot) {
  std::string head(64, '\0');
  head.replace(0, 6,
               "\x7F"
               "ELF\x02\x01");
  head[18] = 62;
  std::ofstream(folder / "k.elf", std::ios::binary) << head;
  scenario.image.kernel = "k.elf";
  scenario.machine.arch = "aarch64";
  const std::string said = failure();
  EXPECT_NE(said.find("is a kernel for x86_64, and this machine is aarch64 | write machine: "
                      "{arch: x86_64}"),
            said.npos)
      << said;
}

}  // namespace
}  // namespace harness
