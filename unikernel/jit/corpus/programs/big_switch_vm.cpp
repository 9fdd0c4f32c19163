// A register machine with packed 32-bit instructions: decoding by bit-fields, a table of handlers.
#include "corpus.h"

namespace {

struct Machine {
  int32_t registers[16] = {};
  uint32_t at = 0;
  bool halted = false;
};
struct Instruction {
  uint32_t code : 6;
  uint32_t to : 4;
  uint32_t a : 4;
  uint32_t b : 4;
  int32_t immediate : 14;
};
using Handler = void (*)(Machine&, Instruction);

int32_t wrap(uint32_t value) { return static_cast<int32_t>(value); }
uint32_t raw(const Machine& m, uint32_t which) { return static_cast<uint32_t>(m.registers[which]); }
void load(Machine& m, Instruction i) { m.registers[i.to] = i.immediate; }
void add(Machine& m, Instruction i) {
  m.registers[i.to] = wrap(raw(m, i.a) + raw(m, i.b) + static_cast<uint32_t>(i.immediate));
}
void multiply(Machine& m, Instruction i) { m.registers[i.to] = wrap(raw(m, i.a) * raw(m, i.b)); }
void jump_if_less(Machine& m, Instruction i) {
  if (m.registers[i.a] < m.registers[i.b]) m.at += static_cast<uint32_t>(i.immediate);
}
void exclusive(Machine& m, Instruction i) {
  m.registers[i.to] = m.registers[i.a] ^ m.registers[i.b] ^ i.immediate;
}
void halt(Machine& m, Instruction) { m.halted = true; }
constexpr Handler kHandlers[] = {load, add, multiply, jump_if_less, exclusive, halt};

const Instruction kProgram[] = {
    {0, 1, 0, 0, 1},   {0, 2, 0, 0, 300}, {0, 3, 0, 0, -1}, {2, 3, 3, 1, 0}, {4, 3, 3, 1, 0x155},
    {1, 3, 3, 1, -77}, {1, 1, 1, 0, 1},   {3, 0, 1, 2, -5}, {1, 4, 3, 3, 0}, {5, 0, 0, 0, 0},
};

}  // namespace

extern "C" int guest_main(int argument) {
  Machine machine;
  uint32_t steps = 0;
  machine.registers[5] = argument;
  while (!machine.halted && steps < 5000) {
    const Instruction instruction = kProgram[machine.at++];
    kHandlers[instruction.code](machine, instruction);
    ++steps;
  }
  for (int32_t value : machine.registers) mix(static_cast<uint32_t>(value));
  print_unsigned(steps);
  print(" steps\n");
  return finish();
}
