#include "doctor/probe.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>

#include <wire/protocol.h>

namespace harness::doctor {
namespace {

TEST(ProbeGuest, IsAFlatMultibootFileThatEndsWithAPass) {
  const std::string_view guest = probe_guest();
  std::uint32_t header[8];
  ASSERT_GT(guest.size(), sizeof header);
  std::memcpy(header, guest.data(), sizeof header);
  EXPECT_EQ(header[0] + header[1] + header[2], 0u) << "the checksum";
  EXPECT_EQ(header[1], 1u << 16) << "it says where it is loaded";
  EXPECT_EQ(header[3], header[4]) << "from its first byte on";
  EXPECT_EQ(header[7] - header[4], sizeof header) << "and entered behind the header";
  // mov al, pass; out port, al; jmp $
  const std::string last = {'\xB0', static_cast<char>(wire::Exit::pass),
                            '\xE6', static_cast<char>(wire::kDebugExitPort),
                            '\xEB', '\xFE'};
  EXPECT_NE(guest.find(last), guest.npos);
}

}  // namespace
}  // namespace harness::doctor
