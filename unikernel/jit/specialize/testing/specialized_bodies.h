// For tests: a machine whose bodies are all specialized, as far as that goes without knowing
// anything of their arguments, with their callees in them, and verified anew.
#pragma once

#include "bitcode/module_reader.h"
#include "interpreter/machine.h"
#include "ir/verify.h"
#include "specialize/inline.h"
#include "specialize/specialize.h"

namespace jit {

/// The context of a BodySource whose `read` is this one's.
struct SpecializedBodies {
  bitcode::BitcodeFile& file;
  const Machine& machine;  // that has been, or is being, loaded
  uint32_t made = 0, refused = 0, inlined = 0;
  Fault unsound = {};  // what the verifier says of a body that was made

  static Fault read(void* context, FunctionId id, Arena& arena, Body& body) {
    auto& self = *static_cast<SpecializedBodies*>(context);
    if (const Fault fault = bitcode::read_verified_body(&self.file, id, arena, body)) return fault;
    Body made;
    Text why;
    SpecializeOptions options;
    options.whole = 512;
    options.fixed = &self.machine;
    const Module& module = self.file.module;
    const BodySource bodies = {bitcode::read_verified_body, &self.file};
    InlineOptions inline_options;
    inline_options.bodies = &bodies;
    Inlined inlined;
    if (inline_calls(self.machine, body, inline_options, arena, inlined)) {
      self.inlined += inlined.calls;
      body = inlined.body;
      // Not of what the specializer makes of it alone.
      if (Fault fault = verify_body(module, body, arena)) {
        self.unsound = fault;
        return fault;
      }
    }
    if (!specialize(module, body, self.machine.constants(body), options, arena, made, why)) {
      ++self.refused;
      return {};
    }
    ++self.made;
    body = made;
    const Fault fault = verify_body(module, body, arena);
    if (fault) self.unsound = fault;
    return fault;
  }
};

}  // namespace jit
