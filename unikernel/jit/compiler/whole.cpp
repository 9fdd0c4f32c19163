#include "compiler/whole.h"

#include "bitcode/module_reader.h"
#include "ir/verify.h"

namespace jit {
namespace {

template <class T>
T* at(uint64_t bytes) {
  return reinterpret_cast<T*>(static_cast<uintptr_t>(bytes));
}

}  // namespace

bool compile_whole(CompileRequest& request, Fault& fault) {
  // Half for the module, the rest shared by what is kept and one function at a time.
  const uint32_t quarter = request.work_size / 4;
  Arena module(at<char>(request.work_bytes), size_t{2} * quarter);
  Arena keep(at<char>(request.work_bytes) + size_t{2} * quarter, quarter);
  Arena scratch(at<char>(request.work_bytes) + size_t{3} * quarter, quarter);
  bitcode::BitcodeFile file;
  fault = bitcode::open_module({at<const uint8_t>(request.file_bytes), request.file_size}, module,
                               file);
  if (!fault) fault = verify_module(file.module, scratch);
  if (fault) return false;

  static uint32_t no_slots[1];
  Resources resources;
  // The byte of address x is at `memory` + x.
  resources.memory = at<uint8_t>(request.memory_bytes - request.memory_address);
  resources.low = request.memory_address;
  resources.high = request.memory_address + request.memory_size;
  resources.stack_bytes = request.memory_size / 2;
  resources.slots = {no_slots, kMinSlots};  // nothing is interpreted
  resources.code = &keep;
  resources.scratch = &scratch;
  Machine machine;
  fault = machine.load(file.module, {bitcode::read_verified_body, &file}, resources, {}, nullptr);
  if (fault) return false;
  Native native(machine, {at<uint8_t>(request.code_bytes), request.code_address, request.code_size},
                {at<uint8_t>(request.data_bytes), request.data_address, request.data_size},
                kWholeOptions);
  if (!native.compile()) {
    fault.what.add("no memory for machine code");
    return false;
  }
  request.code_used = native.code_bytes();
  request.data_used = native.data_bytes();
  request.globals_used = machine.state().stack_low - request.memory_address;
  request.functions = native.functions();
  request.instructions = native.instructions();
  request.islands = native.islands();
  request.refused = native.refused();
  if (native.refused() > 0) fault = native.fault();
  for (FunctionId id = 0; id < file.module.functions.size; ++id) {
    const Function& function = file.module.functions[id];
    if (function.name == Text("guest_main") && function.body_bit != 0) {
      request.entry = native.placed(id).offset;
    }
  }
  return native.refused() == 0;
}

}  // namespace jit
