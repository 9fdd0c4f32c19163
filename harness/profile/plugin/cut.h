// Where the instructions of a translation block are counted, so that each is counted once, when it
// has been executed. Pure; knows neither QEMU nor the counters.
//
// QEMU may leave a block at an instruction that touches memory, a device or a privilege:
//   a fault                  the instruction is not executed; it may be tried again later
//   a store into this block  the block is dropped, and the instruction repeated in one of its own
//   a device's memory        the instruction is repeated in a block of its own (under -icount)
// Whether it was executed shows in the next instruction of the block, which is reached only then:
// that is where it is counted, together with the harmless ones behind it.
//
// The last instruction of a block has none behind it. A call and a return are counted when they
// have touched the stack, a jump through memory when it has read where to; what else may leave,
// when it begins, and plugin.cpp tells the second attempt from another turn (turns.h).
//
// QEMU before 8.1 shows an instruction that is not part of the block: one that reaches into the
// next page and is not the first is dropped after the plugin has seen it, with all that was
// attached to it. Nothing may rely on the last instruction near the end of a page.
#pragma once

#include <cstddef>
#include <cstdint>

#include "profile/plugin/code_map.h"
#include "profile/plugin/decode.h"

namespace harness::plugin {

/// One instruction of a translation block.
struct BlockInstruction {
  std::uint64_t address = 0;
  std::uint32_t bytes = 0;
  Instruction what;
  Code code;
};

/// When a piece is counted.
enum class When {
  begun,     // before its instruction `counted_at`
  tried,     // before it as well, but it may be tried again at once, which is the same instruction
  accessed,  // after its instruction `counted_at` has touched memory
};

/// Instructions that are counted together.
struct Cut {
  std::size_t first = 0, size = 0;  // of the block's instructions
  std::size_t counted_at = 0;
  When when = When::begun;
};

/// QEMU's limit for a translation block is 512 instructions.
inline constexpr std::size_t kMostInstructions = 512;

/// Writes the pieces of a block of `size` instructions (at most kMostInstructions) to `cuts`, which
/// has room for as many. Returns how many there are.
std::size_t cut_block(const BlockInstruction* block, std::size_t size, Cut* cuts);

/// How many instructions are counted before instruction `at`, by what is attached to it.
std::uint32_t counted_before(const Cut* cuts, std::size_t count, std::size_t at);

}  // namespace harness::plugin
