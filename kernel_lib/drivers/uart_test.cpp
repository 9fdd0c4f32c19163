#include "drivers/uart.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kernel {
namespace {

// A 16550 that records what is written, and can be absent, lack a FIFO, or stop sending.
struct FakeChip {
  bool present = true, has_fifo = true, stuck = false;
  std::vector<std::pair<UartReg, std::uint8_t>> writes;
  std::string sent;
  std::uint8_t scratch = 0, line_control = 0, fifo_control = 0, received = 0;
  unsigned in_fifo = 0, most_in_fifo = 0;
  unsigned polls = 0;

  std::uint8_t read(UartReg reg) {
    if (!present) return uart::kNobodyHome;
    switch (reg) {
      case UartReg::scratch:
        return scratch;
      case UartReg::interrupt_identification:
        return has_fifo && (fifo_control & uart::kFifoEnable) ? uart::kFifoWorks | 1 : 1;
      case UartReg::line_status:
        ++polls;
        if (stuck) return 0;
        in_fifo = 0;
        return static_cast<std::uint8_t>(uart::kFifoEmpty | uart::kAllSent | received);
      default:
        return 0;
    }
  }
  void write(UartReg reg, std::uint8_t value) {
    writes.emplace_back(reg, value);
    if (!present) return;
    if (reg == UartReg::scratch) scratch = value;
    if (reg == UartReg::line_control) line_control = value;
    if (reg == UartReg::fifo_control) fifo_control = value;
    if (reg == UartReg::data && !(line_control & uart::kDivisorLatch)) {
      sent += static_cast<char>(value);
      most_in_fifo = std::max(most_in_fifo, ++in_fifo);
    }
  }
};

struct FakeBus {
  FakeChip* chip;
  std::uint8_t read(UartReg reg) { return chip->read(reg); }
  void write(UartReg reg, std::uint8_t value) { chip->write(reg, value); }
};

bool wrote(const FakeChip& chip, UartReg reg, std::uint8_t value) {
  return std::find(chip.writes.begin(), chip.writes.end(), std::pair{reg, value}) !=
         chip.writes.end();
}

TEST(Uart, StartSets115200Baud8N1WithFifoAndNoInterrupts) {
  FakeChip chip;
  Uart uart(FakeBus{&chip});
  ASSERT_TRUE(uart.start());

  using enum UartReg;
  const std::vector<std::pair<UartReg, std::uint8_t>> expected = {
      {scratch, 0x5A},      {scratch, 0xA5},   {interrupt_enable, 0},
      {line_control, 0x80}, {divisor_low, 1},  {divisor_high, 0},
      {line_control, 0x03}, {fifo_control, 7}, {modem_control, 3}};
  EXPECT_EQ(chip.writes, expected);
  EXPECT_EQ(chip.sent, "");  // the divisor did not go out as data
}

TEST(Uart, BytesArriveInOrderAndNeverOverfillTheFifo) {
  FakeChip chip;
  Uart uart(FakeBus{&chip});
  uart.start();
  const std::string text(1000, 'x');
  uart.write((text + "end\n").data(), text.size() + 4);
  EXPECT_EQ(chip.sent, text + "end\n");
  EXPECT_EQ(chip.most_in_fifo, uart::kFifoBytes);
}

TEST(Uart, ChipWithoutFifoGetsOneByteATime) {
  FakeChip chip;
  chip.has_fifo = false;
  Uart uart(FakeBus{&chip});
  uart.start();
  uart.write("slow", 4);
  EXPECT_EQ(chip.sent, "slow");
  EXPECT_EQ(chip.most_in_fifo, 1u);
}

TEST(Uart, MissingChipIsFoundAndCostsNothingAfterwards) {
  FakeChip chip;
  chip.present = false;
  Uart uart(FakeBus{&chip});
  EXPECT_FALSE(uart.start());
  const std::size_t writes = chip.writes.size();
  uart.write("lost", 4);
  EXPECT_EQ(chip.writes.size(), writes);
  EXPECT_FALSE(wrote(chip, UartReg::line_control, uart::k8N1));
}

TEST(Uart, ChipThatStopsSendingIsGivenUpAfterABoundedWait) {
  FakeChip chip;
  Uart uart(FakeBus{&chip}, 1000);
  uart.start();
  chip.stuck = true;
  chip.polls = 0;
  uart.write("a", 1);
  EXPECT_EQ(chip.polls, 1000u);
  EXPECT_FALSE(uart.alive());
  uart.write("b", 1);
  EXPECT_EQ(chip.polls, 1000u);
  EXPECT_EQ(chip.sent, "");
}

TEST(Uart, PollEndsWhenTheBitIsSetAndAfterTheLimitWhereItIsNot) {
  FakeChip chip;
  FakeBus bus{&chip};
  EXPECT_FALSE(uart::poll(bus, uart::kReceived, 100));
  EXPECT_EQ(chip.polls, 100u);
  chip.received = uart::kReceived;
  EXPECT_TRUE(uart::poll(bus, uart::kReceived, 100));
  EXPECT_EQ(chip.polls, 101u);
}

TEST(Uart, PollDoesNotWaitForAMissingChip) {
  FakeChip chip;
  chip.present = false;
  FakeBus bus{&chip};
  EXPECT_TRUE(uart::poll(bus, uart::kReceived, 100));
}

}  // namespace
}  // namespace kernel
