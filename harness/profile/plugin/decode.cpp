#include "profile/plugin/decode.h"

namespace harness::plugin {
namespace {

/// An instruction without its prefixes.
struct Body {
  const std::uint8_t* at;
  std::size_t size;
  bool locked = false;
  bool repeats = false;
};

bool is_prefix(std::uint8_t byte) {
  switch (byte) {
    case 0x26:
    case 0x2e:
    case 0x36:
    case 0x3e:
    case 0x64:
    case 0x65:  // segments
    case 0x66:
    case 0x67:  // operand, address size
    case 0xf0:
    case 0xf2:
    case 0xf3:  // lock, repeat
      return true;
    default:
      // REX. In 32-bit code these bytes are whole instructions (inc, dec), so none follows them.
      return byte >= 0x40 && byte <= 0x4f;
  }
}

Body without_prefixes(const std::uint8_t* bytes, std::size_t size) {
  Body body{bytes, size};
  while (body.size > 1 && is_prefix(*body.at)) {
    body.locked = body.locked || *body.at == 0xf0;
    body.repeats = body.repeats || *body.at == 0xf2 || *body.at == 0xf3;
    ++body.at;
    --body.size;
  }
  return body;
}

/// ModRM byte behind an opcode of `opcode_size` bytes: bits 7-6 mod, 5-3 reg. 0 where missing.
std::uint8_t modrm(const Body& body, std::size_t opcode_size) {
  return body.size > opcode_size ? body.at[opcode_size] : 0;
}
bool names_registers_only(const Body& body, std::size_t opcode_size) {
  return body.size > opcode_size && (body.at[opcode_size] >> 6) == 3;
}
unsigned reg_field(const Body& body) { return modrm(body, 1) >> 3 & 7U; }

/// Displacement of a direct branch: the last bytes of it, as many as are behind the opcode.
std::int64_t displacement(const Body& body, std::size_t opcode_size) {
  std::uint64_t value = 0;
  const std::size_t size = body.size - opcode_size;
  for (std::size_t i = 0; i < size && i < 8; ++i) {
    value |= std::uint64_t{body.at[opcode_size + i]} << (8 * i);
  }
  if (size == 0 || size >= 8) return static_cast<std::int64_t>(value);
  const std::uint64_t sign = std::uint64_t{1} << (8 * size - 1);
  return static_cast<std::int64_t>((value ^ sign) - sign);
}

Instruction branch(Flow flow, const Body& body, std::size_t opcode_size, std::uint64_t next) {
  Instruction result;
  result.flow = flow;
  result.has_target = true;
  result.target = next + static_cast<std::uint64_t>(displacement(body, opcode_size));
  // In 32-bit code addresses wrap at 4 GiB; 64-bit code that lies below does not reach beyond.
  if (next <= UINT32_MAX) result.target &= UINT32_MAX;
  return result;
}

Instruction leaving(Flow flow) {
  Instruction result;
  result.flow = flow;
  result.ends_line = true;
  return result;
}

/// One-byte opcodes that only compute in registers and cannot fault.
bool computes(const Body& body) {
  const std::uint8_t op = body.at[0];
  const bool registers = names_registers_only(body, 1);
  if (op < 0x40) {  // add or adc sbb and sub xor cmp, in six forms each
    const unsigned form = op & 7U;
    return form <= 3 ? registers : form <= 5;
  }
  if (op <= 0x4f) return true;                // inc, dec
  if (op >= 0xb0 && op <= 0xbf) return true;  // mov register, immediate
  if (op >= 0x90 && op <= 0x99) return true;  // nop, xchg with eax, cwde, cdq
  switch (op) {
    case 0x69:
    case 0x6b:  // imul with an immediate
    case 0x80:
    case 0x81:
    case 0x83:  // arithmetic with an immediate
    case 0x84:
    case 0x85:
    case 0x86:
    case 0x87:  // test, xchg
    case 0x88:
    case 0x89:
    case 0x8a:
    case 0x8b:  // mov
    case 0xc0:
    case 0xc1:
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:  // shifts
    case 0xc6:
    case 0xc7:  // mov immediate
    case 0xfe:  // inc, dec
      return registers;
    case 0x8d:  // lea reads no memory
    case 0xa8:
    case 0xa9:  // test eax, immediate
      return true;
    case 0xf6:
    case 0xf7:  // test not neg mul imul; div may fault
      return registers && reg_field(body) < 6;
    case 0xff:  // inc, dec
      return registers && reg_field(body) < 2;
    default:
      return false;
  }
}

/// The same for opcodes behind 0x0f.
bool computes_long(const Body& body) {
  if (!names_registers_only(body, 2)) return false;
  const std::uint8_t op = body.at[1];
  if (op >= 0x40 && op <= 0x4f) return true;  // cmov
  if (op >= 0x90 && op <= 0x9f) return true;  // setcc
  switch (op) {
    case 0xa3:
    case 0xab:
    case 0xb3:
    case 0xbb:
    case 0xba:  // bit tests
    case 0xa4:
    case 0xa5:
    case 0xac:
    case 0xad:  // double shifts
    case 0xaf:  // imul
    case 0xb6:
    case 0xb7:
    case 0xbe:
    case 0xbf:  // movzx, movsx
      return true;
    default:
      return false;
  }
}

/// ins, outs, movs, cmps, stos, lods, scas.
bool is_string(std::uint8_t op) {
  return (op >= 0x6c && op <= 0x6f) || (op >= 0xa4 && op <= 0xa7) || (op >= 0xaa && op <= 0xaf);
}

/// How often a turn of a string instruction touches memory: twice in movs and cmps.
std::uint8_t accesses_of_turn(std::uint8_t op) { return op >= 0xa4 && op <= 0xa7 ? 2 : 1; }

/// Of the one-byte opcodes that may leave, those without memory: in, out, int3, int, hlt, cli, sti.
bool does_without_memory(std::uint8_t op) {
  return (op >= 0xe4 && op <= 0xe7) || (op >= 0xec && op <= 0xef) || op == 0xcc || op == 0xcd ||
         op == 0xf4 || op == 0xfa || op == 0xfb;
}

Instruction decode_long(const Body& body, std::uint64_t next) {
  const std::uint8_t op = body.size > 1 ? body.at[1] : 0;
  if (op >= 0x80 && op <= 0x8f) return branch(Flow::jump, body, 2, next);  // jcc
  if (op == 0x35 || op == 0x07) return leaving(Flow::trap_return);         // sysexit, sysret
  Instruction result;
  result.may_leave = body.locked || !computes_long(body);
  const bool only_registers = op == 0x31 || op == 0xa2;  // rdtsc, cpuid
  result.touches_memory = result.may_leave && !only_registers;
  return result;
}

Instruction decode_group_ff(const Body& body) {
  switch (reg_field(body)) {
    case 2: {
      Instruction call;
      call.flow = Flow::call;
      return call;
    }
    case 4:
    case 5: {  // jmp near, jmp far
      Instruction jump = leaving(Flow::indirect_jump);
      jump.reads_target = reg_field(body) == 4 && !names_registers_only(body, 1);
      return jump;
    }
    default: {
      Instruction result;
      result.may_leave = body.locked || !computes(body);
      return result;
    }
  }
}

}  // namespace

Instruction decode(const std::uint8_t* bytes, std::size_t size, std::uint64_t address) {
  if (size == 0) return {};
  const Body body = without_prefixes(bytes, size);
  const std::uint64_t next = address + size;
  const std::uint8_t op = body.at[0];
  if (op == 0x0f) return decode_long(body, next);
  if (op == 0xff) return decode_group_ff(body);
  if (op == 0xe8) return branch(Flow::call, body, 1, next);
  if ((op >= 0x70 && op <= 0x7f) || (op >= 0xe0 && op <= 0xe3)) {  // jcc, loop, jecxz
    return branch(Flow::jump, body, 1, next);
  }
  if (op == 0xe9 || op == 0xeb) {
    Instruction jump = branch(Flow::jump, body, 1, next);
    jump.ends_line = true;
    return jump;
  }
  if (op == 0xc2 || op == 0xc3) return leaving(Flow::ret);
  if (op == 0xcf) return leaving(Flow::trap_return);
  if (op == 0xea || op == 0xca || op == 0xcb) return leaving(Flow::indirect_jump);  // far
  Instruction result;
  result.may_leave = body.locked || !computes(body);
  result.touches_memory = result.may_leave && !does_without_memory(op);
  result.is_repeated = body.repeats && is_string(op);
  if (result.is_repeated) result.accesses_of_turn = accesses_of_turn(op);
  return result;
}

}  // namespace harness::plugin
