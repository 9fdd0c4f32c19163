#include "bundle/bundle.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace jit::bundle {
namespace {

void put(std::vector<uint8_t>& bytes, uint32_t value) {
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

std::vector<uint8_t> one_program(uint32_t offset = 112, uint32_t size = 4, char last_of_name = 0) {
  std::vector<uint8_t> bytes(kMagic, kMagic + kMagicBytes);
  put(bytes, 1);
  put(bytes, 0);
  for (uint32_t i = 0; i < kHashBytes; ++i) bytes.push_back(static_cast<uint8_t>(i));
  std::string name = "crc32";
  name.resize(kNameBytes);
  name.back() = last_of_name;
  bytes.insert(bytes.end(), name.begin(), name.end());
  put(bytes, offset);
  put(bytes, size);
  put(bytes, static_cast<uint32_t>(-7));
  put(bytes, kFlagMustPass);
  put(bytes, 0xDEC04342);  // "BC\xC0\xDE"
  return bytes;
}

Span<const uint8_t> view(const std::vector<uint8_t>& bytes) {
  return {bytes.data(), static_cast<uint32_t>(bytes.size())};
}

std::string fault_of(const std::vector<uint8_t>& bytes) {
  uint32_t count = 1;
  const Fault fault = open(view(bytes), count);
  EXPECT_EQ(count == 0, static_cast<bool>(fault));
  const Text text = fault.what.text();
  return {text.data, text.size};
}

TEST(Bundle, GivesWhatWasPacked) {
  const std::vector<uint8_t> bytes = one_program();
  uint32_t count = 0;
  ASSERT_FALSE(open(view(bytes), count));
  ASSERT_EQ(count, 1U);
  const Program got = program(view(bytes), 0);
  EXPECT_TRUE(got.name == Text("crc32"));
  EXPECT_EQ(got.file.size, 4U);
  EXPECT_EQ(got.file[0], 0x42);
  EXPECT_EQ(got.argument, -7);
  EXPECT_EQ(got.flags, kFlagMustPass);
  EXPECT_EQ(hash(view(bytes))[0], 0);
  EXPECT_EQ(hash(view(bytes))[31], 31);
}

TEST(Bundle, RefusesOtherFiles) {
  EXPECT_NE(fault_of({}).find("no bundle"), std::string::npos);
  std::vector<uint8_t> other = one_program();
  other[7] = '1';
  EXPECT_NE(fault_of(other).find("no bundle"), std::string::npos);
}

TEST(Bundle, RefusesEntriesOutsideOfTheFile) {
  EXPECT_NE(fault_of(one_program(128)).find("program 0"), std::string::npos);
  EXPECT_NE(fault_of(one_program(112, 5)).find("program 0"), std::string::npos);
  EXPECT_NE(fault_of(one_program(112, ~0U)).find("program 0"), std::string::npos);
  EXPECT_NE(fault_of(one_program(113, 1)).find("multiple of 16"), std::string::npos);
  EXPECT_NE(fault_of(one_program(112, 4, 'x')).find("without an end"), std::string::npos);
}

TEST(Bundle, RefusesEveryCut) {
  const std::vector<uint8_t> whole = one_program();
  for (size_t cut = 0; cut < whole.size(); ++cut) {
    EXPECT_NE(fault_of({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut)}), "")
        << cut;
  }
}

}  // namespace
}  // namespace jit::bundle
