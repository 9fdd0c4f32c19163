// Files with bits turned over and bytes cut out: refused or read, but nothing is broken; the fuzz
// targets say what that means. Long runs are libFuzzer's (ci/fuzz.sh).
#include <gtest/gtest.h>

#include <random>

#include "bitcode/fuzz/targets.h"
#include "bitcode/testing/tools.h"

namespace jit {
namespace {

class Damage : public ::testing::TestWithParam<const char*> {};

TEST_P(Damage, BreaksNothing) {
  const testing::Bytes whole =
      testing::compile(std::string(JIT_TEST_DATA) + "/" + GetParam(), "-O1");
  fuzz::bitcode_target(whole.data(), whole.size());
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    testing::Bytes damaged = whole;
    for (unsigned flips = random() % 4 + 1; flips > 0; --flips) {
      damaged[random() % damaged.size()] ^= static_cast<std::uint8_t>(1U << random() % 8);
    }
    if (round % 4 == 0) damaged.resize(random() % damaged.size());
    fuzz::bitcode_target(damaged.data(), damaged.size());
  }
}

/// The same of the IR: some of what is read is changed before it is verified.
TEST_P(Damage, OfTheIrBreaksNothing) {
  const testing::Bytes whole =
      testing::compile(std::string(JIT_TEST_DATA) + "/" + GetParam(), "-O1");
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    const unsigned changes = random() % 3 + 1;
    testing::Bytes input = {static_cast<std::uint8_t>(changes),
                            static_cast<std::uint8_t>(random())};
    for (unsigned i = 0; i < 8 * changes; ++i) input.push_back(static_cast<std::uint8_t>(random()));
    input.insert(input.end(), whole.begin(), whole.end());
    fuzz::ir_target(input.data(), input.size());
  }
}

INSTANTIATE_TEST_SUITE_P(TestData, Damage,
                         ::testing::Values("integers.c", "globals.cpp", "vectors.cpp", "control.c",
                                           "records.ll"),
                         [](const auto& info) {
                           const std::string name = info.param;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace jit
