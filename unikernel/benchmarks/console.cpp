// The way of text to the console, up to the device: no system call is on it, on either side.
#include <benchmark/benchmark.h>
#include <kernel/console.h>
#include <kernel/emit.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace {

/// Takes the place of serial port and screen: keeps the last bytes.
class MemorySink final : public kernel::TextSink {
 public:
  void write(const char* bytes, std::size_t size) override {
    if (size > sizeof text_) size = sizeof text_;
    std::memcpy(text_, bytes, size);
    benchmark::ClobberMemory();
  }
  void set_color(kernel::Color) override {}

 private:
  char text_[128] = {};
};

/// A line of 64 bytes, counted and summed as every line of a guest is.
void console_write(benchmark::State& state) {
  static const char kLine[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n";
  MemorySink memory;
  kernel::CountingSink counted(memory);
  kernel::Console console(counted);
  const char* line = kLine;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(line);
    console.text(line, sizeof kLine - 1);
  }
  benchmark::DoNotOptimize(counted.crc());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sizeof kLine - 1));
}
BENCHMARK(console_write);

void formatting(benchmark::State& state, std::uint64_t number) {
  MemorySink memory;
  kernel::Console console(memory);
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(number);
    console.text("n=").decimal(number).text(" x=").hex(number, 8).newline();
  }
}
BENCHMARK_CAPTURE(formatting, one_digit, 7u);
BENCHMARK_CAPTURE(formatting, twenty_digits, 12345678901234567890u);

}  // namespace
