// Reading and verifying that others interrupt, who use the memory that is free then.
#include <gtest/gtest.h>

#include <cstring>

#include "bitcode/module_reader.h"
#include "bitcode/testing/tools.h"
#include "ir/print.h"

namespace jit {
namespace {

/// Writes over all that an arena has left, each time the work pauses.
struct Others {
  Arena& arena;
  uint32_t pauses = 0;
  Pace pace{[](void* self) { static_cast<Others*>(self)->work(); }, this};

  explicit Others(Arena& shared) : arena(shared) { arena.use(&pace); }
  void work() {
    ++pauses;
    pace.end();
    const Arena::Mark mark = arena.mark();
    const auto left = static_cast<uint32_t>(arena.left());
    std::memset(arena.make<char>(left), 0x5A, left);
    arena.release(mark);
    arena.restore_exhausted(false);
    pace.begin(1, nullptr);
  }
};

std::string text_of(const bitcode::BitcodeFile& file, const Body& body) {
  std::string text;
  const auto write = [](void* to, Text part) {
    *static_cast<std::string*>(to) += testing::string_of(part);
  };
  print_body(file.module, body, Sink{write, &text});
  return text;
}

class PausedReading : public ::testing::TestWithParam<const char*> {};

TEST_P(PausedReading, GivesTheSameBodies) {
  testing::Opened opened(testing::compile(std::string(JIT_TEST_DATA) + "/" + GetParam(), "-O1"));
  ASSERT_EQ(testing::string_of(opened.fault), "");
  std::vector<char> memory(1 << 20), plain_memory(1 << 20);
  const Span<Function> functions = opened.file.module.functions;
  uint32_t pauses = 0;
  for (FunctionId id = 0; id < functions.size; ++id) {
    if (functions[id].body_bit == 0) continue;
    Arena plain(plain_memory.data(), plain_memory.size());
    Body expected;
    ASSERT_FALSE(bitcode::read_verified_body(&opened.file, id, plain, expected));
    const std::string text = text_of(opened.file, expected);
    // A look at the clock comes after 64 steps: with each number of steps before, each place of the
    // work is one where it pauses.
    for (uint32_t before = 0; before < 64; ++before) {
      Arena arena(memory.data(), memory.size());
      Others others(arena);
      others.pace.begin(1, nullptr);
      arena.step(before);
      Body body;
      ASSERT_FALSE(bitcode::read_verified_body(&opened.file, id, arena, body)) << before;
      ASSERT_EQ(text_of(opened.file, body), text) << before;
      pauses += others.pauses;
    }
  }
  EXPECT_GT(pauses, 64U);
}

INSTANTIATE_TEST_SUITE_P(TestData, PausedReading,
                         ::testing::Values("integers.c", "vectors.cpp", "control.c"),
                         [](const auto& info) {
                           const std::string name = info.param;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace jit
