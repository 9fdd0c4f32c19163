#include "bitcode/fuzz/input.h"
#include "bitcode/fuzz/targets.h"

namespace jit::fuzz {

int bitcode_target(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  bitcode::BitcodeFile file;
  const Fault fault = bitcode::open_module(input.span, input.arena, file);
  if (fault) return 0;
  look_at_module(file.module);
  if (verify_module(file.module, input.arena)) return 0;
  g_result += walk(file.module, nullptr);
  for (FunctionId id = 0; id < file.module.functions.size; ++id) {
    if (file.module.functions[id].body_bit == 0) continue;
    const Arena::Mark mark = input.arena.mark();
    Body body;
    if (!bitcode::read_body(file, id, input.arena, body)) {
      look_at_body(file.module, body);
      const std::size_t used = input.arena.used();
      const Fault refused = verify_body(file.module, body, input.arena);
      require(input.arena.used() == used, "the verifier leaves the arena as it was");
      if (!refused) g_result += walk(file.module, &body);
    }
    input.arena.release(mark);
  }
  return 0;
}

}  // namespace jit::fuzz
