#include "profile/code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/folder_testing.h"
#include "profile/elf_symbols.h"
#include "profile/plugin/code_map.h"

namespace harness::profile {
namespace {

namespace fs = std::filesystem;

std::string golden(int width) {
  return std::string(TEST_GUESTS) + "/golden" + std::to_string(width) + ".elf";
}

const plugin::Range* range_of(const GuestCode& code, std::uint64_t address) {
  const auto at = std::ranges::find_if(code.ranges, [&](const plugin::Range& range) {
    return range.begin <= address && address < range.end;
  });
  return at == code.ranges.end() ? nullptr : &*at;
}

const std::string& name_at(const GuestCode& code, std::uint64_t address) {
  static const std::string none = "none";
  const plugin::Range* range = range_of(code, address);
  return range == nullptr ? none : code.functions[range->function].name;
}

TEST(GuestCode, FunctionsOfBothWidthsAreFound) {
  for (const int width : {32, 64}) {
    const GuestCode code = read_code({golden(width)});
    for (const char* name : {"entry", "main", "loop_1000", "measured"}) {
      EXPECT_EQ(std::ranges::count(code.functions, name, &Function::name), 1) << name;
    }
    // "loop_1000.turn" and the like are places inside functions.
    for (const Function& one : code.functions) {
      EXPECT_TRUE(one.is_region || one.name[0] == '[' || one.name.find('.') == one.name.npos)
          << one.name;
    }
  }
}

TEST(GuestCode, RangesAreSortedDisjointAndWhole) {
  const GuestCode code = read_code({golden(32)});
  for (std::size_t i = 1; i < code.ranges.size(); ++i) {
    EXPECT_LE(code.ranges[i - 1].end, code.ranges[i].begin);
  }
  EXPECT_EQ(name_at(code, 0x7c00), "[boot sector]");
  EXPECT_EQ(name_at(code, 0xffff0), "[firmware]");
  EXPECT_EQ(name_at(code, 0xfffffff0), "[firmware]");
  EXPECT_EQ(name_at(code, 0x100000), "[.text]") << "before the first symbol of the section";
  EXPECT_EQ(name_at(code, 0x5000), "none");
}

TEST(GuestCode, WhatHasNoRangeIsFirmwareUntilTheGuestBegins) {
  const GuestCode code = read_code({golden(32)});
  std::vector<std::byte> memory(sizeof(plugin::Header) +
                                code.ranges.size() * sizeof(plugin::Range));
  auto* header = new (memory.data()) plugin::Header{};
  header->range_count = static_cast<std::uint32_t>(code.ranges.size());
  header->ranges_at = sizeof(plugin::Header);
  header->outside_before = code.firmware;
  header->outside_after = code.outside;
  std::memcpy(memory.data() + header->ranges_at, code.ranges.data(),
              code.ranges.size() * sizeof(plugin::Range));
  plugin::CodeMap map(memory.data());
  EXPECT_EQ(map.look_up(0x1ff0000).function, code.firmware) << "the BIOS moves parts of itself";
  EXPECT_FALSE(map.find(0x1ff0000).is_followed);
  const plugin::Code entry = map.look_up(range_of(code, 0x10000c)->begin);
  EXPECT_TRUE(entry.is_entry && entry.is_followed);
  EXPECT_FALSE(map.find(range_of(code, 0x10000c)->begin + 1).is_entry);
  EXPECT_EQ(map.look_up(0x1ff0000).function, code.outside);
  EXPECT_EQ(map.look_up(0xffff0).function, code.firmware);
}

TEST(GuestCode, OtherFilesAreRefusedByNameWithAWayOut) {
  const TestFolder folder;
  const fs::path text = folder.path / "code";
  std::ofstream(text) << "no ELF file";
  for (const fs::path& file : {text, fs::path("/nowhere/x.elf"), fs::path("/")}) {
    try {
      read_code({file});
      ADD_FAILURE() << file;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(file.string()), std::string::npos);
    }
  }
}

/// A file of the user's may be damaged anywhere: an error or a map, and nothing else.
TEST(GuestCode, DamagedFilesAreReadOrRefused) {
  std::ifstream in(golden(64), std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  const TestFolder folder;
  const fs::path file = folder.path / "damaged.elf";
  std::uint64_t state = 7;
  const auto random = [&state](std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % below;
  };
  int read = 0, refused = 0;
  for (int i = 0; i < 300; ++i) {
    std::string damaged = whole;
    for (std::uint64_t n = 1 + random(8); n > 0; --n) {
      // Headers and symbols stand at the ends.
      const std::uint64_t at = random(2) == 0 ? random(200) : whole.size() - 1 - random(2500);
      damaged[at] = static_cast<char>(random(256));
    }
    if (random(4) == 0) damaged.resize(random(damaged.size()));
    std::ofstream(file, std::ios::binary | std::ios::trunc) << damaged;
    try {
      const GuestCode code = read_code({file});
      ++read;
      for (std::size_t r = 0; r < code.ranges.size(); ++r) {
        ASSERT_LT(code.ranges[r].begin, code.ranges[r].end);
        ASSERT_LT(code.ranges[r].function, code.functions.size());
        if (r > 0) ASSERT_LE(code.ranges[r - 1].end, code.ranges[r].begin);
      }
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(read, 10);
  EXPECT_GT(refused, 10);
}

TEST(ShortName, IsWhatAPersonWouldSay) {
  EXPECT_EQ(short_name("(anonymous namespace)::fibonacci(unsigned int)"), "fibonacci");
  EXPECT_EQ(short_name("kernel::VgaText<kernel::VgaHardware>::put(char)"), "put");
  EXPECT_EQ(short_name("kernel::Heap::largest() const"), "largest");
  EXPECT_EQ(short_name("unsigned long long (anonymous namespace)::time_loop<int>(unsigned int)"),
            "time_loop");
  EXPECT_EQ(short_name("kernel_start"), "kernel_start");
  EXPECT_EQ(short_name("run @0x1010"), "run");
  EXPECT_EQ(short_name("f(int (*)(char))"), "f");
  EXPECT_EQ(brief_name("unsigned long long (anonymous namespace)::loop<int>(unsigned int)"),
            "loop<int>");
  EXPECT_EQ(brief_name("a::operator()(int) const"), "a::operator()(int)");
  EXPECT_EQ(short_name("guest_main [t1]"), "guest_main [t1]");
  EXPECT_EQ(brief_name("guest_main [t1] @0x1c4e040 #2"), "guest_main [t1]");
  EXPECT_EQ(short_name("void ns::f(int) [clone .isra.0]"), "f [clone .isra.0]");
  for (const char* odd : {")", "(", "::", "<>", "a::", ">)", "[.text]", " []", "[] []", " [a] [b]",
                          "operator()", " ", "((("}) {
    EXPECT_FALSE(short_name(odd).empty()) << odd;
  }
  EXPECT_EQ(short_name(""), "");
}

TEST(Demangled, NamesThatAreNotMangledStay) {
  EXPECT_EQ(demangled("_ZN12_GLOBAL__N_19fibonacciEj"),
            "(anonymous namespace)::fibonacci(unsigned int)");
  EXPECT_EQ(demangled("kernel_start"), "kernel_start");
  EXPECT_EQ(demangled("_Znonsense"), "_Znonsense");
  EXPECT_EQ(demangled(""), "");
}

}  // namespace
}  // namespace harness::profile
