// Writing and flushing, on a drive that keeps what it is given.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "drivers/ata.h"

namespace kernel {
namespace {

struct WritableDrive {
  bool present = true;
  bool stuck = false;  // never stops being busy
  bool flush_fails = false;
  std::uint32_t bad_sector = UINT32_MAX;  // the drive takes its data, and then reports an error
  std::uint32_t busy_polls = 0;           // after each command and sector

  std::uint8_t device = 0, count = 0, low = 0, middle = 0, high = 0;
  std::uint32_t next = 0, left = 0, polls_left = 0, pauses = 0;
  bool error = false;
  std::vector<std::uint8_t> codes = {};
  std::vector<std::pair<std::uint32_t, std::uint8_t>> written = {};  // sector, its first byte

  std::uint8_t status() {
    if (!present) return ata::kNobodyHome;
    if (stuck) return ata::kBusy;
    if (polls_left > 0) {
      --polls_left;
      return ata::kBusy;
    }
    if (error) return 0x50 | ata::kError;
    return left > 0 ? 0x50 | ata::kDataRequest : 0x50;
  }
  void command(std::uint8_t code) {
    codes.push_back(code);
    polls_left = busy_polls;
    error = code == ata::kFlushCache && flush_fails;
    if (code != ata::kWriteSectors) return;
    next = std::uint32_t{low} | std::uint32_t{middle} << 8 | std::uint32_t{high} << 16 |
           (device & 0x0Fu) << 24;
    left = count == 0 ? 256 : count;
  }
  void take(const void* from) {
    std::uint8_t first = 0;
    std::memcpy(&first, from, 1);
    written.emplace_back(next, first);
    error = next == bad_sector;
    left = error ? 0 : left - 1;
    ++next;
    polls_left = busy_polls;
  }
};

struct WritableBus {
  WritableDrive* drive;
  std::uint8_t read(AtaReg) { return drive->status(); }
  void write(AtaReg reg, std::uint8_t value) {
    switch (reg) {
      case AtaReg::device:
        drive->device = value;
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
        drive->command(value);
        break;
      default:
        ADD_FAILURE() << "write to register " << static_cast<int>(reg);
    }
  }
  void read_data(void*, std::uint32_t) { ADD_FAILURE() << "nothing is read"; }
  void write_data(const void* from, std::uint32_t words) {
    ASSERT_EQ(words, 128u);
    ASSERT_GT(drive->left, 0u) << "data was written before the drive asked for it";
    drive->take(from);
  }
  void pause() { ++drive->pauses; }
};

TEST(AtaDiskWrite, SectorsGoOutInCommandsOfAtMost256) {
  WritableDrive drive{.busy_polls = 2};
  AtaDisk disk(WritableBus{&drive});
  static std::uint8_t data[300 * 512];  // more than the heap of a guest
  for (std::uint32_t s = 0; s < 300; ++s) data[s * 512] = static_cast<std::uint8_t>(s % 251);
  ASSERT_TRUE(disk.write(0x0ABCDEF, 300, data));
  ASSERT_EQ(drive.written.size(), 300u);
  for (std::uint32_t s = 0; s < 300; ++s) {
    ASSERT_EQ(drive.written[s].first, 0x0ABCDEF + s);
    ASSERT_EQ(drive.written[s].second, s % 251);
  }
  EXPECT_EQ(drive.codes, (std::vector<std::uint8_t>{0x30, 0x30}));
  EXPECT_GT(drive.pauses, 0u) << "while it waits, others may run";
}

TEST(AtaDiskWrite, AnErrorInTheLastSectorIsAFailure) {
  WritableDrive drive{.bad_sector = 11};
  std::uint8_t data[2 * 512] = {};
  EXPECT_FALSE(AtaDisk(WritableBus{&drive}).write(10, 2, data));
  EXPECT_TRUE(AtaDisk(WritableBus{&drive}).write(12, 2, data));
}

TEST(AtaDiskWrite, AnErrorInTheMiddleIsAFailure) {
  WritableDrive drive{.bad_sector = 10};
  std::uint8_t data[3 * 512] = {};
  EXPECT_FALSE(AtaDisk(WritableBus{&drive}).write(9, 3, data));
  EXPECT_EQ(drive.written.size(), 2u);
}

TEST(AtaDiskWrite, NothingIsSentBeyond28BitsOrWhereNobodyIsHome) {
  WritableDrive drive;
  std::uint8_t data[512] = {};
  EXPECT_FALSE(AtaDisk(WritableBus{&drive}).write(1u << 28, 1, data));
  drive.present = false;
  EXPECT_FALSE(AtaDisk(WritableBus{&drive}).write(0, 1, data));
  EXPECT_TRUE(drive.codes.empty());
}

TEST(AtaDiskFlush, IsACommandThatIsWaitedFor) {
  WritableDrive drive{.busy_polls = 5};
  EXPECT_TRUE(AtaDisk(WritableBus{&drive}).flush());
  EXPECT_EQ(drive.codes, (std::vector<std::uint8_t>{0xE7}));
  EXPECT_EQ(drive.polls_left, 0u);
}

TEST(AtaDiskFlush, AnErrorOrADriveThatStaysBusyIsAFailure) {
  WritableDrive failing{.flush_fails = true};
  EXPECT_FALSE(AtaDisk(WritableBus{&failing}).flush());
  WritableDrive stuck{.stuck = true};
  EXPECT_FALSE(AtaDisk(WritableBus{&stuck}, 1000).flush());
  WritableDrive absent{.present = false};
  EXPECT_FALSE(AtaDisk(WritableBus{&absent}).flush());
}

}  // namespace
}  // namespace kernel
