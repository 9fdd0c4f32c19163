// The guest that begins with what the boot before has learnt: on disks that another program, or
// damage, has left.
#include <fmt/format.h>

#include "e2e/e2e.h"

namespace harness {
namespace {

/// What the guest says of the boots of `image`, which a run does not change.
class WarmStart : public testing::Test {
 protected:
  std::string boot(const std::string& name, const fs::path& image, const std::string& bundle,
                   const std::string& memory = "64M") {
    const fs::path folder = folder_ / name;
    fs::create_directories(folder);
    const fs::path images = UNIHARNESS_IMAGES;
    write_atomically(folder / "scenario.yaml",
                     fmt::format("name: warm\n"
                                 "image: {{kernel: {}, initrd: {}, disk: {}, persist: true}}\n"
                                 "machine: {{model: pc, memory: {}, vga: false}}\n"
                                 "clock: counted\n"
                                 "boots: 1\n"
                                 "limits: {{wall: 60s, idle: 20s}}\n"
                                 "checks: [{{ending: pass}}, {{complete: true}}]\n",
                                 (images / "warm_start.elf").string(), (images / bundle).string(),
                                 image.string(), memory));
    const CommandResult run = uniharness(
        {"run", folder / "scenario.yaml", "--no-build", "--keep-disk", "--out", folder / "out"});
    EXPECT_EQ(run.exit_status, 0) << name << ": " << run.output_tail;
    return read_file(folder / "out" / "serial.log");
  }
  [[nodiscard]] fs::path kept(const std::string& name) const {
    return folder_ / name / "out" / "disk.img";
  }
  /// The program's own text.
  static std::string text_of(const std::string& serial) {
    const std::size_t begin = serial.find("\nfound ");
    return serial.substr(serial.find('\n', begin + 1), serial.find("\ntier:") - begin);
  }

  fs::path folder_ = fresh_folder();
  fs::path blank_ = fs::path(UNIHARNESS_IMAGES) / "blank.img";
};

TEST_F(WarmStart, IsColdWhereTheProgramOrTheMemoryIsAnother) {
  const std::string cold = boot("cold", blank_, "rounds.ukbc");
  EXPECT_NE(cold.find("\nstore: blank\nfound 0\n"), std::string::npos) << cold;
  EXPECT_NE(cold.find("\nkept 1\n"), std::string::npos) << cold;

  const std::string warm = boot("warm", kept("cold"), "rounds.ukbc");
  EXPECT_NE(warm.find("\nstore: none\nfound 1\n"), std::string::npos) << warm;
  EXPECT_NE(warm.find("tier: mix restored"), std::string::npos) << warm;
  EXPECT_EQ(warm.find(" t0 -> t1"), std::string::npos) << warm;
  EXPECT_EQ(warm.find("\nkept "), std::string::npos) << "it has learnt nothing new: " << warm;
  EXPECT_EQ(text_of(warm), text_of(cold));

  const std::string other = boot("other", kept("cold"), "count_up.ukbc");
  EXPECT_NE(other.find("\nstore: other_build\nfound 0\n"), std::string::npos) << other;
  EXPECT_EQ(other.find("restored"), std::string::npos) << other;

  // Machine code of the same program, for other addresses.
  const std::string moved = boot("moved", kept("cold"), "rounds.ukbc", "96M");
  EXPECT_NE(moved.find("rounds: what was learnt is not used: it is of another program, or of "
                       "other memory\n"),
            std::string::npos)
      << moved;
  EXPECT_EQ(moved.find("restored"), std::string::npos) << moved;
  EXPECT_NE(moved.find("\nkept 2\n"), std::string::npos) << moved;
  EXPECT_EQ(text_of(moved), text_of(cold));
}

TEST_F(WarmStart, NeverUsesWhatIsDamaged) {
  const std::string cold = boot("cold", blank_, "rounds.ukbc");
  const std::string disk = read_file(kept("cold"));
  const std::size_t used = disk.find_last_not_of('\0');
  ASSERT_NE(used, std::string::npos);
  ASSERT_GT(used, 2000U);
  // A byte in the middle of the log, which is machine code for the most part, and its last one.
  const std::size_t log = disk.find_first_not_of('\0', 1024);
  for (const std::size_t at : {log + (used - log) / 2, used}) {
    std::string damaged = disk;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    write_atomically(folder_ / "damaged.img", damaged);
    const std::string serial = boot("damaged", folder_ / "damaged.img", "rounds.ukbc");
    EXPECT_NE(serial.find("\nstore: torn\nfound 0\n"), std::string::npos) << at << ": " << serial;
    EXPECT_EQ(serial.find("restored"), std::string::npos) << serial;
    EXPECT_EQ(text_of(serial), text_of(cold));
  }
}

}  // namespace
}  // namespace harness
