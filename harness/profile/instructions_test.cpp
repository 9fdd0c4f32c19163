// Lines and blocks of a guest whose every instruction was counted by hand (testdata/golden.asm).
#include "profile/instructions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "profile/hot_paths.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

/// As if loop_1000 had been called three times: mov, 3000 turns, ret; and one byte of it, decoded
/// from the wrong place, once.
struct Sample {
  CountedProfile profile;
  std::uint64_t address;
};
Sample sample(int width, bool damaged = false) {
  GuestCode code =
      read_code({std::string(TEST_GUESTS) + "/golden" + std::to_string(width) + ".elf"});
  const auto at = std::ranges::find(code.functions, "loop_1000", &Function::name);
  const auto function = static_cast<std::uint32_t>(at - code.functions.begin());
  const std::uint64_t address = at->address;
  const std::uint32_t dec = width == 64 ? 2 : 1;  // bytes of dec ecx
  Counts counts;
  counts.functions.resize(code.functions.size());
  counts.blocks = {{address, 5 + dec + 2, 3, function, 3},
                   {address + 5, dec + 2, 2, function, 2997},
                   {address + 5 + dec + 2, 1, 1, function, 3}};
  if (damaged) counts.blocks.push_back({address + 1, 1, 1, function, 10});
  counts.contexts = {{}, {0, function, 3, 0}};
  for (const Block& block : counts.blocks) counts.total += block.executed();
  counts.functions[function] = counts.contexts[1].self = counts.total;
  return {make_profile(std::move(code), std::move(counts)), address};
}

class Instructions : public testing::TestWithParam<int> {};

TEST_P(Instructions, OverlappingPiecesAddUpForEachInstruction) {
  const Sample one = sample(GetParam());
  const Listing listing = make_listing(one.profile);
  ASSERT_EQ(listing.instructions.size(), 4u);
  EXPECT_EQ(listing.instructions[0].text, "mov ecx, 0x3e8");
  EXPECT_EQ(listing.instructions[0].count, 3u);
  EXPECT_EQ(listing.instructions[1].text, "dec ecx");
  EXPECT_EQ(listing.instructions[1].count, 3000u);
  EXPECT_EQ(listing.instructions[2].count, 3000u);
  EXPECT_EQ(listing.instructions[3].text, "ret");
  EXPECT_EQ(listing.unread, 0u);
}

TEST_P(Instructions, TheLoopIsTheHotBlockAndTheHotPath) {
  const Sample one = sample(GetParam());
  const Listing listing = make_listing(one.profile);
  const HotBlock hot = hot_blocks(listing).at(0);
  EXPECT_EQ(hot.first, 1u);
  EXPECT_EQ(hot.size, 2u);
  EXPECT_EQ(hot.executed, 6000u);
  const auto paths = find_hot_paths(one.profile, listing, 1000);
  ASSERT_EQ(paths.size(), 1u);
  EXPECT_EQ(paths[0].per_call, 2002u);
  EXPECT_EQ(paths[0].block->executed, 6000u);
  EXPECT_TRUE(find_hot_paths(one.profile, listing, 2002).empty()) << "more than, not as many as";
}

TEST_P(Instructions, LinesAreThoseOfTheSource) {
  const Sample one = sample(GetParam());
  const Listing listing = make_listing(one.profile);
  const auto lines = line_counts(listing);
  ASSERT_EQ(lines.size(), 4u) << "one an instruction, as in assembly";
  std::uint64_t sum = 0;
  for (const LineCount& line : lines) sum += line.executed;
  EXPECT_EQ(sum, 6006u);
  EXPECT_EQ(lines[0].executed, 3000u);
  EXPECT_NE(place_of(listing, lines[0].source, lines[0].line).find("golden.asm:"),
            std::string::npos)
      << place_of(listing, lines[0].source, lines[0].line);
}

TEST_P(Instructions, CallgrindHasTheLinesAndTheSum) {
  const Sample one = sample(GetParam());
  const std::string text = render_callgrind(one.profile, make_listing(one.profile), "golden");
  EXPECT_NE(text.find("golden.asm\nfn=loop_1000\n"), text.npos) << text;
  EXPECT_NE(text.find(" 3000\n"), text.npos) << text;
}

TEST_P(Instructions, WhatTheFileDoesNotShowIsSaidToBeUnread) {
  // The byte 0xe8 is the beginning of a call, and not an instruction of one byte.
  const Sample one = sample(GetParam(), true);
  EXPECT_EQ(make_listing(one.profile).unread, 10u);
}

/// Two functions of the guest's making at one address, one after the other.
TEST_P(Instructions, CodeThatTheGuestMadeIsReadFromTheBytesThatThePluginKept) {
  CountedProfile profile = sample(GetParam()).profile;
  GuestCode code = profile.code;
  Counts counts = profile.counts;
  const auto first = static_cast<std::uint32_t>(code.functions.size());
  code.functions.push_back({"f [t1]", 0x5000, false, 0, "t1"});
  code.functions.push_back({"g [t1]", 0x5000, false, 0, "t1"});
  counts.blocks.push_back({0x5000, 3, 2, first, 4, "\x31\xC0\xC3"});
  counts.blocks.push_back({0x5000, 2, 2, first + 1, 2, "\x90\xC3"});
  counts.blocks.push_back({0x5000, 1, 1, first + 1, 3, ""});  // there was no room for its byte
  counts.functions.resize(first + 2);
  counts.total += 8 + 4 + 3;
  const Listing listing = make_listing(make_profile(std::move(code), std::move(counts)));
  ASSERT_EQ(listing.instructions.size(), 8u);
  EXPECT_EQ(listing.instructions[4].text, "xor eax, eax");
  EXPECT_EQ(listing.instructions[4].count, 4u);
  EXPECT_EQ(listing.instructions[5].text, "ret");
  EXPECT_EQ(listing.instructions[6].text, "nop");
  EXPECT_EQ(listing.instructions[6].function, first + 1);
  EXPECT_EQ(listing.instructions[7].count, 2u);
  EXPECT_EQ(listing.unread, 3u);
}

INSTANTIATE_TEST_SUITE_P(Widths, Instructions, testing::Values(32, 64),
                         [](const auto& info) { return std::to_string(info.param) + "Bit"; });

}  // namespace
}  // namespace harness::profile
