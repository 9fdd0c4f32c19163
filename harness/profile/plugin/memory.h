// The memory that the harness and the profiler plugin share while QEMU runs: a file without a name,
// mapped by both. The harness writes the header and the map of the guest's code; the plugin counts
// into it. Nothing is written when QEMU ends, so what was counted is there even if QEMU is killed.
//
// Layout, each part starting at its offset of the header: Header, Range[], functions' counters
// (std::uint64_t[]), Node[], Block[], Range[] of code that the guest makes, bytes of such code,
// where code without names begins (std::uint64_t[]). Functions are numbered: those of the files and
// the regions first, then those that the guest makes, then code without names. All
// sizes are fixed before the boot: this is what bounds the memory of a profile. The file is sparse,
// so that what is not used costs nothing.
#pragma once

#include <cstddef>
#include <cstdint>

namespace harness::plugin {

inline constexpr std::uint64_t kMagic = 0x33'50'52'50'48'4e'55;  // "UNHPRP3"
inline constexpr std::uint32_t kNoFunction = UINT32_MAX;
inline constexpr std::uint32_t kNoNode = UINT32_MAX;

/// What the plugin has done with the memory.
enum class State : std::uint32_t {
  prepared = 0,  // by the harness; the plugin has not seen it
  counting = 1,  // the plugin counts into it
};

// Flags of a Range.
inline constexpr std::uint32_t kEntry = 1;     // the function is entered at `begin`
inline constexpr std::uint32_t kFollowed = 2;  // its calls and returns are followed
inline constexpr std::uint32_t kGuest = 4;     // the guest's own: the firmware has done its work

/// Guest code [begin, end) of one function, by linear address. Ranges are sorted and disjoint.
struct Range {
  std::uint64_t begin, end;
  std::uint32_t function;
  std::uint32_t flags;
};

/// One context: a function, as called from `parent`. Node 0 is the root, which is no function. A
/// parent's index is smaller than its child's.
struct Node {
  std::uint32_t parent, function;
  std::uint32_t first_child, next_sibling;  // kNoNode: none
  std::uint64_t calls;  // entries: by a call, a jump from another function, or a trap
  std::uint64_t self;   // instructions
};

/// A run of instructions that are executed all or none: of these only the first can fail, and it
/// has not (cut.h).
struct Block {
  std::uint64_t begin;  // linear address
  std::uint32_t bytes, instructions;
  std::uint32_t function;
  std::uint32_t code;   // 1 + offset of its bytes in their part; 0: they are not kept
  std::uint64_t count;  // how often it was executed
};

/// QEMU's own count of instructions, and what `Header::total` was at that moment.
struct QemuCount {
  std::uint64_t instructions, total;
  std::uint64_t clock;  // of the guest, in ticks: the instructions and the time it was halted
};

struct Header {
  std::uint64_t magic;
  State state;
  std::uint32_t range_count, function_count, node_capacity, block_capacity;
  // The function of code that no range covers: before the first of kGuest is reached, and after.
  std::uint32_t outside_before, outside_after;
  std::uint32_t node_count, block_count;
  std::uint32_t processors;                  // that were started
  std::uint32_t deepest;                     // most calls open at one time
  std::uint32_t active_node, active_parent;  // the context that counts now; no node: unknown yet
  std::uint64_t calls_left_out;              // deeper than kFrames: counted beside their caller
  std::uint64_t returns_alone;               // that no open call belongs to
  std::uint64_t nodes_left_out;   // entries of contexts without room: counted below the root
  std::uint64_t blocks_left_out;  // blocks without room: in their function's counter and `total`
  std::uint64_t total;            // instructions, counted by itself
  QemuCount latest;               // when QEMU last translated code, or ended
  std::uint32_t qemu_tells;       // 1: `latest` is known; 2: it is that of QEMU's end
  // Code that the guest has made and that is alive: sorted, disjoint. The harness writes them while
  // the plugin waits for its answer, and at no other time.
  std::uint32_t made_count, made_capacity;
  std::uint32_t code_used, code_capacity;  // bytes
  std::uint32_t unanswered;                // 1: an answer did not come, and no more are asked for
  // Code that has no name and is not firmware: as it is first entered, each with a number.
  std::uint32_t first_unnamed, unnamed_count, unnamed_capacity;
  // From the start.
  std::uint64_t ranges_at, functions_at, nodes_at, blocks_at, made_at, code_at, unnamed_at;
  std::uint64_t size;
};

/// Most calls open at one time that the plugin follows.
inline constexpr std::size_t kFrames = 4096;

}  // namespace harness::plugin
