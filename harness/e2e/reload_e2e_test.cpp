// The guest whose program is changed while it answers: that its own checks find what they are for.
#include <fmt/format.h>

#include "e2e/e2e.h"

namespace harness {
namespace {

class Reload : public testing::Test {
 protected:
  /// A boot that begins with `first`, and is given `updates`, names below opt/ and files. What it
  /// says goes to `serial_`.
  int boot(const std::string& first, const std::string& updates) {
    const fs::path images = UNIHARNESS_IMAGES;
    write_atomically(
        folder_ / "scenario.yaml",
        fmt::format("name: reload\n"
                    "image: {{kernel: {}, initrd: {}}}\n"
                    "machine: {{model: pc, memory: 64M, vga: false, fw_cfg: {{{}{}}}}}\n"
                    "clock: counted\n"
                    "boots: 1\n"
                    "limits: {{wall: 60s, idle: 20s}}\n"
                    "checks: [{{ending: pass}}, {{complete: true}}]\n",
                    (images / "reload.elf").string(), (images / first).string(),
                    "opt/uniharness/reload/settle: '1030'", updates.empty() ? "" : ", " + updates));
    const CommandResult run =
        uniharness({"run", folder_ / "scenario.yaml", "--no-build", "--out", folder_ / "out"});
    serial_ = read_file(folder_ / "out" / "serial.log");
    return run.exit_status;
  }
  static std::string update(std::size_t number, const fs::path& file) {
    return fmt::format("opt/uniharness/reload/update.{}: {{file: {}}}", number, file.string());
  }
  /// Bitcode as a bundle for the guest, with further words of `bitcode pack`.
  fs::path packed(const std::string& name, const std::string& bitcode,
                  const std::vector<std::string>& words = {}) {
    write_atomically(folder_ / (name + ".bc"), bitcode);
    std::vector<std::string> line = {"bitcode", "pack", folder_ / (name + ".bc"), "-o",
                                     folder_ / (name + ".ukbc")};
    line.insert(line.end(), words.begin(), words.end());
    const CommandResult run = uniharness(line);
    EXPECT_EQ(run.exit_status, 0) << run.output_tail;
    return folder_ / (name + ".ukbc");
  }
  /// The bitcode in a bundle of one.
  static std::string bitcode_of(const std::string& bundle) {
    const std::string bytes = read_file(fs::path(UNIHARNESS_IMAGES) / bundle);
    return bytes.substr(112);
  }
  [[nodiscard]] bool says(const std::string& line) const {
    return serial_.find(line) != std::string::npos;
  }

  fs::path folder_ = fresh_folder();
  std::string serial_;
};

TEST_F(Reload, ARequestIsLostWhereNobodyIsLeftToAnswer) {
  EXPECT_EQ(boot("ones_late_fault.ukbc", ""), 1) << serial_;
  EXPECT_TRUE(says("\n[TEST] reload.requests: fail ")) << serial_;
}

TEST_F(Reload, AWrongAnswerIsSeenWhereTheVersionDoesNotSayThatAnswersStay) {
  const fs::path wrong = packed("ones_wrong", bitcode_of("ones_wrong.ukbc"));
  EXPECT_EQ(boot("ones.ukbc", update(1, wrong)), 1) << serial_;
  EXPECT_TRUE(says("\nreload: ones_wrong answers\n")) << serial_;
  EXPECT_TRUE(says("\n[TEST] reload.answers: fail ")) << serial_;
  EXPECT_TRUE(says("\n[TEST] reload.requests: pass ")) << serial_;
}

TEST_F(Reload, WhatMustNotBeRefusedFailsAndTheOldOneGoesOn) {
  const fs::path changed = packed("zeros", bitcode_of("zeros.ukbc"), {"--same-answers"});
  EXPECT_EQ(boot("ones.ukbc", update(1, changed)), 1) << serial_;
  EXPECT_TRUE(says("\nreload: zeros is refused: it answers ")) << serial_;
  EXPECT_TRUE(says("\n[TEST] zeros: fail ")) << serial_;
  EXPECT_TRUE(says("\n[TEST] reload.answers: pass ")) << serial_;
}

TEST_F(Reload, RefusesWhatIsDamagedForeignOrWithoutTheFunction) {
  const std::string good = read_file(fs::path(UNIHARNESS_IMAGES) / "ones_fast.ukbc");
  std::string changed = good;
  changed[good.size() / 2] = static_cast<char>(changed[good.size() / 2] ^ 16);
  write_atomically(folder_ / "changed", changed);
  write_atomically(folder_ / "cut", good.substr(0, good.size() - 1));
  write_atomically(folder_ / "foreign", "no bundle at all\n");
  write_atomically(folder_ / "large", good.substr(0, 112) + std::string(80'000, 'x'));
  const fs::path other = packed("other", bitcode_of("count_up.ukbc"));
  boot("ones.ukbc", update(1, folder_ / "changed") + ", " + update(2, folder_ / "cut") + ", " +
                        update(3, folder_ / "foreign") + ", " + update(4, folder_ / "large") +
                        ", " + update(5, other));
  EXPECT_TRUE(says("\nreload: update.1 is refused: it is not as it was sent: its SHA-256 is"))
      << serial_;
  EXPECT_TRUE(says("\nreload: update.2 is refused: it ends before it is whole\n")) << serial_;
  EXPECT_TRUE(says("\nreload: update.3 is refused: no bundle of bitcode: ")) << serial_;
  EXPECT_TRUE(says("\nreload: update.4 is refused: ")) << serial_;
  EXPECT_TRUE(says("\nreload: other is refused: it has no function i32 answer(i32)\n")) << serial_;
  EXPECT_TRUE(says("\n[TEST] reload.requests: pass ")) << serial_;
  EXPECT_TRUE(says("\n[TEST] reload.answers: pass ")) << serial_;
}

TEST_F(Reload, BitsOfBitcodeThatChangeNeverStopTheAnswers) {
  const std::string good = bitcode_of("ones_fast.ukbc");
  std::string updates;  // in one file: QEMU has room for few
  for (std::size_t n = 1; n <= 24; ++n) {
    std::string bad = good;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t at = (n * 7919 + 31 * k * n) % bad.size();
      bad[at] = static_cast<char>(bad[at] ^ (1 << ((n + k) % 8)));
    }
    const fs::path file =
        packed(fmt::format("damaged{}", n), bad, {"--same-answers", "--may-refuse"});
    updates += read_file(file);
  }
  write_atomically(folder_ / "updates", updates);
  EXPECT_EQ(boot("ones.ukbc", update(1, folder_ / "updates")), 0) << serial_;
  EXPECT_TRUE(says(" is refused: ")) << serial_;
  EXPECT_TRUE(says("\n[TEST] reload.requests: pass ")) << serial_;
  EXPECT_TRUE(says("\n[TEST] reload.answers: pass ")) << serial_;
}

}  // namespace
}  // namespace harness
