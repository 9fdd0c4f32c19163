#include "stream/crc.h"

#include <gtest/gtest.h>
#include <wire/protocol.h>

#include <random>
#include <string>

namespace harness {
namespace {

TEST(Crc, TheStandardCheckValueIsRight) {
  EXPECT_EQ(extend_crc(0, "123456789"), 0xCBF43926u);  // of CRC-32/ISO-HDLC
}

TEST(Crc, NothingAddedChangesNothing) {
  const std::uint32_t crc = extend_crc(0, "some bytes");
  EXPECT_EQ(extend_crc(crc, ""), crc);
  EXPECT_EQ(extend_crc(crc, {}), crc) << "a null pointer is not a request to start again";
}

TEST(Crc, AgreesWithTheProtocolForAnyBytesInAnyPieces) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 700; ++size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    wire::Crc32 expected;
    expected.add(bytes.data(), bytes.size());
    const std::size_t cut = random() % (size + 1);
    const std::uint32_t head = extend_crc(0, std::string_view(bytes).substr(0, cut));
    ASSERT_EQ(extend_crc(head, std::string_view(bytes).substr(cut)), expected.value())
        << size << " bytes, cut after " << cut;
  }
}

}  // namespace
}  // namespace harness
