#include "disassembly/disassembler.h"

#include <capstone/capstone.h>

#include "base/error.h"

namespace harness {

Disassembler::Disassembler(bool is_64_bit) {
  static_assert(sizeof(csh) == sizeof handle_);
  const cs_err error = cs_open(CS_ARCH_X86, is_64_bit ? CS_MODE_64 : CS_MODE_32, &handle_);
  if (error != CS_ERR_OK) throw Error(std::string("Capstone: ") + cs_strerror(error));
}

Disassembler::~Disassembler() { cs_close(&handle_); }

std::vector<Disassembled> Disassembler::read(std::string_view bytes, std::uint64_t address) const {
  std::vector<Disassembled> instructions;
  cs_insn* found = nullptr;
  const std::size_t count = cs_disasm(handle_, reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                      bytes.size(), address, 0, &found);
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = found[i].mnemonic;
    if (found[i].op_str[0] != '\0') text += std::string(" ") + found[i].op_str;
    instructions.push_back({found[i].address, found[i].size, std::move(text)});
  }
  if (found != nullptr) cs_free(found, count);
  return instructions;
}

}  // namespace harness
