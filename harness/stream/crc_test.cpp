#include "stream/crc.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace harness {
namespace {

std::vector<CrcMethod> methods() {
  std::vector<CrcMethod> all = {CrcMethod::tables};
  if (is_available(CrcMethod::multiply)) all.push_back(CrcMethod::multiply);
  return all;
}

TEST(Crc, TheStandardCheckValueIsRight) {
  for (const CrcMethod method : methods()) {
    FastCrc32 crc(method);
    crc.add("123456789");
    EXPECT_EQ(crc.value(), 0xCBF43926u);  // of CRC-32/ISO-HDLC
  }
}

TEST(Crc, AgreesWithTheProtocolForAnyBytesInAnyPieces) {
  std::mt19937 random(1);
  for (const CrcMethod method : methods()) {
    for (int round = 0; round < 400; ++round) {
      std::string bytes(random() % 700, '\0');
      for (char& byte : bytes) byte = static_cast<char>(random());
      wire::Crc32 slow;
      slow.add(bytes.data(), bytes.size());
      FastCrc32 fast(method);
      const std::size_t cut = bytes.empty() ? 0 : random() % bytes.size();
      fast.add(std::string_view(bytes).substr(0, cut));
      fast.add(std::string_view(bytes).substr(cut));
      ASSERT_EQ(fast.value(), slow.value()) << bytes.size() << " bytes, cut after " << cut;
    }
  }
}

TEST(Crc, EveryLengthAroundAStrideIsRight) {
  std::string bytes(300, '\0');
  std::mt19937 random(2);
  for (char& byte : bytes) byte = static_cast<char>(random());
  for (const CrcMethod method : methods()) {
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
      wire::Crc32 slow;
      slow.add(bytes.data(), size);
      FastCrc32 fast(method);
      fast.add(std::string_view(bytes).substr(0, size));
      ASSERT_EQ(fast.value(), slow.value()) << size;
    }
  }
}

}  // namespace
}  // namespace harness
