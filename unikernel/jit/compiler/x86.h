// Registers, conditions and opcodes of 32-bit x86, as numbers that the processor knows them by:
// Intel SDM volume 2, chapters 2 (formats) and 3 to 5 (instructions).
#pragma once

#include <stdint.h>

namespace jit::x86_32 {

using Register = uint8_t;
constexpr Register eax = 0, ecx = 1, edx = 2, ebx = 3, esp = 4, ebp = 5, esi = 6, edi = 7;
constexpr Register kNoRegister = 0xFF;
constexpr Register xmm6 = 6, xmm7 = 7;

/// al, cl, dl and bl are the low bytes of these; esi, edi, ebp and esp have none.
constexpr bool has_low_byte(Register r) { return r < 4; }

/// In the numbering of Jcc, SETcc and CMOVcc (SDM volume 1, appendix B). The opposite of each is
/// the one with bit 0 exchanged.
enum class Condition : uint8_t {
  overflow = 0,
  no_overflow,
  below,  // carry
  above_equal,
  equal,
  not_equal,
  below_equal,
  above,
  negative,
  not_negative,
  parity,  // unordered, behind ucomiss
  no_parity,
  less,
  greater_equal,
  less_equal,
  greater,
};
constexpr Condition opposite(Condition c) {
  return static_cast<Condition>(static_cast<uint8_t>(c) ^ 1);
}

/// base + index * 2^scale + offset.
struct Memory {
  Register base = kNoRegister;
  Register index = kNoRegister;  // never esp
  uint8_t scale = 0;             // 0 to 3
  int32_t offset = 0;
};

/// What ModRM can name: a register, or a place in memory.
struct Place {
  bool is_memory = false;
  Register reg = kNoRegister;
  Memory memory;
};
constexpr Place in_register(Register r) { return {false, r, {}}; }
constexpr Place in_memory(const Memory& m) { return {true, kNoRegister, m}; }
constexpr Place at_address(uint32_t address) {
  return in_memory({kNoRegister, kNoRegister, 0, static_cast<int32_t>(address)});
}

/// `offset` bytes above where esp points.
constexpr Place at_stack(uint32_t offset) {
  return in_memory({esp, kNoRegister, 0, static_cast<int32_t>(offset)});
}

/// A mandatory prefix (0: none), the escape (0x0F or none) and the opcode, from high to low bytes.
using Code = uint32_t;

/// The eight operations whose opcodes are 8 apart; `r, r/m` is +3, `r/m, r` is +1. As the number
/// behind 0x81 and 0x83 they stand in ModRM.
enum class Alu : uint8_t { add, or_, adc, sbb, and_, sub, xor_, cmp };
constexpr Code alu_to_register(Alu op) { return static_cast<Code>(op) * 8 + 3; }
constexpr Code alu_to_place(Alu op) { return static_cast<Code>(op) * 8 + 1; }

/// The numbers of 0xC1 and 0xD3.
enum class Shift : uint8_t { rol = 0, ror = 1, shl = 4, shr = 5, sar = 7 };

namespace op {
constexpr Code mov_load = 0x8B, mov_store = 0x89, mov_store8 = 0x88, mov_store16 = 0x66'00'89;
constexpr Code lea = 0x8D, test = 0x85, test8_constant = 0xF6, xchg = 0x87;
constexpr Code movzx8 = 0x0F'B6, movzx16 = 0x0F'B7, movsx8 = 0x0F'BE, movsx16 = 0x0F'BF;
constexpr Code imul = 0x0F'AF, bsf = 0x0F'BC, bsr = 0x0F'BD, bt = 0x0F'A3;
constexpr Code cmov = 0x0F'40;  // + condition
constexpr Code setcc = 0x0F'90;
constexpr Code unary = 0xF7;  // 0: test imm, 2: not, 3: neg, 4: mul, 5: imul, 6: div, 7: idiv
constexpr Code shld = 0x0F'A4, shld_cl = 0x0F'A5, shrd = 0x0F'AC, shrd_cl = 0x0F'AD;
// Scalar and packed; those of floats have no prefix where packed.
constexpr Code movss_load = 0xF3'0F'10, movss_store = 0xF3'0F'11;
constexpr Code movsd_load = 0xF2'0F'10, movsd_store = 0xF2'0F'11;
constexpr Code movaps = 0x0F'28, movaps_store = 0x0F'29, movups = 0x0F'10, movups_store = 0x0F'11;
constexpr Code movd_load = 0x66'0F'6E, movd_store = 0x66'0F'7E;
constexpr Code movq_load = 0xF3'0F'7E, movq_store = 0x66'0F'D6;
constexpr Code xorps = 0x0F'57, andps = 0x0F'54, andnps = 0x0F'55, orps = 0x0F'56;
constexpr Code pxor = 0x66'0F'EF, pand = 0x66'0F'DB, por = 0x66'0F'EB, pandn = 0x66'0F'DF;
constexpr Code add_s = 0x0F'58, mul_s = 0x0F'59, sub_s = 0x0F'5C, min_s = 0x0F'5D, div_s = 0x0F'5E,
               max_s = 0x0F'5F, sqrt_s = 0x0F'51;
constexpr Code kScalarSingle = 0xF3'0000, kScalarDouble = 0xF2'0000, kPackedDouble = 0x66'0000;
constexpr Code ucomiss = 0x0F'2E, ucomisd = 0x66'0F'2E;
constexpr Code cvtsi2ss = 0xF3'0F'2A, cvtsi2sd = 0xF2'0F'2A;
constexpr Code cvttss2si = 0xF3'0F'2C, cvttsd2si = 0xF2'0F'2C;
constexpr Code cvtss2sd = 0xF3'0F'5A, cvtsd2ss = 0xF2'0F'5A;
constexpr Code cvtdq2ps = 0x0F'5B, cvtps2dq = 0x66'0F'5B, cvttps2dq = 0xF3'0F'5B;
constexpr Code pshufd = 0x66'0F'70, shufps = 0x0F'C6, punpckldq = 0x66'0F'62,
               punpckhdq = 0x66'0F'6A, punpcklqdq = 0x66'0F'6C, punpcklwd = 0x66'0F'61,
               punpckhwd = 0x66'0F'69, punpcklbw = 0x66'0F'60, punpckhbw = 0x66'0F'68;
constexpr Code pmuludq = 0x66'0F'F4, pmullw = 0x66'0F'D5, pmaddwd = 0x66'0F'F5;
constexpr Code pmulhw = 0x66'0F'E5, pmulhuw = 0x66'0F'E4, psadbw = 0x66'0F'F6;
constexpr Code movmskps = 0x0F'50, pmovmskb = 0x66'0F'D7;
constexpr Code packssdw = 0x66'0F'6B, packsswb = 0x66'0F'63, packuswb = 0x66'0F'67;
constexpr Code pinsrw = 0x66'0F'C4, pextrw = 0x66'0F'C5;
constexpr Code psrl_d = 0x66'0F'72, psrl_w = 0x66'0F'71, psrl_q = 0x66'0F'73;  // by a constant
}  // namespace op

}  // namespace jit::x86_32
