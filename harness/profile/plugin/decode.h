// As much of the x86 instruction format as a profiler needs: where control goes, and whether an
// instruction can leave the straight line at all. Pure; knows neither QEMU nor an operating mode.
//
// Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, appendix A
// (opcode maps) and section 2.1 (prefixes).
#pragma once

#include <cstddef>
#include <cstdint>

namespace harness::plugin {

enum class Flow {
  none,
  call,           // near: pushes the return address
  ret,            // near: pops it
  jump,           // near, with a target that the instruction names; conditional or not
  indirect_jump,  // near or far, to what only the processor knows; a far return too
  trap_return,    // iret, sysexit, sysret
};

struct Instruction {
  Flow flow = Flow::none;
  bool has_target = false;  // call and jump: `target` is known
  std::uint64_t target = 0;
  bool ends_line = false;  // what stands behind it is not reached by going on
  /// It may fault, trap, touch a device or write code: QEMU may leave the translated block behind
  /// it, or repeat it. True for all that is not known to be harmless.
  bool may_leave = true;
  bool touches_memory = true;         // of what may leave: not known to do without memory
  bool is_repeated = false;           // a string instruction with a repeat prefix: each turn is one
  std::uint8_t accesses_of_turn = 0;  // to memory, that such a turn makes
  bool reads_target = false;          // a near jump through memory
};

/// `bytes`: one instruction of `size` bytes (1 to 15), complete, as a decoder found it at
/// `address`.
Instruction decode(const std::uint8_t* bytes, std::size_t size, std::uint64_t address);

}  // namespace harness::plugin
