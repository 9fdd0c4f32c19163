// A guest that knows nothing of our protocol: it reports and ends in the manner of kvm-unit-tests.
// Words of its command line choose what it does; smp=N and mem=N (in MiB) are tests of what QEMU
// tells of the machine. It takes the place of kernel_start, so that nothing else of ours runs.
#include <kernel/cpu.h>

namespace {

constexpr uint16_t kSerial = 0x3F8, kLineStatus = kSerial + 5;
constexpr uint8_t kCanSend = 1 << 5;
constexpr uint16_t kDebugExit = 0xF4;
// Of the suite: QEMU's status is twice that and one.
enum Code : uint8_t { kPass = 0, kFail = 1, kSkip = 38, kAbort = 63 };
// QEMU's fw_cfg device, for PCs: the selector of what is to be read, and its bytes.
constexpr uint16_t kFwCfgSelector = 0x510, kFwCfgData = 0x511;
constexpr uint16_t kRamSize = 3, kProcessors = 5;

struct Entry {  // what entry.asm leaves
  uint64_t tsc;
  uint32_t path, info, magic;
};

unsigned tests, failures, skips;

void say(const char* text) {
  for (; *text != '\0'; ++text) {
    while ((x86::in8(kLineStatus) & kCanSend) == 0) {
    }
    x86::out8(kSerial, static_cast<uint8_t>(*text));
  }
}
void say(unsigned number) {
  char digits[11] = {};
  char* first = digits + sizeof digits - 1;
  do *--first = static_cast<char>('0' + number % 10);
  while ((number /= 10) != 0);
  say(first);
}

void report(const char* name, bool good) {
  ++tests;
  if (!good) ++failures;
  say(good ? "PASS: " : "FAIL: ");
  say(name);
  say("\n");
}

[[noreturn]] void finish() {
  say("SUMMARY: ");
  say(tests);
  say(" tests");
  if (failures != 0) say(", "), say(failures), say(" unexpected failures");
  if (skips != 0) say(", "), say(skips), say(" skipped");
  say("\n");
  x86::out8(kDebugExit, failures != 0 ? kFail : skips == tests ? kSkip : kPass);
  x86::halt();
}

/// What stands behind `word` on the command line, or nullptr.
const char* behind(const char* line, const char* word) {
  for (; line != nullptr && *line != '\0'; ++line) {
    if (*line != ' ') continue;  // the first word is the file
    const char *a = line + 1, *b = word;
    while (*b != '\0' && *a == *b) ++a, ++b;
    if (*b == '\0') return a;
  }
  return nullptr;
}
unsigned number(const char* text) {
  unsigned value = 0;
  for (; *text >= '0' && *text <= '9'; ++text) {
    value = value * 10 + static_cast<unsigned>(*text - '0');
  }
  return value;
}

uint64_t from_qemu(uint16_t selector, unsigned bytes) {
  uint64_t value = 0;
  x86::out16(kFwCfgSelector, selector);
  for (unsigned i = 0; i < bytes; ++i) {
    value |= uint64_t{x86::in8(kFwCfgData)} << (8 * i);
  }
  return value;
}

const char* command_line(const Entry& entry) {
  constexpr uint32_t kMultiboot = 0x2BADB002, kHasCommandLine = 1 << 2;
  if (entry.magic != kMultiboot) return nullptr;
  const auto* info = reinterpret_cast<const uint32_t*>(entry.info);
  if ((info[0] & kHasCommandLine) == 0) return nullptr;
  return reinterpret_cast<const char*>(info[4]);
}

/// Times as programs print them: some with a fraction, several of one name.
void print_latencies() {
  say("latency ipi: 1.250 us\nlatency ipi: 1.750 us\nlatency ipi: 1.500 us\n");
  say("latency wakeup: 2 ms\nthroughput: 312.5 MB/s\n");
}

}  // namespace

extern "C" [[noreturn]] void kernel_start(const Entry* entry) {
  const char* line = command_line(*entry);
  say("foreign suite\n");
  if (behind(line, "abort") != nullptr) {
    say("ABORT: no such feature\n");
    x86::out8(kDebugExit, kAbort);
    x86::halt();
  }
  if (const char* count = behind(line, "smp=")) {
    report("processors", number(count) == from_qemu(kProcessors, 2));
  }
  if (const char* mebibytes = behind(line, "mem=")) {
    report("memory", uint64_t{number(mebibytes)} << 20 == from_qemu(kRamSize, 8));
  }
  if (behind(line, "latency") != nullptr) print_latencies();
  if (behind(line, "trap") != nullptr) say("expected: panic: trap 14 in the test of traps\n");
  if (behind(line, "panic") != nullptr) say("panic: provoked by the test of panics\n");
  if (behind(line, "skip") != nullptr) ++tests, ++skips, say("SKIP: feature\n");
  if (behind(line, "bad") != nullptr) report("bad", false);
  if (tests == 0 || behind(line, "good") != nullptr) report("good", true);
  if (behind(line, "hang") != nullptr) {
    say("waiting for input\n");
    for (;;) asm volatile("pause");
  }
  finish();
}
