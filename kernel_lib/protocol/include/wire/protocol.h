// The wire protocol: what a guest says on its serial port, and how it ends.
//
// This is the only file that both worlds include. The guest's emitter writes these lines
// (kernel_lib/emit), the host's parser reads them (harness/stream), and neither holds a tag, a
// field name, an exit value or a checksum of its own. It needs <stddef.h> and <stdint.h> alone.
//
// A session, one line each ("\n" ends a line; nothing else does):
//
//   [BEGIN] protocol=1 image=tinyllama boot=disk tests=3 metrics=12
//   [TIMING] Init: 1234 cycles
//   [TEST] fibonacci: pass iterations=10 result=55
//   [BENCH] 10000 calls: 80012 cycles (8 cycles/call)
//   [PROFILE] fibonacci: calls=10 total=9000 self=9000 min=890 avg=900 max=950 first=950 cycles
//   [METRIC] profiler.overhead: 24 cycles
//   [MEMORY] heap_used=0 heap_peak=512 heap_largest=262128 heap_total=262144 stack_used=1184
//            stack_total=65536 image=13304 bytes                       (one line on the wire)
//   [JSON] {"profile":[...]}
//   [PHASE] init: 1100 cycles
//   [CODE] load base=0x1C4E040 size=144 tier=t1 name=guest_main
//   [PANIC] exception 14 (page fault): error=0x2 eip=0x100abc cr2=0x0 ... trace=0x100abc,0x100010
//   [END] status=pass lines=14 crc=1A2B3C4D
//   [BOOT] firmware=8062383 boot_sector=108741 cycles crc=5E6F7A8B
//
// Text that starts with no known tag is for people: it is kept and shown, never judged.
// [BEGIN] announces the plan: tests = how many [TEST] lines will follow, metrics = how many
// [TIMING], [BENCH], [PROFILE] and [METRIC] lines together.
// [PHASE] lines are the durations of the parts, one after the other, from the kernel's entry on.
// [CODE] tells of machine code that the guest made (kCode, below); no plan announces it.
// [END] closes it: lines = how many lines stood from [BEGIN] up to the one before [END];
// crc = CRC-32 of every byte from the '[' of [BEGIN] up to, not including, the " crc=" of [END].
// [BOOT] tells what came before the kernel. How long firmware waits for a disk is not the same
// twice, not even under a counted clock, and printing another number takes other instructions: so
// it stands behind all that is measured, on the serial port alone, with a checksum of its own (of
// the line up to " crc="). boot_sector is there where our own boot sector loaded the image. A lost,
// torn or changed byte from [BEGIN] to [END] is therefore a certainty, not a suspicion.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace wire {

inline constexpr unsigned kVersion = 1;

// Line tags. A protocol line starts with one of these at its first byte, followed by one space.
inline constexpr char kBegin[] = "[BEGIN]";
inline constexpr char kTest[] = "[TEST]";
inline constexpr char kTiming[] = "[TIMING]";
inline constexpr char kBench[] = "[BENCH]";
inline constexpr char kProfile[] = "[PROFILE]";
inline constexpr char kMetric[] = "[METRIC]";
inline constexpr char kMemory[] = "[MEMORY]";
inline constexpr char kPhase[] = "[PHASE]";
inline constexpr char kBoot[] = "[BOOT]";
inline constexpr char kJson[] = "[JSON]";
inline constexpr char kCode[] = "[CODE]";
inline constexpr char kPanic[] = "[PANIC]";
inline constexpr char kEnd[] = "[END]";

// Field names, written as name=value with a decimal value unless said otherwise.
namespace field {
inline constexpr char protocol[] = "protocol";  // kVersion
inline constexpr char image[] = "image";        // [BEGIN]: name of the app; [MEMORY]: bytes loaded
inline constexpr char boot[] = "boot";          // boot_path_name()
inline constexpr char tests[] = "tests";
inline constexpr char metrics[] = "metrics";
inline constexpr char iterations[] = "iterations";
inline constexpr char result[] = "result";
inline constexpr char calls[] = "calls";
inline constexpr char total[] = "total";
inline constexpr char self[] = "self";
inline constexpr char min[] = "min";
inline constexpr char avg[] = "avg";
inline constexpr char max[] = "max";
inline constexpr char first[] = "first";  // the first call, which waits for caches and translators
inline constexpr char heap_used[] = "heap_used";
inline constexpr char heap_peak[] = "heap_peak";
inline constexpr char heap_largest[] = "heap_largest";
inline constexpr char heap_total[] = "heap_total";
inline constexpr char stack_used[] = "stack_used";
inline constexpr char stack_total[] = "stack_total";
inline constexpr char status[] = "status";  // status_name()
inline constexpr char lines[] = "lines";
inline constexpr char firmware[] = "firmware";        // reset to the boot sector, or the kernel
inline constexpr char boot_sector[] = "boot_sector";  // its start to the kernel's
inline constexpr char base[] = "base";  // [CODE]: an address, "0x" and upper-case hexadecimal
inline constexpr char size[] = "size";  // in bytes
inline constexpr char to[] = "to";      // an address
inline constexpr char tier[] = "tier";  // the compiler that made it, in a word
inline constexpr char name[] = "name";  // of the function, by code_name(); the last field
inline constexpr char crc[] = "crc";    // 8 upper-case hexadecimal digits, always the last field
}  // namespace field

