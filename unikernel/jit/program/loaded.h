// A program on the machine: what run_program() runs, for who runs it in a way of his own.
#pragma once

#include "bitcode/module_reader.h"
#include "program/program.h"

namespace jit {

/// A file, opened and verified, in a workplace, which outlives it.
struct Loaded {
  explicit Loaded(const Workplace& workplace)
      : module(workplace.module.data, workplace.module.size),
        code(workplace.code.data, workplace.code.size),
        scratch(workplace.scratch.data, workplace.scratch.size) {}
  Loaded(const Loaded&) = delete;
  Loaded& operator=(const Loaded&) = delete;

  /// Once, with the workplace that this was made of. `file` and `output`, which takes what the
  /// program writes, outlive it.
  Fault load(Span<const uint8_t> file, const Workplace& workplace, const ProgramLimits& limits,
             Output& output);

  /// Bodies are read by this; the time of it, where a clock is given.
  struct Reading {
    bitcode::BitcodeFile* opened = nullptr;
    uint64_t (*clock)() = nullptr;
    uint64_t ticks = 0;
  };
  Reading reading;
  Arena module, code, scratch;
  bitcode::BitcodeFile opened;
  Resources resources;
  Machine machine;
};

}  // namespace jit
