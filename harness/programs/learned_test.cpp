// What a run has learnt, kept and restored: here without running anything. That it does the same in
// the guest, the scenario warm-start shows, and unikernel/jit/testing/runner32.cpp on the corpus.
#include "adaptive/learned.h"

#include <gtest/gtest.h>

#include <optional>

#include "adaptive/adaptive.h"
#include "base/files.h"
#include "program/loaded.h"
#include "programs/memory.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kMemory = 1u << 20, kArena = 16u << 20, kCode = 1u << 20;

/// A program that is ready to run, and adaptive.
struct World {
  explicit World(const std::string& bytes, std::uint32_t low = jit::kFirstAddress)
      : workplace{.module = module.span(),
                  .code = code.span(),
                  .scratch = scratch.span(),
                  .slots = slots.span(),
                  .memory = memory.span().data,
                  .low = low,
                  .high = kMemory,
                  .machine_code = {machine_code.span().data, 0x40'0000, kCode},
                  .machine_data = {machine_data.span().data, 0x60'0000, kCode}},
        loaded(workplace) {
    EXPECT_FALSE(loaded.load(bytes_of(bytes), workplace, {}, output));
    native.emplace(loaded.machine, workplace.machine_code, workplace.machine_data,
                   jit::NativeOptions{});
    const auto note = [](void* context, const jit::Module&, const jit::Native&,
                         const jit::TierChange& change) {
      static_cast<World*>(context)->restored +=
          change.what == jit::TierChange::restored && change.bytes > 0 ? 1 : 0;
    };
    adaptive.emplace(loaded.machine, *native, jit::HotPathOptions{}, nullptr, nullptr,
                     jit::Adaptive::Listener{note, this});
    EXPECT_TRUE(adaptive->start());
  }

  /// Machine code of all functions, as if all were hot.
  std::string learn() {
    const auto& functions = loaded.opened.module.functions;
    for (jit::FunctionId id = 0; id < functions.size; ++id) {
      if (functions[id].body_bit != 0 && native->make(id)) native->publish(id);
    }
    return save();
  }
  [[nodiscard]] std::string save() const {
    std::string saved(1u << 20, '\0');
    saved.resize(adaptive->save(
        {reinterpret_cast<std::uint8_t*>(saved.data()), static_cast<std::uint32_t>(saved.size())}));
    return saved;
  }
  /// Empty, or why not.
  std::string restore(const std::string& saved) {
    jit::Text why;
    const bool good = adaptive->restore(bytes_of(saved), why);
    EXPECT_EQ(good, why.size == 0);
    return string_of(why);
  }

  Memory<char> module{kArena}, code{kArena}, scratch{kArena};
  Memory<std::uint32_t> slots{jit::kMinSlots};
  Memory<std::uint8_t> memory{kMemory}, machine_code{kCode}, machine_data{kCode};
  jit::Workplace workplace;
  jit::Output output;
  jit::Loaded loaded;
  std::optional<jit::Native> native;
  std::optional<jit::Adaptive> adaptive;
  std::uint32_t restored = 0;
};

/// With many functions, and parts that are interpreted in place.
std::string program(const char* name = "vectors_of_odd_sizes.O2.bc") {
  return read_file(fs::path(UNIHARNESS_CORPUS) / "bitcode" / name);
}

TEST(Learned, IsTheSameMachineCodeInAnotherRun) {
  const std::string bytes = program();
  World cold(bytes), warm(bytes);
  const std::string saved = cold.learn();
  ASSERT_GT(saved.size(), 1000U);
  EXPECT_EQ(warm.restore(saved), "");
  ASSERT_GT(warm.restored, 0U);
  std::uint32_t islands = 0;
  for (const jit::Native::Piece& piece : warm.native->pieces()) {
    const auto now = warm.native->code_of(piece), then = cold.native->code_of(piece);
    EXPECT_TRUE(std::equal(now.begin(), now.end(), then.begin())) << piece.id;
    EXPECT_TRUE(warm.native->is_published(piece.id));
    islands += piece.islands;
  }
  EXPECT_GT(islands, 0U) << "the program should have some";
  EXPECT_TRUE(warm.save() == saved) << "what is restored is kept as it was";
}

TEST(Learned, IsRefusedWhereAnythingElseIsAnother) {
  const std::string bytes = program();
  World cold(bytes);
  const std::string saved = cold.learn();
  EXPECT_EQ(World(bytes, jit::kFirstAddress + 4096).restore(saved),
            "it is of another program, or of other memory");
  World other(program("vectors_of_odd_sizes.O0.bc"));
  EXPECT_NE(other.restore(saved), "");
  EXPECT_EQ(other.restored, 0U);
  EXPECT_EQ(World(bytes).restore("UKL0"), "it is nothing that was learnt");
  EXPECT_EQ(World(bytes).restore(""), "it is nothing that was learnt");
  EXPECT_EQ(World(bytes).restore(saved + "    "), "there is more than there should be");
}

TEST(Learned, IsRefusedAsAWholeWhereAPartIsMissing) {
  const std::string bytes = program();
  World cold(bytes), warm(bytes);
  const std::string saved = cold.learn();
  for (std::size_t size = 0; size < saved.size(); size += 4) {
    EXPECT_NE(warm.restore(saved.substr(0, size)), "") << size;
  }
  EXPECT_EQ(warm.restored, 0U);
  EXPECT_EQ(warm.restore(saved), "") << "refusals have left nothing behind";
}

/// The store's checksum would find them: here nothing may break.
TEST(Learned, DamageIsRefusedOrHarmlessToRead) {
  const std::string bytes = program();
  World cold(bytes);
  const std::string saved = cold.learn();
  for (std::size_t at = 0; at < saved.size(); at += 1 + at / 40) {
    for (const char bit : {'\x01', '\x80'}) {
      std::string damaged = saved;
      damaged[at] = static_cast<char>(damaged[at] ^ bit);
      World(bytes).restore(damaged);
    }
  }
}

}  // namespace
}  // namespace harness
