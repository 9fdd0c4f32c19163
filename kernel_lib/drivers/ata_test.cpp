#include "drivers/ata.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace kernel {
namespace {

/// A drive that does what the registers say: sector s is filled with the byte s % 251.
struct FakeDrive {
  bool present = true;
  std::uint32_t bad_sector = UINT32_MAX;  // reading it is an error
  std::uint32_t busy_polls = 0;           // after each command and sector
  bool stuck = false;                     // never stops being busy

  std::uint8_t device = 0, count = 0, low = 0, middle = 0, high = 0;
  std::uint32_t next = 0, left = 0, polls_left = 0;
  std::vector<std::uint32_t> commands = {};  // first sector and number of each

  std::uint8_t status() {
    if (!present) return ata::kNobodyHome;
    if (stuck) return ata::kBusy;
    if (polls_left > 0) {
      --polls_left;
      return ata::kBusy;
    }
    if (left == 0) return 0x50;
    return next == bad_sector ? 0x50 | ata::kError : 0x50 | ata::kDataRequest;
  }
  void start() {
    next = std::uint32_t{low} | std::uint32_t{middle} << 8 | std::uint32_t{high} << 16 |
           (device & 0x0Fu) << 24;
    left = count == 0 ? 256 : count;
    polls_left = busy_polls;
    commands.push_back(next);
    commands.push_back(left);
  }
};

struct FakeBus {
  FakeDrive* drive;
  std::uint8_t read(AtaReg reg) {
    EXPECT_EQ(reg, AtaReg::status);
    return drive->status();
  }
  void write(AtaReg reg, std::uint8_t value) {
    switch (reg) {
      case AtaReg::device:
        drive->device = value;
        EXPECT_EQ(value & 0xF0, 0xE0);
        break;
      case AtaReg::sector_count:
        drive->count = value;
        break;
      case AtaReg::lba_low:
        drive->low = value;
        break;
      case AtaReg::lba_middle:
        drive->middle = value;
        break;
      case AtaReg::lba_high:
        drive->high = value;
        break;
      case AtaReg::command:
        EXPECT_EQ(value, 0x20);
        drive->start();
        break;
      default:
        ADD_FAILURE() << "write to register " << static_cast<int>(reg);
    }
  }
  void read_data(void* to, std::uint32_t words) {
    ASSERT_GT(drive->left, 0u) << "data was read before it was there";
    ASSERT_EQ(words, 128u);
    std::memset(to, static_cast<int>(drive->next % 251), 512);
    ++drive->next;
    --drive->left;
    drive->polls_left = drive->busy_polls;
  }
};

TEST(AtaDisk, ReadsSectorsInCommandsOfAtMost256) {
  FakeDrive drive{.busy_polls = 3};
  AtaDisk disk(FakeBus{&drive});
  static std::uint8_t data[600 * 512];  // more than the heap of a guest
  ASSERT_TRUE(disk.read(0x0ABCDEF, 600, data));
  for (std::uint32_t s = 0; s < 600; ++s) {
    ASSERT_EQ(data[s * 512], (0x0ABCDEF + s) % 251) << s;
    ASSERT_EQ(data[s * 512 + 511], (0x0ABCDEF + s) % 251) << s;
  }
  EXPECT_EQ(drive.commands,
            (std::vector<std::uint32_t>{0x0ABCDEF, 256, 0x0ABCEEF, 256, 0x0ABCFEF, 88}));
}

TEST(AtaDisk, NoSectorsIsNoCommand) {
  FakeDrive drive;
  EXPECT_TRUE(AtaDisk(FakeBus{&drive}).read(5, 0, nullptr));
  EXPECT_TRUE(drive.commands.empty());
}

TEST(AtaDisk, NobodyHomeIsFoundAtOnce) {
  FakeDrive drive{.present = false};
  std::uint8_t sector[512];
  EXPECT_FALSE(AtaDisk(FakeBus{&drive}).read(0, 1, sector));
  EXPECT_TRUE(drive.commands.empty());
}

TEST(AtaDisk, AnErrorOfTheDriveIsAFailure) {
  FakeDrive drive{.bad_sector = 12};
  std::vector<std::uint8_t> data(10 * 512);
  EXPECT_FALSE(AtaDisk(FakeBus{&drive}).read(10, 10, data.data()));
  EXPECT_TRUE(AtaDisk(FakeBus{&drive}).read(13, 10, data.data()));
}

TEST(AtaDisk, ADriveThatStaysBusyIsGivenUp) {
  FakeDrive drive{.stuck = true};
  std::uint8_t sector[512];
  EXPECT_FALSE(AtaDisk(FakeBus{&drive}, 1000).read(0, 1, sector));
}

TEST(AtaDisk, SectorsBeyond28BitsAreRefused) {
  FakeDrive drive;
  std::uint8_t sector[512];
  AtaDisk disk(FakeBus{&drive});
  EXPECT_FALSE(disk.read(1u << 28, 1, sector));
  EXPECT_FALSE(disk.read((1u << 28) - 1, 2, sector));
  EXPECT_TRUE(drive.commands.empty());
  EXPECT_TRUE(disk.read((1u << 28) - 1, 1, sector));
}

TEST(AtaDisk, ExtendedCommandsWriteTheUpperHalvesFirst) {
  struct Writes {
    std::vector<std::pair<AtaReg, int>>* log;
    std::uint8_t read(AtaReg) { return 0x50; }
    void write(AtaReg reg, std::uint8_t value) { log->emplace_back(reg, value); }
    void read_data(void*, std::uint32_t) {}
  };
  std::vector<std::pair<AtaReg, int>> log;
  AtaDisk disk(Writes{&log});
  ASSERT_TRUE(disk.command_ext(0x25, 0xABCDEF12, 0x1234));
  using R = AtaReg;
  EXPECT_EQ(log, (std::vector<std::pair<AtaReg, int>>{{R::device, 0xE0},
                                                      {R::sector_count, 0x12},
                                                      {R::lba_low, 0xAB},
                                                      {R::lba_middle, 0},
                                                      {R::lba_high, 0},
                                                      {R::sector_count, 0x34},
                                                      {R::lba_low, 0x12},
                                                      {R::lba_middle, 0xEF},
                                                      {R::lba_high, 0xCD},
                                                      {R::command, 0x25}}));
  EXPECT_FALSE(disk.command_ext(0x25, 0, 0x10000));
}

}  // namespace
}  // namespace kernel
