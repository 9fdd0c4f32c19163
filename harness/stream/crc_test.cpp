#include "stream/crc.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace harness {
namespace {

TEST(Crc, TheStandardCheckValueIsRight) {
  FastCrc32 crc;
  crc.add("123456789");
  EXPECT_EQ(crc.value(), 0xCBF43926u);  // of CRC-32/ISO-HDLC
}

TEST(Crc, AgreesWithTheProtocolForAnyBytesInAnyPieces) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::string bytes(random() % 100, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    wire::Crc32 slow;
    slow.add(bytes.data(), bytes.size());
    FastCrc32 fast;
    const std::size_t cut = bytes.empty() ? 0 : random() % bytes.size();
    fast.add(std::string_view(bytes).substr(0, cut));
    fast.add(std::string_view(bytes).substr(cut));
    ASSERT_EQ(fast.value(), slow.value());
  }
}

}  // namespace
}  // namespace harness
