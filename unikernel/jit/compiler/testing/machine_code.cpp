#include "compiler/testing/machine_code.h"

#include <capstone/capstone.h>

#include <cstdio>
#include <stdexcept>

namespace jit::testing {
namespace {

class Capstone {
 public:
  Capstone() {
    if (cs_open(CS_ARCH_X86, CS_MODE_32, &handle_) != CS_ERR_OK ||
        cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON) != CS_ERR_OK) {
      throw std::runtime_error("Capstone cannot be used");
    }
    instruction_ = cs_malloc(handle_);
  }
  ~Capstone() {
    cs_free(instruction_, 1);
    cs_close(&handle_);
  }
  Capstone(const Capstone&) = delete;
  Capstone& operator=(const Capstone&) = delete;

  const cs_insn* next(const uint8_t*& at, size_t& left, uint64_t& address) {
    return cs_disasm_iter(handle_, &at, &left, &address, instruction_) ? instruction_ : nullptr;
  }
  std::string name(x86_reg r) const { return cs_reg_name(handle_, r); }
  std::vector<std::string> written(const cs_insn& found) const {
    cs_regs read = {}, write = {};
    uint8_t reads = 0, writes = 0;
    std::vector<std::string> names;
    if (cs_regs_access(handle_, &found, read, &reads, write, &writes) != CS_ERR_OK) return names;
    for (uint8_t k = 0; k < writes; ++k) names.emplace_back(cs_reg_name(handle_, write[k]));
    return names;
  }

 private:
  csh handle_ = 0;
  cs_insn* instruction_ = nullptr;
};

std::string hexadecimal(uint32_t value) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%x", value);
  return text;
}

uint32_t cut(int64_t value, uint32_t bytes) {
  const auto low = static_cast<uint32_t>(value);
  return bytes >= 4 ? low : low & ((1U << 8 * bytes) - 1);
}

std::string memory_text(const Capstone& capstone, const cs_x86_op& o) {
  std::string inside;
  if (o.mem.base != X86_REG_INVALID) inside += "+" + capstone.name(o.mem.base);
  if (o.mem.index != X86_REG_INVALID) {
    inside += "+" + capstone.name(o.mem.index) + "*" + std::to_string(o.mem.scale);
  }
  inside += "+" + hexadecimal(static_cast<uint32_t>(o.mem.disp));
  return std::to_string(o.size) + "[" + inside.substr(1) + "]";
}

Decoded decoded(const Capstone& capstone, const cs_insn& found, uint32_t address) {
  const cs_x86& x86 = found.detail->x86;
  Decoded d;
  d.at = static_cast<uint32_t>(found.address) - address;
  d.size = found.size;
  d.mnemonic = d.text = found.mnemonic;
  for (int k = 0; k < x86.op_count; ++k) {
    const cs_x86_op& o = x86.operands[k];
    d.text += k == 0 ? " " : ", ";
    if (o.type == X86_OP_REG) d.text += capstone.name(o.reg);
    if (o.type == X86_OP_IMM) d.text += hexadecimal(d.immediate = cut(o.imm, o.size));
    if (o.type == X86_OP_MEM) {
      d.text += memory_text(capstone, o);
      d.displacement = static_cast<uint32_t>(o.mem.disp);
      d.writes_memory |= (o.access & CS_AC_WRITE) != 0;
    }
  }
  d.written = capstone.written(found);
  d.offset_bytes = x86.encoding.disp_size;
  d.immediate_bytes = x86.encoding.imm_size;
  return d;
}

}  // namespace

std::vector<Decoded> decode(const Bytes& bytes, uint32_t address) {
  static Capstone capstone;
  std::vector<Decoded> all;
  const uint8_t* at = bytes.data();
  size_t left = bytes.size();
  uint64_t next = address;
  while (left > 0) {
    const cs_insn* const found = capstone.next(at, left, next);
    if (found == nullptr) break;
    all.push_back(decoded(capstone, *found, address));
  }
  return all;
}

Bytes Program::finish(uint32_t address) const {
  // Exactly as many: AddressSanitizer sees what is written behind them.
  Bytes bytes(encoder.total());
  encoder.finish(bytes.data(), address, [](Target target, uint32_t number) {
    return target == Target::service ? service_address(number) : function_address(number);
  });
  return bytes;
}

}  // namespace jit::testing
