// Every instruction that the Encoder can make, with all registers, places and sizes of constants,
// read again by Capstone: it must be that instruction, of those operands, of that many bytes, and
// the shortest that there is.
#include "compiler/encoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <climits>

#include "compiler/testing/machine_code.h"

namespace jit {
namespace {

using namespace x86_32;
using testing::Bytes;
using testing::decode;
using testing::Decoded;
using testing::Program;

constexpr uint32_t kAddress = 0x0040'0000;

enum class Bank : uint8_t { low8, low16, general, vector };

std::string name(Bank bank, Register r) {
  static constexpr const char* k8[] = {"al", "cl", "dl", "bl", "ah", "ch", "dh", "bh"};
  static constexpr const char* k16[] = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
  static constexpr const char* k32[] = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
  switch (bank) {
    case Bank::low8:
      return k8[r];
    case Bank::low16:
      return k16[r];
    case Bank::general:
      return k32[r];
    case Bank::vector:
      return "xmm" + std::to_string(r);
  }
  return {};
}

std::string hexadecimal(uint32_t value) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%x", value);
  return text;
}

std::string text_of(const Memory& m, uint32_t bytes) {
  std::string inside;
  if (m.base != kNoRegister) inside += name(Bank::general, m.base) + "+";
  if (m.index != kNoRegister) {
    inside += name(Bank::general, m.index) + "*" + std::to_string(1 << m.scale) + "+";
  }
  return std::to_string(bytes) + "[" + inside + hexadecimal(static_cast<uint32_t>(m.offset)) + "]";
}

bool is_byte(int64_t value) { return value >= -128 && value <= 127; }

/// How many bytes its offset takes: Intel SDM volume 2, tables 2-2 and 2-3.
uint32_t offset_bytes(const Memory& m) {
  if (m.base == kNoRegister) return 4;
  if (m.offset == 0 && m.base != ebp) return 0;
  return is_byte(m.offset) ? 1 : 4;
}

/// An index or esp as the base takes a byte behind ModRM.
bool has_sib(const Memory& m) { return m.index != kNoRegister || m.base == esp; }

constexpr Register kRegisters[] = {eax, ecx, edx, ebx, esp, ebp, esi, edi};
constexpr Register kIndices[] = {eax, ecx, edx, ebx, ebp, esi, edi};

/// All shapes of what stands in memory, with all registers.
std::vector<Memory> all_memory(std::initializer_list<int32_t> offsets) {
  std::vector<Memory> all;
  for (const int32_t offset : offsets) {
    all.push_back({kNoRegister, kNoRegister, 0, offset});
    for (const Register base : kRegisters) all.push_back({base, kNoRegister, 0, offset});
    for (const Register index : kIndices) {
      for (uint8_t scale = 0; scale < 4; ++scale) {
        all.push_back({kNoRegister, index, scale, offset});
        for (const Register base : kRegisters) all.push_back({base, index, scale, offset});
      }
    }
  }
  return all;
}

/// One of each shape.
std::vector<Memory> few_memory() {
  return {{kNoRegister, kNoRegister, 0, 0x300008},
          {ecx, kNoRegister, 0, 0},
          {edi, kNoRegister, 0, 127},
          {ebx, kNoRegister, 0, 128},
          {eax, kNoRegister, 0, -128},
          {edx, kNoRegister, 0, -129},
          {esp, kNoRegister, 0, 0},
          {esp, kNoRegister, 0, 8},
          {esp, kNoRegister, 0, 0x1000},
          {ebp, kNoRegister, 0, 0},
          {ebp, kNoRegister, 0, -4},
          {ebp, kNoRegister, 0, 0x1000},
          {kNoRegister, esi, 2, 0x12345678},
          {kNoRegister, ebp, 0, 0},
          {ebp, eax, 3, 0},
          {esp, edi, 1, 4},
          {esi, ebp, 0, 0},
          {edx, ebx, 2, 0x400}};
}

const std::vector<Memory> kAllMemory = all_memory({0, 127, 128, -128, -129});
const std::vector<Memory> kMoreMemory =
    all_memory({1, -1, 126, 129, -127, 255, 256, 0x1234, -0x1234, INT_MAX, INT_MIN});
const std::vector<Memory> kFewMemory = few_memory();

/// What is expected, and how many bytes of it are offset and immediate.
struct Expected {
  std::string text;
  uint32_t size = 0;  // 0: any
  uint32_t offset_bytes = 0;
  uint32_t immediate_bytes = 0;
};

uint64_t checked = 0;

std::string hexadecimal(const Bytes& bytes) {
  std::string text;
  for (const uint8_t b : bytes) text += hexadecimal(b) + " ";
  return text;
}

/// Everything that `emit` gave the Encoder is this one instruction.
template <class Emit>
void expect(const Expected& expected, const Emit& emit) {
  ++checked;
  Program program(1024);
  emit(program.encoder);
  ASSERT_TRUE(program.encoder.good());
  program.encoder.shorten();
  const Bytes bytes = program.finish(kAddress);
  const std::vector<Decoded> all = decode(bytes, kAddress);
  ASSERT_EQ(all.size(), 1U) << expected.text << ": " << hexadecimal(bytes)
                            << (all.empty() ? "" : "begins with " + all[0].text);
  EXPECT_EQ(all[0].text, expected.text) << hexadecimal(bytes);
  EXPECT_EQ(all[0].size, bytes.size()) << expected.text << ": " << hexadecimal(bytes);
  if (expected.size != 0) {
    EXPECT_EQ(bytes.size(), expected.size) << expected.text << ": " << hexadecimal(bytes);
  }
  EXPECT_EQ(all[0].offset_bytes, expected.offset_bytes) << expected.text << hexadecimal(bytes);
  EXPECT_EQ(all[0].immediate_bytes, expected.immediate_bytes)
      << expected.text << ": " << hexadecimal(bytes);
}

uint32_t code_bytes(Code code) { return code > 0xFFFF ? 3 : code > 0xFF ? 2 : 1; }
/// With a prefix and no escape, the middle byte is no byte.
uint32_t opcode_bytes(Code code) {
  return code_bytes(code) - (code > 0xFFFF && (code >> 8 & 0xFF) == 0 ? 1 : 0);
}

struct NamedAlu {
  Alu alu;
  const char* name;
};
constexpr NamedAlu kAlus[] = {{Alu::add, "add"},  {Alu::or_, "or"},   {Alu::adc, "adc"},
                              {Alu::sbb, "sbb"},  {Alu::and_, "and"}, {Alu::sub, "sub"},
                              {Alu::xor_, "xor"}, {Alu::cmp, "cmp"}};

struct NamedCondition {
  Condition condition;
  const char* name;
};
constexpr NamedCondition kConditions[] = {
    {Condition::overflow, "o"},     {Condition::no_overflow, "no"},
    {Condition::below, "b"},        {Condition::above_equal, "ae"},
    {Condition::equal, "e"},        {Condition::not_equal, "ne"},
    {Condition::below_equal, "be"}, {Condition::above, "a"},
    {Condition::negative, "s"},     {Condition::not_negative, "ns"},
    {Condition::parity, "p"},       {Condition::no_parity, "np"},
    {Condition::less, "l"},         {Condition::greater_equal, "ge"},
    {Condition::less_equal, "le"},  {Condition::greater, "g"}};

// ---- instructions by their opcodes

/// How the operands of an opcode are read.
struct Form {
  Code code;
  const char* mnemonic;
  Bank reg;               // of the operand that ModRM names by register
  Bank other;             // of the other one, where it is a register
  uint32_t memory_bytes;  // of the other one, where it is in memory; 0: it never is
  enum : uint8_t { to_register, to_place } direction = to_register;
  enum : uint8_t { nothing, byte, cl } behind = nothing;
  bool never_register = false;
};

constexpr Bank kGeneral = Bank::general, kVector = Bank::vector;

/// Those of x86.h, and those that the generator writes as numbers.
std::vector<Form> all_forms() {
  using namespace op;
  std::vector<Form> all = {
      {mov_load, "mov", kGeneral, kGeneral, 4},
      {mov_store, "mov", kGeneral, kGeneral, 4, Form::to_place},
      {mov_store8, "mov", Bank::low8, Bank::low8, 1, Form::to_place},
      {mov_store16, "mov", Bank::low16, Bank::low16, 2, Form::to_place},
      {lea, "lea", kGeneral, kGeneral, 4, Form::to_register, Form::nothing, true},
      {op::test, "test", kGeneral, kGeneral, 4, Form::to_place},
      {xchg, "xchg", kGeneral, kGeneral, 4, Form::to_place},
      {movzx8, "movzx", kGeneral, Bank::low8, 1},
      {movzx16, "movzx", kGeneral, Bank::low16, 2},
      {movsx8, "movsx", kGeneral, Bank::low8, 1},
      {movsx16, "movsx", kGeneral, Bank::low16, 2},
      {imul, "imul", kGeneral, kGeneral, 4},
      {bsf, "bsf", kGeneral, kGeneral, 4},
      {bsr, "bsr", kGeneral, kGeneral, 4},
      {bt, "bt", kGeneral, kGeneral, 4, Form::to_place},
      {shld, "shld", kGeneral, kGeneral, 4, Form::to_place, Form::byte},
      {shrd, "shrd", kGeneral, kGeneral, 4, Form::to_place, Form::byte},
      {shld_cl, "shld", kGeneral, kGeneral, 4, Form::to_place, Form::cl},
      {shrd_cl, "shrd", kGeneral, kGeneral, 4, Form::to_place, Form::cl},
      {movss_load, "movss", kVector, kVector, 4},
      {movss_store, "movss", kVector, kVector, 4, Form::to_place},
      {movsd_load, "movsd", kVector, kVector, 8},
      {movsd_store, "movsd", kVector, kVector, 8, Form::to_place},
      {movaps, "movaps", kVector, kVector, 16},
      {movaps_store, "movaps", kVector, kVector, 16, Form::to_place},
      {movups, "movups", kVector, kVector, 16},
      {movups_store, "movups", kVector, kVector, 16, Form::to_place},
      {movd_load, "movd", kVector, kGeneral, 4},
      {movd_store, "movd", kVector, kGeneral, 4, Form::to_place},
      {movq_load, "movq", kVector, kVector, 8},
      {movq_store, "movq", kVector, kVector, 8, Form::to_place},
      {ucomiss, "ucomiss", kVector, kVector, 4},
      {ucomisd, "ucomisd", kVector, kVector, 8},
      {cvtsi2ss, "cvtsi2ss", kVector, kGeneral, 4},
      {cvtsi2sd, "cvtsi2sd", kVector, kGeneral, 4},
      {cvttss2si, "cvttss2si", kGeneral, kVector, 4},
      {cvttsd2si, "cvttsd2si", kGeneral, kVector, 8},
      {cvtss2sd, "cvtss2sd", kVector, kVector, 4},
      {cvtsd2ss, "cvtsd2ss", kVector, kVector, 8},
      {pshufd, "pshufd", kVector, kVector, 16, Form::to_register, Form::byte},
      {shufps, "shufps", kVector, kVector, 16, Form::to_register, Form::byte},
      {0x66'0F'C6, "shufpd", kVector, kVector, 16, Form::to_register, Form::byte},
      {pinsrw, "pinsrw", kVector, kGeneral, 2, Form::to_register, Form::byte},
      {pextrw, "pextrw", kGeneral, kVector, 0, Form::to_register, Form::byte},
      {movmskps, "movmskps", kGeneral, kVector, 0},
      {pmovmskb, "pmovmskb", kGeneral, kVector, 0},
      {0x3A, "cmp", Bank::low8, Bank::low8, 1},
      {0x66'00'3B, "cmp", Bank::low16, Bank::low16, 2},
      {0x22, "and", Bank::low8, Bank::low8, 1},
      {0x0A, "or", Bank::low8, Bank::low8, 1},
  };
  struct Named {
    Code code;
    const char* name;
  };
  // Two vectors, the first of which gets the result.
  for (const Named& n : std::initializer_list<Named>{
           {xorps, "xorps"},
           {andps, "andps"},
           {andnps, "andnps"},
           {orps, "orps"},
           {pxor, "pxor"},
           {pand, "pand"},
           {por, "por"},
           {pandn, "pandn"},
           {cvtdq2ps, "cvtdq2ps"},
           {cvtps2dq, "cvtps2dq"},
           {cvttps2dq, "cvttps2dq"},
           {punpckldq, "punpckldq"},
           {punpckhdq, "punpckhdq"},
           {punpcklqdq, "punpcklqdq"},
           {punpcklwd, "punpcklwd"},
           {punpckhwd, "punpckhwd"},
           {punpcklbw, "punpcklbw"},
           {punpckhbw, "punpckhbw"},
           {0x66'0F'6D, "punpckhqdq"},
           {0x66'0F'14, "unpcklpd"},
           {pmuludq, "pmuludq"},
           {pmullw, "pmullw"},
           {pmaddwd, "pmaddwd"},
           {pmulhw, "pmulhw"},
           {pmulhuw, "pmulhuw"},
           {psadbw, "psadbw"},
           {packssdw, "packssdw"},
           {packsswb, "packsswb"},
           {packuswb, "packuswb"},
           {0x66'0F'FC, "paddb"},
           {0x66'0F'FD, "paddw"},
           {0x66'0F'FE, "paddd"},
           {0x66'0F'D4, "paddq"},
           {0x66'0F'F8, "psubb"},
           {0x66'0F'F9, "psubw"},
           {0x66'0F'FA, "psubd"},
           {0x66'0F'FB, "psubq"},
           {0x66'0F'74, "pcmpeqb"},
           {0x66'0F'75, "pcmpeqw"},
           {0x66'0F'76, "pcmpeqd"},
           {0x66'0F'64, "pcmpgtb"},
           {0x66'0F'65, "pcmpgtw"},
           {0x66'0F'66, "pcmpgtd"},
       }) {
    all.push_back({n.code, n.name, kVector, kVector, 16});
  }
  static std::vector<std::string> names;  // lives as long as the forms
  names.clear();
  names.reserve(256);
  const auto kept = [&](const std::string& text) { return names.emplace_back(text).c_str(); };
  for (const Named& n : std::initializer_list<Named>{{add_s, "add"},
                                                     {mul_s, "mul"},
                                                     {sub_s, "sub"},
                                                     {min_s, "min"},
                                                     {div_s, "div"},
                                                     {max_s, "max"},
                                                     {sqrt_s, "sqrt"}}) {
    const std::string stem = n.name;
    all.push_back({n.code, kept(stem + "ps"), kVector, kVector, 16});
    all.push_back({n.code | kPackedDouble, kept(stem + "pd"), kVector, kVector, 16});
    all.push_back({n.code | kScalarSingle, kept(stem + "ss"), kVector, kVector, 4});
    all.push_back({n.code | kScalarDouble, kept(stem + "sd"), kVector, kVector, 8});
  }
  for (const NamedCondition& c : kConditions) {
    all.push_back({cmov + static_cast<uint32_t>(c.condition), kept(std::string("cmov") + c.name),
                   kGeneral, kGeneral, 4});
  }
  for (const NamedAlu& a : kAlus) {
    const Code to_register = alu_to_register(a.alu);
    const Code to_place = alu_to_place(a.alu);
    all.push_back({to_register, a.name, kGeneral, kGeneral, 4});
    all.push_back({to_place, a.name, kGeneral, kGeneral, 4, Form::to_place});
    // Of one byte and of two: so that Generator::update() makes them.
    all.push_back({to_place - 1, a.name, Bank::low8, Bank::low8, 1, Form::to_place});
    all.push_back({0x66'0000U | to_place, a.name, Bank::low16, Bank::low16, 2, Form::to_place});
  }
  return all;
}

void expect_form(const Form& form, Register reg, const Place& place, uint8_t byte) {
  const std::string other =
      place.is_memory ? text_of(place.memory, form.memory_bytes) : name(form.other, place.reg);
  const std::string r = name(form.reg, reg);
  Expected expected;
  expected.text = std::string(form.mnemonic) + " " +
                  (form.direction == Form::to_place ? other + ", " + r : r + ", " + other);
  expected.size = opcode_bytes(form.code) + 1;
  if (place.is_memory) {
    expected.offset_bytes = offset_bytes(place.memory);
    expected.size += expected.offset_bytes + (has_sib(place.memory) ? 1U : 0U);
  }
  if (form.behind == Form::byte) {
    expected.text += ", " + hexadecimal(byte);
    expected.immediate_bytes = 1;
    ++expected.size;
  }
  if (form.behind == Form::cl) expected.text += ", cl";
  expect(expected, [&](Encoder& encoder) {
    if (form.behind == Form::byte) {
      encoder.op_byte(form.code, reg, place, byte);
    } else {
      encoder.op(form.code, reg, place);
    }
  });
}

TEST(Encoder, MakesAllInstructionsOfTwoRegisters) {
  for (const Form& form : all_forms()) {
    if (form.never_register) continue;
    for (const Register reg : kRegisters) {
      for (const Register other : kRegisters) {
        expect_form(form, reg, in_register(other), static_cast<uint8_t>(reg * 37 + other));
      }
    }
  }
  EXPECT_GT(checked, 8'000U);
}

TEST(Encoder, MakesAllInstructionsWithAllShapesOfMemory) {
  // One encoding of places serves all instructions: each of them has a seventh of the places, and
  // each place is with a seventh of the instructions, and with each register in turn.
  uint32_t turn = 0;
  for (const Form& form : all_forms()) {
    if (form.memory_bytes == 0) continue;
    ++turn;
    for (uint32_t k = turn % 7; k < kAllMemory.size(); k += 7) {
      expect_form(form, kRegisters[k % 8], in_memory(kAllMemory[k]), static_cast<uint8_t>(k));
    }
    for (const Memory& m : kFewMemory) {
      for (const Register reg : kRegisters) expect_form(form, reg, in_memory(m), 0xFF);
    }
  }
}

TEST(Encoder, NamesEachRegisterBesideEachPlace) {
  for (const Form& form :
       {Form{op::mov_load, "mov", kGeneral, kGeneral, 4},
        Form{op::movups_store, "movups", kVector, kVector, 16, Form::to_place}}) {
    for (const std::vector<Memory>& memory : {kAllMemory, kMoreMemory}) {
      for (const Memory& m : memory) {
        for (const Register reg : kRegisters) expect_form(form, reg, in_memory(m), 0);
      }
    }
  }
}

TEST(Encoder, WritesAnyByteBehindAnInstruction) {
  for (uint32_t byte = 0; byte < 256; ++byte) {
    for (const Place& place : {in_register(edi), in_memory({esp, ecx, 2, 300})}) {
      for (const Form& form : all_forms()) {
        if (form.behind != Form::byte || (place.is_memory && form.memory_bytes == 0)) continue;
        expect_form(form, edx, place, static_cast<uint8_t>(byte));
      }
    }
  }
}

// ---- those that have a number where others have a register

/// The size of `place`'s encoding behind the opcode.
uint32_t place_bytes(const Place& place) {
  if (!place.is_memory) return 1;
  return 1U + (has_sib(place.memory) ? 1 : 0) + offset_bytes(place.memory);
}

std::vector<Place> registers_and(const std::vector<Memory>& memory) {
  std::vector<Place> all;
  for (const Register r : kRegisters) all.push_back(in_register(r));
  for (const Memory& m : memory) all.push_back(in_memory(m));
  return all;
}

std::string text_of(const Place& place, Bank bank, uint32_t bytes) {
  return place.is_memory ? text_of(place.memory, bytes) : name(bank, place.reg);
}

Expected of_place(const std::string& mnemonic, const Place& place, uint32_t opcode,
                  uint32_t bytes = 4, Bank bank = kGeneral) {
  return {mnemonic + " " + text_of(place, bank, bytes), opcode + place_bytes(place),
          place.is_memory ? offset_bytes(place.memory) : 0, 0};
}

TEST(Encoder, MakesInstructionsOfOnePlace) {
  struct Group {
    Code code;
    Register number;
    const char* mnemonic;
  };
  for (const Group& g : std::initializer_list<Group>{{op::unary, 2, "not"},
                                                     {op::unary, 3, "neg"},
                                                     {op::unary, 4, "mul"},
                                                     {op::unary, 5, "imul"},
                                                     {op::unary, 6, "div"},
                                                     {op::unary, 7, "idiv"}}) {
    for (const Place& place : registers_and(kAllMemory)) {
      expect(of_place(g.mnemonic, place, 1),
             [&](Encoder& encoder) { encoder.op(g.code, g.number, place); });
    }
  }
}

TEST(Encoder, SetsAByteByACondition) {
  for (const NamedCondition& c : kConditions) {
    for (const Place& place : registers_and(kFewMemory)) {
      expect(of_place(std::string("set") + c.name, place, 2, 1, Bank::low8), [&](Encoder& encoder) {
        encoder.op(op::setcc + static_cast<uint32_t>(c.condition), 0, place);
      });
    }
  }
}

TEST(Encoder, ShiftsVectorsByConstants) {
  struct Group {
    Code code;
    Register number;
    const char* mnemonic;
  };
  for (const Group& g : std::initializer_list<Group>{{op::psrl_w, 2, "psrlw"},
                                                     {op::psrl_w, 4, "psraw"},
                                                     {op::psrl_w, 6, "psllw"},
                                                     {op::psrl_d, 2, "psrld"},
                                                     {op::psrl_d, 4, "psrad"},
                                                     {op::psrl_d, 6, "pslld"},
                                                     {op::psrl_q, 2, "psrlq"},
                                                     {op::psrl_q, 3, "psrldq"},
                                                     {op::psrl_q, 6, "psllq"},
                                                     {op::psrl_q, 7, "pslldq"}}) {
    for (const Register r : kRegisters) {
      for (uint32_t count = 0; count < 256; count += 5) {
        const auto byte = static_cast<uint8_t>(count);
        expect(
            {std::string(g.mnemonic) + " " + name(kVector, r) + ", " + hexadecimal(byte), 5, 0, 1},
            [&](Encoder& e) { e.op_byte(g.code, g.number, in_register(r), byte); });
      }
    }
  }
}

TEST(Encoder, ComparesVectors) {
  static constexpr const char* kNames[] = {"eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord"};
  for (uint8_t which = 0; which < 8; ++which) {
    for (const bool doubles : {false, true}) {
      for (const Place& place : registers_and(kFewMemory)) {
        for (const Register r : kRegisters) {
          // Capstone has a name for each, instead of a byte behind it.
          Expected expected = of_place("", place, doubles ? 3 : 2);
          expected.text = std::string("cmp") + kNames[which] + (doubles ? "pd " : "ps ") +
                          name(kVector, r) + ", " + text_of(place, kVector, 16);
          expected.immediate_bytes = 1;
          ++expected.size;
          expect(expected,
                 [&](Encoder& e) { e.op_byte(doubles ? 0x66'0F'C2 : 0x0F'C2, r, place, which); });
        }
      }
    }
  }
}

TEST(Encoder, PushesAndPops) {
  for (const Register r : kRegisters) {
    expect({"push " + name(kGeneral, r), 1}, [&](Encoder& e) { e.push(r); });
    expect({"pop " + name(kGeneral, r), 1}, [&](Encoder& e) { e.pop(r); });
  }
  for (const Memory& m : kAllMemory) {
    expect(of_place("push", in_memory(m), 1), [&](Encoder& e) { e.push(in_memory(m)); });
  }
}

TEST(Encoder, CallsAndJumpsToPlaces) {
  for (const Place& place : registers_and(kAllMemory)) {
    expect(of_place("call", place, 1), [&](Encoder& e) { e.call(place); });
    expect(of_place("jmp", place, 1), [&](Encoder& e) { e.jump_to(place); });
  }
}

TEST(Encoder, MakesInstructionsWithoutPlaces) {
  expect({"ret", 1}, [](Encoder& e) { e.ret(); });
  expect({"cdq", 1}, [](Encoder& e) { e.cdq(); });
  expect({"ud2", 2}, [](Encoder& e) { e.undefined(); });
  for (const Register r : kRegisters) {
    expect({"bswap " + name(kGeneral, r), 2}, [&](Encoder& e) { e.byte_swap(r); });
  }
}

// ---- arithmetic by its name, and constants

constexpr uint32_t kConstants[] = {0,          1,          2,          0x7E,       0x7F,
                                   0x80,       0x81,       0xFF,       0x100,      0x7FFF,
                                   0x8000,     0xFF7F,     0xFF80,     0xFFFF,     0x10000,
                                   0x1FFFF,    0x12345678, 0x7FFFFFFF, 0x80000000, 0xFFFF8000,
                                   0xFFFFFF00, 0xFFFFFF7E, 0xFFFFFF7F, 0xFFFFFF80, 0xFFFFFFFF};

TEST(Encoder, AddsToAndSoOn) {
  for (const auto& [alu, alu_name] : kAlus) {
    const Alu which = alu;
    const std::string mnemonic = alu_name;
    for (const Place& place : registers_and(kFewMemory)) {
      for (const Register r : kRegisters) {
        const std::string register_text = name(kGeneral, r);
        const std::string place_text = text_of(place, kGeneral, 4);
        Expected expected = of_place(mnemonic, place, 1);
        expected.text = mnemonic + " " + register_text + ", " + place_text;
        expect(expected, [&](Encoder& e) { e.alu(which, r, place); });
        expected.text = mnemonic + " " + place_text + ", " + register_text;
        expect(expected, [&](Encoder& e) { e.alu_to_place(which, place, r); });
      }
    }
  }
}

TEST(Encoder, AddsConstantsOf32BitsInTheirShortestForm) {
  for (const auto& [alu, alu_name] : kAlus) {
    const Alu which = alu;
    for (const Place& place : registers_and(kFewMemory)) {
      for (const uint32_t constant : kConstants) {
        Expected expected = of_place(alu_name, place, 1);
        expected.text += ", " + hexadecimal(constant);
        const bool small = is_byte(static_cast<int32_t>(constant));
        expected.immediate_bytes = small ? 1 : 4;
        // eax has an opcode of its own, without ModRM.
        const bool of_eax = !place.is_memory && place.reg == eax && !small;
        expected.size += expected.immediate_bytes - (of_eax ? 1U : 0U);
        expect(expected, [&](Encoder& e) { e.alu_constant(which, place, constant); });
      }
    }
  }
}

TEST(Encoder, AddsConstantsOf16And8BitsToMemory) {
  for (const auto& [alu, alu_name] : kAlus) {
    const Alu which = alu;
    for (const Memory& m : kFewMemory) {
      for (const uint32_t constant : kConstants) {
        const auto of_16 = static_cast<uint16_t>(constant);
        Expected expected = of_place(alu_name, in_memory(m), 2, 2);
        expected.text += ", " + hexadecimal(of_16);
        expected.immediate_bytes = is_byte(static_cast<int16_t>(of_16)) ? 1 : 2;
        expected.size += expected.immediate_bytes;
        expect(expected, [&](Encoder& e) { e.alu_constant(which, in_memory(m), constant, 16); });

        expected = of_place(alu_name, in_memory(m), 1, 1);
        expected.text += ", " + hexadecimal(constant & 0xFF);
        expected.immediate_bytes = 1;
        ++expected.size;
        expect(expected, [&](Encoder& e) { e.alu_constant(which, in_memory(m), constant, 8); });
      }
    }
  }
}

TEST(Encoder, TakesAllOfAConstantThatGoesToARegisterWhateverTheBits) {
  for (const uint32_t bits : {8U, 16U, 32U}) {
    for (const Register r : kRegisters) {
      for (const uint32_t constant : kConstants) {
        const bool small = is_byte(static_cast<int32_t>(constant));
        expect({"and " + name(kGeneral, r) + ", " + hexadecimal(constant),
                small      ? 3U
                : r == eax ? 5U
                           : 6U,
                0, small ? 1U : 4U},
               [&](Encoder& e) { e.alu_constant(Alu::and_, in_register(r), constant, bits); });
        expect({"mov " + name(kGeneral, r) + ", " + hexadecimal(constant), 5, 0, 4},
               [&](Encoder& e) { e.mov_constant(in_register(r), constant, bits); });
      }
    }
  }
}

TEST(Encoder, MovesConstantsToMemory) {
  for (const Memory& m : kAllMemory) {
    for (const uint32_t constant : {0U, 0x7FU, 0x80U, 0xFFFFU, 0x12345678U, 0xFFFFFFFFU}) {
      for (const uint32_t bytes : {1U, 2U, 4U}) {
        Expected expected = of_place("mov", in_memory(m), bytes == 2 ? 2 : 1, bytes);
        const uint32_t kept = bytes == 4 ? constant : constant & ((1U << 8 * bytes) - 1);
        expected.text += ", " + hexadecimal(kept);
        expected.immediate_bytes = bytes;
        expected.size += bytes;
        expect(expected, [&](Encoder& e) { e.mov_constant(in_memory(m), constant, bytes * 8); });
      }
    }
  }
}

TEST(Encoder, ShiftsByConstantsAndByCl) {
  struct Named {
    Shift shift;
    const char* name;
  };
  for (const Named& n : std::initializer_list<Named>{{Shift::rol, "rol"},
                                                     {Shift::ror, "ror"},
                                                     {Shift::shl, "shl"},
                                                     {Shift::shr, "shr"},
                                                     {Shift::sar, "sar"}}) {
    for (const Place& place : registers_and(kFewMemory)) {
      for (uint32_t count = 0; count < 64; ++count) {
        Expected expected = of_place(n.name, place, 1);
        expected.text += ", " + hexadecimal(count);
        expected.immediate_bytes = count == 1 ? 0 : 1;
        expected.size += expected.immediate_bytes;
        expect(expected, [&](Encoder& e) { e.shift(n.shift, place, static_cast<uint8_t>(count)); });
      }
      Expected expected = of_place(n.name, place, 1);
      expected.text += ", cl";
      expect(expected, [&](Encoder& e) { e.shift_by_cl(n.shift, place); });
    }
  }
}

TEST(Encoder, MultipliesByConstants) {
  for (const Place& place : registers_and(kFewMemory)) {
    for (const Register r : kRegisters) {
      for (const uint32_t constant : kConstants) {
        Expected expected = of_place("imul", place, 1);
        expected.text = "imul " + name(kGeneral, r) + ", " + text_of(place, kGeneral, 4) + ", " +
                        hexadecimal(constant);
        expected.immediate_bytes = is_byte(static_cast<int32_t>(constant)) ? 1 : 4;
        expected.size += expected.immediate_bytes;
        expect(expected, [&](Encoder& e) { e.imul_constant(r, place, constant); });
      }
    }
  }
}

TEST(Encoder, TestsConstants) {
  for (const Place& place : registers_and(kAllMemory)) {
    for (const uint32_t constant : {1U, 0x80U, 0xFFU, 0x12345678U, 0xFFFFFFFFU}) {
      Expected expected = of_place("test", place, 1);
      expected.text += ", " + hexadecimal(constant);
      expected.immediate_bytes = 4;
      expected.size += 4 - (!place.is_memory && place.reg == eax ? 1U : 0U);
      expect(expected, [&](Encoder& e) { e.test_constant(place, constant); });
    }
  }
}

TEST(Encoder, TestsConstantsOf8Bits) {
  for (const Place& place : registers_and(kFewMemory)) {
    for (uint32_t byte = 0; byte < 256; byte += 3) {
      Expected expected = of_place("test", place, 1, 1, Bank::low8);
      expected.text += ", " + hexadecimal(byte);
      expected.immediate_bytes = 1;
      ++expected.size;
      expect(expected, [&](Encoder& e) {
        e.op_byte(op::test8_constant, 0, place, static_cast<uint8_t>(byte));
      });
    }
  }
}

TEST(Encoder, NamesTheOppositeOfEachCondition) {
  static constexpr Condition kPairs[][2] = {
      {Condition::overflow, Condition::no_overflow},  {Condition::below, Condition::above_equal},
      {Condition::equal, Condition::not_equal},       {Condition::below_equal, Condition::above},
      {Condition::negative, Condition::not_negative}, {Condition::parity, Condition::no_parity},
      {Condition::less, Condition::greater_equal},    {Condition::less_equal, Condition::greater}};
  for (const auto& pair : kPairs) {
    EXPECT_EQ(opposite(pair[0]), pair[1]);
    EXPECT_EQ(opposite(pair[1]), pair[0]);
  }
}

// ---- constants as operands

TEST(Encoder, NamesConstantsByTheirAddress) {
  static constexpr uint8_t kBytes[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  for (const Form& form : all_forms()) {
    if (form.memory_bytes == 0) continue;
    for (const Register reg : kRegisters) {
      Program program;
      Encoder& e = program.encoder;
      (void)e.constant(kBytes + 1, 4, 4);  // so that this one is not the first
      const Place place = e.constant(kBytes, 16, 16);
      form.behind == Form::byte ? e.op_byte(form.code, reg, place, 0x9C)
                                : e.op(form.code, reg, place);
      e.cdq();
      e.shorten();
      const Bytes bytes = program.finish(kAddress);
      const std::vector<Decoded> all = decode({bytes.begin(), bytes.begin() + e.size()}, kAddress);
      ASSERT_EQ(all.size(), 2U) << form.mnemonic;
      EXPECT_EQ(all[0].mnemonic, form.mnemonic);
      EXPECT_EQ(all[0].displacement, kAddress + e.constants_offset() + 16) << all[0].text;
      EXPECT_EQ(all[1].text, "cdq");
      if (form.behind == Form::byte) {
        EXPECT_EQ(all[0].immediate, 0x9CU);
      }
      EXPECT_TRUE(std::equal(kBytes, kBytes + 16, bytes.begin() + e.constants_offset() + 16));
    }
  }
}

TEST(Encoder, NamesConstantsBeforeConstantsOfTheInstruction) {
  const uint8_t bytes[] = {1, 2, 3, 4};
  for (const bool small : {false, true}) {
    Program program;
    Encoder& e = program.encoder;
    e.imul_constant(edi, e.constant(bytes, 4, 4), small ? 7 : 0x12345678);
    e.alu_constant(Alu::cmp, e.constant(bytes, 4, 4), small ? 7 : 0x12345678);
    e.push(e.constant(bytes, 4, 4));
    e.shorten();
    const std::vector<Decoded> all = decode(program.finish(kAddress), kAddress);
    ASSERT_GE(all.size(), 3U);
    const std::string at = text_of(
        Memory{kNoRegister, kNoRegister, 0, static_cast<int32_t>(kAddress + e.constants_offset())},
        4);
    EXPECT_EQ(all[0].text, "imul edi, " + at + (small ? ", 0x7" : ", 0x12345678"));
    EXPECT_EQ(all[1].text, "cmp " + at + (small ? ", 0x7" : ", 0x12345678"));
    EXPECT_EQ(all[2].text, "push " + at);
  }
}

// ---- what eax and the flags hold already

constexpr Memory kWord = {esp, kNoRegister, 0, 8};

/// The instructions of a word that eax gets, what `emit` emits, and the same word again.
std::vector<Decoded> reloaded(const std::function<void(Encoder&)>& emit) {
  Program program;
  Encoder& e = program.encoder;
  e.keep(eax, in_memory(kWord));
  emit(e);
  e.reload(eax, in_memory(kWord));
  e.shorten();
  return decode(program.finish(kAddress), kAddress);
}
bool is_left_out(const std::vector<Decoded>& all) {
  return all.back().text != "mov eax, 4[esp+0x8]";
}

TEST(Reload, IsLeftOutOnlyWhereNothingHasChangedEaxOrTheWord) {
  uint32_t left_out = 0;
  const auto expect_right = [&](const std::vector<Decoded>& all) {
    if (!is_left_out(all)) return;
    ++left_out;
    ASSERT_EQ(all.size(), 2U);
    const Decoded& d = all[1];
    for (const char* const r : {"eax", "ax", "al", "ah", "esp"}) {
      EXPECT_EQ(std::count(d.written.begin(), d.written.end(), r), 0) << d.text;
    }
    EXPECT_FALSE(d.writes_memory && d.text.find("[esp") != std::string::npos) << d.text;
  };
  for (const Form& form : all_forms()) {
    std::vector<Place> places;
    if (!form.never_register) {
      for (const Register r : kRegisters) places.push_back(in_register(r));
    }
    if (form.memory_bytes != 0) {
      places.push_back(in_memory(kWord));
      places.push_back(in_memory({esp, ecx, 2, 0}));
      places.push_back(in_memory({ebx, kNoRegister, 0, 4}));
      places.push_back(at_address(0x1000));
    }
    for (const Place& place : places) {
      for (const Register reg : kRegisters) {
        expect_right(reloaded([&](Encoder& e) {
          form.behind == Form::byte ? e.op_byte(form.code, reg, place, 7)
                                    : e.op(form.code, reg, place);
        }));
      }
    }
  }
  for (const Place& place : registers_and({kWord, {ebx, kNoRegister, 0, 4}})) {
    for (uint32_t which = 0; which < 8; ++which) {
      expect_right(
          reloaded([&](Encoder& e) { e.alu_constant(static_cast<Alu>(which), place, 5); }));
      expect_right(
          reloaded([&](Encoder& e) { e.alu_constant(static_cast<Alu>(which), place, 500); }));
    }
    for (const Shift shift : {Shift::rol, Shift::shl, Shift::shr, Shift::sar}) {
      expect_right(reloaded([&](Encoder& e) { e.shift(shift, place, 3); }));
      expect_right(reloaded([&](Encoder& e) { e.shift(shift, place, 1); }));
    }
    expect_right(reloaded([&](Encoder& e) { e.mov_constant(place, 7); }));
    expect_right(reloaded([&](Encoder& e) { e.imul_constant(ecx, place, 7); }));
    expect_right(reloaded([&](Encoder& e) { e.imul_constant(eax, place, 700); }));
    for (uint32_t number = 2; number < 8; ++number) {  // 0 has a constant behind it
      expect_right(
          reloaded([&](Encoder& e) { e.op(op::unary, static_cast<Register>(number), place); }));
    }
  }
  EXPECT_GT(left_out, 1'000U);
}

TEST(Reload, IsMadeBehindALabelACallAndAJumpThatIsAlwaysTaken) {
  EXPECT_TRUE(is_left_out(reloaded([](Encoder&) {})));
  EXPECT_TRUE(
      is_left_out(reloaded([](Encoder& e) { e.jump_if(Condition::below, Target::service, 1); })));
  EXPECT_TRUE(is_left_out(reloaded([](Encoder& e) { e.clear(ecx); })));
  EXPECT_FALSE(is_left_out(reloaded([](Encoder& e) { e.clear(eax); })));
  EXPECT_FALSE(is_left_out(reloaded([](Encoder& e) { e.bind(e.label()); })));
  EXPECT_FALSE(is_left_out(reloaded([](Encoder& e) { e.call(Target::service, 1); })));
  EXPECT_FALSE(is_left_out(reloaded([](Encoder& e) { e.push(ecx); })));
  EXPECT_FALSE(is_left_out(reloaded([](Encoder& e) { e.cdq(); })));
  EXPECT_FALSE(
      is_left_out(reloaded([](Encoder& e) { e.keep(eax, in_memory({esp, kNoRegister, 0, 12})); })));
}

TEST(TestForZero, IsLeftOutOnlyBehindWhatHasSetTheFlagsForThatRegister) {
  const auto tests = [](const std::function<void(Encoder&)>& emit) {
    Program program;
    emit(program.encoder);
    program.encoder.test_zero(ebx);
    program.encoder.shorten();
    return decode(program.finish(kAddress), kAddress).back().mnemonic == "test";
  };
  EXPECT_FALSE(tests([](Encoder& e) { e.alu_constant(Alu::add, in_register(ebx), 0xFFFF'FFFF); }));
  EXPECT_FALSE(tests([](Encoder& e) { e.alu(Alu::and_, ebx, in_register(ecx)); }));
  EXPECT_FALSE(tests([](Encoder& e) { e.clear(ebx); }));
  EXPECT_TRUE(tests([](Encoder& e) { e.clear(ecx); }));
  EXPECT_TRUE(tests([](Encoder& e) { e.alu_constant(Alu::add, in_register(ecx), 1); }));
  EXPECT_TRUE(tests([](Encoder& e) { e.alu_constant(Alu::cmp, in_register(ebx), 1); }));
  EXPECT_TRUE(tests([](Encoder& e) { e.alu(Alu::cmp, ebx, in_register(ecx)); }));
  EXPECT_TRUE(tests([](Encoder& e) {
    e.alu(Alu::add, ebx, in_register(ecx));
    e.alu(Alu::add, edx, in_register(ecx));
  }));
  EXPECT_TRUE(tests([](Encoder& e) {
    e.alu(Alu::add, ebx, in_register(ecx));
    e.bind(e.label());
  }));
  EXPECT_TRUE(tests([](Encoder& e) { e.shift(Shift::shr, in_register(ebx), 1); }));
}

}  // namespace
}  // namespace jit
