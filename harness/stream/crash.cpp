// To add a signature: one row. It must be what the source of that kernel or runtime prints, so far
// to the left of the line as possible, and long enough that no sentence starts with it.
#include "stream/crash.h"
#include "base/text.h"

#include <array>
#include <bit>
#include <cstdint>
#include <iterator>

namespace harness {
namespace {

constexpr auto kStart = CrashAnchor::start;
constexpr auto kEnd = CrashAnchor::end;
constexpr auto kPlace = CrashAnchor::place;

constexpr CrashSignature kSignatures[] = {
    // Linux, and what follows its forms.
    {"linux", kStart, "Kernel panic - not syncing"},
    {"linux", kStart, "BUG: unable to handle "},
    {"linux", kStart, "Unable to handle kernel "},
    {"linux", kStart, "Oops: ", "[#"},
    {"linux", kStart, "Internal error: ", "[#"},
    {"linux", kStart, "invalid opcode: ", "[#"},
    {"linux", kStart, "divide error: ", "[#"},
    {"linux", kStart, "general protection fault: "},
    {"linux", kStart, "general protection fault, "},
    {"linux", kStart, "kernel BUG at "},
    {"linux", kStart, "watchdog: BUG: soft lockup"},
    // BSD, Go, xv6; Rust; Solo5; the C libraries.
    {"panic", kStart, "panic: "},
    {"panic", kStart, "panicked at "},
    {"panic", kStart, "thread '", "' panicked at "},
    {"panic", kStart, "Solo5: ABORT: "},
    {"panic", kStart, "(XEN) ", "Panic on CPU "},
    {"panic", kStart, "(XEN) ", "Xen BUG at "},
    {"assert", kEnd, "' failed.", ": Assertion `"},         // glibc
    {"assert", kStart, "Assertion failed: "},               // musl, BSD
    {"assert", kStart, "assertion \"", "\" failed: file"},  // newlib
    {"assert", kStart, "assertion failed: "},               // Rust
    {"stack", kStart, "*** stack smashing detected ***"},
    {"stack", kStart, "*** buffer overflow detected ***"},
    // The compiler's sanitizers, in programs and in kernels.
    {"sanitizer", kPlace, "runtime error: "},
    {"sanitizer", kStart, "==", "==ERROR: AddressSanitizer"},
    {"sanitizer", kStart, "==", "==ERROR: LeakSanitizer"},
    {"sanitizer", kStart, "==", "==ERROR: UndefinedBehaviorSanitizer"},
    {"sanitizer", kStart, "==", "==WARNING: MemorySanitizer"},
    {"sanitizer", kStart, "WARNING: ThreadSanitizer: "},
    {"sanitizer", kStart, "BUG: KASAN: "},
    {"sanitizer", kStart, "BUG: KMSAN: "},
    {"sanitizer", kStart, "BUG: KCSAN: "},
    {"sanitizer", kStart, "BUG: KFENCE: "},
    {"sanitizer", kStart, "UBSAN: ", " in "},
    // Monitors that tell of a guest's triple fault in the same stream.
    {"triple_fault", kStart, "(XEN) ", "Triple fault - invoking HVM shutdown action"},
    {"triple_fault", kStart, "KVM internal error. Suberror: "},
    {"triple_fault", kStart, "KVM exit reason: ", "KVM_EXIT_SHUTDOWN"},
};

/// Rows as bits: those that a line can bear at all, by its first byte and its form. Most lines are
/// dismissed by these.
using Rows = std::uint64_t;
static_assert(std::size(kSignatures) <= 64);
constexpr char kLastByte = '.';  // of every text at the end of a line

constexpr Rows rows_of(CrashAnchor anchor) {
  Rows rows = 0;
  for (std::size_t i = 0; i < std::size(kSignatures); ++i) {
    if (kSignatures[i].anchor == anchor) rows |= Rows{1} << i;
  }
  return rows;
}
constexpr std::array<Rows, 256> make_rows_by_first_byte() {
  std::array<Rows, 256> rows{};
  for (std::size_t i = 0; i < std::size(kSignatures); ++i) {
    if (kSignatures[i].anchor != kStart) continue;
    rows[static_cast<unsigned char>(kSignatures[i].text[0])] |= Rows{1} << i;
  }
  return rows;
}
constexpr std::array<Rows, 256> kRowsByFirstByte = make_rows_by_first_byte();

/// Without "[    1.234567] " and "[    T1] ", which a Linux log has in front.
std::string_view without_log_prefix(std::string_view line) {
  while (line.starts_with('[')) {
    std::size_t at = 1;
    while (at < line.size() && (line[at] == ' ' || line[at] == '.' || line[at] == 'T' ||
                                line[at] == 'C' || is_digit(line[at]))) {
      ++at;
    }
    if (at + 1 >= line.size() || line[at] != ']') break;
    if (line[at + 1] != ' ' && line[at + 1] != '[') break;
    line.remove_prefix(line[at + 1] == ' ' ? at + 2 : at + 1);
  }
  return line;
}

/// What stands behind "file.c:12:5: "; empty where the first word is no such place.
std::string_view behind_place(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || blank < 2 || line[blank - 1] != ':') return {};
  const char last = line[blank - 2];
  return is_digit(last) ? line.substr(blank + 1) : std::string_view();
}

/// `placed`: what stands behind the place that the line starts with.
bool bears(const CrashSignature& row, std::string_view body, std::string_view placed) {
  switch (row.anchor) {
    case CrashAnchor::start:
      return body.starts_with(row.text) && contains(body.substr(row.text.size()), row.also);
    case CrashAnchor::end:
      return body.ends_with(row.text) && contains(body, row.also);
    case CrashAnchor::place:
      return placed.starts_with(row.text);
  }
  return false;
}

}  // namespace

std::span<const CrashSignature> crash_signatures() { return kSignatures; }

const CrashSignature* find_crash(std::string_view line) {
  const std::string_view body = without_log_prefix(line);
  if (body.empty()) return nullptr;
  const std::string_view placed = behind_place(body);
  Rows rows = kRowsByFirstByte[static_cast<unsigned char>(body[0])];
  if (body.back() == kLastByte) rows |= rows_of(kEnd);
  if (!placed.empty()) rows |= rows_of(kPlace);
  for (; rows != 0; rows &= rows - 1) {
    const CrashSignature& row = kSignatures[std::countr_zero(rows)];
    if (bears(row, body, placed)) return &row;
  }
  return nullptr;
}

}  // namespace harness
