#include "programs/pack.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/sha256.h"
#include "bundle/bundle.h"
#include "programs/memory.h"
#include "programs/program_file.h"

namespace harness {
namespace {

jit::Span<const std::uint8_t> view(const std::string& bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()),
          static_cast<std::uint32_t>(bytes.size())};
}

TEST(Pack, IsReadAsItWasWritten) {
  const std::string bytes =
      pack({{"first.O0", "abc", -1, true}, {"second", std::string(33, 'x'), 7, false, true}});
  std::uint32_t count = 0;
  ASSERT_FALSE(jit::bundle::open(view(bytes), count));
  ASSERT_EQ(count, 2U);
  const jit::bundle::Program first = jit::bundle::program(view(bytes), 0);
  EXPECT_EQ(std::string(first.name.data, first.name.size), "first.O0");
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(first.file.data), first.file.size), "abc");
  EXPECT_EQ(first.argument, -1);
  EXPECT_EQ(first.flags, jit::bundle::kFlagMustPass);
  const jit::bundle::Program second = jit::bundle::program(view(bytes), 1);
  EXPECT_EQ(second.file.size, 33U);
  EXPECT_EQ(second.flags, jit::bundle::kFlagSameAnswers);
}

TEST(Pack, IsToldFromOthersByItsHash) {
  const auto hash_of = [](const std::string& bytes) {
    const std::uint8_t* const hash = jit::bundle::hash(view(bytes));
    return std::string(reinterpret_cast<const char*>(hash), jit::bundle::kHashBytes);
  };
  const std::string one = pack({{"a", "abc", 1, false}}), same = pack({{"a", "abc", 1, false}});
  EXPECT_EQ(hash_of(one), sha256_bytes_of(std::string_view(one).substr(jit::bundle::kHeadBytes)));
  EXPECT_EQ(hash_of(one), hash_of(same));
  EXPECT_NE(hash_of(one), hash_of(pack({{"a", "abd", 1, false}})));
  EXPECT_NE(hash_of(one), hash_of(pack({{"a", "abc", 2, false}})));
}

TEST(Pack, RefusesNamesThatTheGuestCouldNotSay) {
  EXPECT_THROW(pack({{"", "a"}}), UsageError);
  EXPECT_THROW(pack({{"a b", "a"}}), UsageError);
  EXPECT_THROW(pack({{"a\n[TEST] b", "a"}}), UsageError);
  EXPECT_THROW(pack({{std::string(48, 'a'), "a"}}), UsageError);
  EXPECT_NO_THROW(pack({{std::string(47, 'a'), "a"}}));
  EXPECT_THROW(pack({{"a", "1"}, {"a", "2"}}), UsageError);
}

TEST(Room, OfLargeFilesIsNoLessThanThatOfSmallOnes) {
  const std::string file(60u << 20, '\0');
  EXPECT_EQ(room_for(file), (60u << 20) * 20 + (1u << 20));
  EXPECT_EQ(room_for(file, 4), 1u << 31);
  EXPECT_EQ(room_for("", 4), 4u << 20);
  EXPECT_THROW(room_for(std::string((64u << 20) + 1, '\0')), Error);
}

TEST(ProgramFile, SaysWhatItIsNot) {
  EXPECT_NE(verify_program("no bitcode at all").fault, "");
  EXPECT_NE(verify_program("").fault, "");
  EXPECT_THROW(dump_program("\x7f"
                            "ELF",
                            ""),
               Error);
  const jit::ProgramResult result = run_program_file("BC\xC0\xDE", {}, [](std::string_view) {});
  EXPECT_TRUE(result.refused);
  EXPECT_FALSE(result.ended());
  EXPECT_NE(fault_text(result.fault), "");
}

}  // namespace
}  // namespace harness