inline constexpr char kCycles[] = "cycles";  // unit of [TIMING], [BENCH], [PROFILE], [PHASE]
inline constexpr char kCalls[] = "calls";    // "10000 calls:" in [BENCH]
inline constexpr char kCyclesPerCall[] = "cycles/call";  // "(8 cycles/call)" in [BENCH]
inline constexpr char kBytes[] = "bytes";                // unit of [MEMORY]

// Names of [PHASE], in order of time. kernel_lib says them; an app may add its own.
namespace phase {
inline constexpr char init[] = "init";              // the kernel's first instruction to the app's
inline constexpr char first_test[] = "first test";  // to the first [TEST] line
inline constexpr char rest[] = "rest";              // to the end of the app
}  // namespace phase

// How a test, or the whole session, ended in the guest's own words.
enum class Status : uint8_t { pass, fail, skip };
inline constexpr const char* kStatusNames[] = {"pass", "fail", "skip"};
constexpr const char* status_name(Status status) {
  return kStatusNames[static_cast<uint8_t>(status)];
}

// Code that the guest makes while it runs has no symbols. It may say what it makes:
//
//   [CODE] load base=0x1C4E040 size=144 tier=t1 name=guest_main
//   [CODE] move base=0x1C4E040 to=0x1D00000
//   [CODE] retire base=0x1C4E000 size=65536
//
// load: from now on, [base, base + size) is a function. It lies in no other that was loaded. move:
// the one that begins at `base` has the same bytes at `to`. retire: all functions in [base, base +
// size) are gone, of which there is at least one; none lies there in part. A line stands before the
// code runs that it tells of: who watches the guest reads it then.
//
// They are voluntary, and a reader of protocol=1 that does not know them takes them for text.
inline constexpr char kCodeLoad[] = "load";
inline constexpr char kCodeMove[] = "move";
inline constexpr char kCodeRetire[] = "retire";
inline constexpr size_t kCodeNameBytes = 64;  // of a name as written, at most
inline constexpr size_t kCodeTierBytes = 16;

// A function of a program may have any name. As written, a byte that is not printable ASCII, a
// blank and '%' are "%" and two upper-case hexadecimal digits; what finds no room is cut off.
// Writes at most kCodeNameBytes, without a zero; returns how many. No name at all is "-".
constexpr size_t code_name(const char* name, size_t size, char (&written)[kCodeNameBytes]) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  size_t used = 0;
  for (size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<uint8_t>(name[i]);
    const bool plain = byte > 0x20 && byte < 0x7F && byte != '%';
    if (used + (plain ? 1 : 3) > kCodeNameBytes) break;
    written[used++] = plain ? name[i] : '%';
    if (plain) continue;
    written[used++] = kDigits[byte >> 4];
    written[used++] = kDigits[byte & 15];
  }
  if (used == 0) written[used++] = '-';
  return used;
}

// The way the image was started.
enum class BootPath : uint8_t { disk, multiboot, pvh };
inline constexpr const char* kBootPathNames[] = {"disk", "multiboot", "pvh"};
constexpr const char* boot_path_name(BootPath path) {
  return kBootPathNames[static_cast<uint8_t>(path)];
}

// Values written to isa-debug-exit. QEMU then ends with status (value << 1) | 1. 0 is not used:
// it would give status 1, which QEMU also returns when it cannot start. Values stay below 0x40 so
// that a status is never taken for death by signal (128 and up in a shell).
enum class Exit : uint8_t {
  pass = 0x10,
  fail = 0x11,
  panic = 0x12,
  skip = 0x13,
  boot_no_extensions = 0x20,  // reserved: the loader falls back to CHS instead
  boot_disk_error = 0x21,     // INT 13h failed after all retries
  boot_bad_signature = 0x22,  // what was loaded does not carry kImageSignature
  boot_no_a20 = 0x23,         // the A20 line could not be opened
  boot_no_memory_map = 0x24,  // INT 15h E820 gave nothing
};
inline constexpr uint16_t kDebugExitPort = 0xF4;
constexpr int process_status(Exit value) { return (static_cast<int>(value) << 1) | 1; }
constexpr Exit exit_of(Status status) {
  return status == Status::pass ? Exit::pass : status == Status::skip ? Exit::skip : Exit::fail;
}

// "FLUD": the word that the boot sector looks for at byte 4 of the image it loaded.
inline constexpr uint32_t kImageSignature = 0x464C5544;
// The boot sector loads this many sectors; a larger kernel must not build.
inline constexpr uint32_t kBootSectors = 128;
inline constexpr uint32_t kSectorBytes = 512;

// The screen hold. isa-debug-exit ends QEMU at once and takes the screen with it. Where fw_cfg
// holds a file of this name, the guest waits after its last line, for a bounded number of polls,
// until one byte arrives on the serial port; the harness reads the screen meanwhile.
inline constexpr char kHoldFile[] = "opt/uniharness/hold";

// CRC-32 as in IEEE 802.3 and zlib (reflected polynomial 0xEDB88320), four bits a step: 64 bytes
// of table instead of 1 KB, for the guest's sake.
class Crc32 {
 public:
  constexpr void add(uint8_t byte) {
    state_ ^= byte;
    state_ = (state_ >> 4) ^ kTable[state_ & 15];
    state_ = (state_ >> 4) ^ kTable[state_ & 15];
  }
  constexpr void add(const char* bytes, size_t size) {
    for (size_t i = 0; i < size; ++i) add(static_cast<uint8_t>(bytes[i]));
  }
  constexpr uint32_t value() const { return ~state_; }

 private:
  static constexpr uint32_t kTable[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC,
                                          0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
                                          0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                          0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
  uint32_t state_ = 0xFFFFFFFF;
};

}  // namespace wire
