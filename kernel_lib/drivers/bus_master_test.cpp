#include "drivers/bus_master.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <vector>

namespace kernel {
namespace {

/// A controller at 0:1.1 with its registers at 0xC040, and a drive.
struct Machine {
  std::uint32_t base = 0xC041, type = 0x01018000, command = 1;
  bool error = false, never_done = false, drive_fails = false;
  std::uint8_t bm_command = 0, bm_status = 0;
  std::uint8_t expected_start = 0x09;  // to memory
  std::uint32_t table = 0, polls = 0;
  std::vector<std::uint32_t> commands;  // code, first, count of each
};

struct FakeBus {
  Machine* m;
  std::uint32_t config_read(unsigned device, unsigned function, std::uint8_t reg) {
    if (device != 1 || function != 1) return device == 0 && function == 0 ? 0x12378086 : 0xFFFFFFFF;
    return reg == 0x00 ? 0x70108086 : reg == 0x04 ? m->command : reg == 0x08 ? m->type : m->base;
  }
  void config_write(unsigned device, unsigned function, std::uint8_t reg, std::uint32_t value) {
    EXPECT_EQ(device, 1u);
    EXPECT_EQ(function, 1u);
    EXPECT_EQ(reg, 0x04);
    m->command = value;
  }
  std::uint8_t in8(int port) {
    EXPECT_EQ(port, 0xC042);
    if (m->never_done || ++m->polls < 3) return 0x01;
    return m->error ? 0x02 : 0x04;
  }
  void out8(int port, std::uint8_t value) {
    if (port == 0xC042) {
      EXPECT_EQ(value, 0x06);
      return;
    }
    ASSERT_EQ(port, 0xC040);
    if ((value & 1) && !(m->bm_command & 1)) {
      EXPECT_EQ(value, m->expected_start);
      m->polls = 0;
    }
    m->bm_command = value;
  }
  void out32(int port, std::uint32_t value) {
    EXPECT_EQ(port, 0xC044);
    m->table = value;
  }
  void pause() {}
};

struct FakeDisk {
  Machine* m;
  bool command_ext(std::uint8_t code, std::uint32_t first, std::uint32_t count) {
    m->commands.insert(m->commands.end(), {code, first, count});
    return true;
  }
  [[nodiscard]] bool succeeded() const { return !m->drive_fails; }
};

struct Controller : testing::Test {
  Machine machine;
  FakeDisk disk{&machine};
  BusMaster<FakeBus>& master = make_master();

  /// Its table is aligned to more than `new` gives in a guest.
  BusMaster<FakeBus>& make_master() {
    alignas(BusMaster<FakeBus>) static unsigned char room[sizeof(BusMaster<FakeBus>)];
    return *new (room) BusMaster<FakeBus>(FakeBus{&machine}, 1000);
  }
};

TEST_F(Controller, IsFoundAndSwitchedOn) {
  EXPECT_TRUE(master.find());
  EXPECT_EQ(machine.command, 5u);
}

TEST_F(Controller, AnotherClassOrNoPortsIsNone) {
  machine.type = 0x01060100;  // AHCI
  EXPECT_FALSE(master.find());
  machine.type = 0x01010000;  // IDE with no bus master
  EXPECT_FALSE(master.find());
  machine.type = 0x01018000;
  machine.base = 0x1;  // nobody gave it ports
  EXPECT_FALSE(master.find());
}

TEST_F(Controller, ReadsInCommandsOfAtMost4Megabytes) {
  ASSERT_TRUE(master.find());
  EXPECT_TRUE(master.read(disk, 137, 20000, 0x200000));
  EXPECT_EQ(machine.commands,
            (std::vector<std::uint32_t>{0x25, 137, 8192, 0x25, 8329, 8192, 0x25, 16521, 3616}));
  EXPECT_EQ(machine.bm_command, 0x08);  // stopped
  EXPECT_EQ(machine.table % 1024, 0u);
}

TEST_F(Controller, WritesTheOtherWay) {
  ASSERT_TRUE(master.find());
  machine.expected_start = 0x01;
  EXPECT_TRUE(master.write(disk, 137, 9000, 0x200000));
  EXPECT_EQ(machine.commands, (std::vector<std::uint32_t>{0x35, 137, 8192, 0x35, 8329, 808}));
  EXPECT_EQ(machine.bm_command, 0x00);  // stopped
  machine.drive_fails = true;
  EXPECT_FALSE(master.write(disk, 0, 1, 0x1000));
}

TEST_F(Controller, ErrorsAreFailures) {
  ASSERT_TRUE(master.find());
  machine.error = true;
  EXPECT_FALSE(master.read(disk, 0, 1, 0x1000));
  machine.error = false;
  machine.drive_fails = true;
  EXPECT_FALSE(master.read(disk, 0, 1, 0x1000));
  machine.drive_fails = false;
  machine.never_done = true;
  EXPECT_FALSE(master.read(disk, 0, 1, 0x1000));
}

}  // namespace
}  // namespace kernel
