// One version of what a guest answers with: a program in bitcode whose function `answer`, an
// i32 (i32), says what a question's answer is, by its question alone. Read, verified and compiled
// in a workplace of its own, so that versions stand beside one another.
#pragma once

#include "bundle/bundle.h"
#include "program/loaded.h"

namespace jit::reload {

/// The function that a version must have.
inline constexpr char kFunction[] = "answer";
/// Instructions of the IR that one answer may take.
constexpr uint64_t kMostInstructions = 100'000;

struct Answer {
  Outcome outcome = Outcome::returned;  // anything else: there is none
  uint32_t value = 0;
  uint64_t instructions = 0;  // of the IR
  [[nodiscard]] bool is_there() const { return outcome == Outcome::returned; }
};

class Version {
 public:
  /// Of what is at hand when a version is wanted: `workplace` and `protection` outlive it.
  Version(const Workplace& workplace, const Protection& protection)
      : workplace_(workplace), protection_(protection) {}
  Version(const Version&) = delete;
  Version& operator=(const Version&) = delete;

  /// Forgets what it was and becomes the program, of which it keeps a copy. A fault: it is refused,
  /// and answers nothing.
  Fault make(const bundle::Program& program);
  /// By its machine code; an exception there is an outcome. May be called while another version is
  /// made or asked.
  Answer ask(uint32_t question);
  /// The same by the interpreter, with every access held against the program's memory.
  Answer interpret(uint32_t question);
  /// Fills the pages of its machine code with int3: nobody may be in it.
  void give_back();

  [[nodiscard]] Text name() const { return {name_, name_size_}; }
  [[nodiscard]] uint32_t code_bytes() const { return code_bytes_; }
  [[nodiscard]] const Fault& last_fault() const { return machine().state().fault; }

 private:
  Answer run(uint32_t question);
  [[nodiscard]] Loaded& loaded() { return *reinterpret_cast<Loaded*>(loaded_); }
  [[nodiscard]] const Machine& machine() const {
    return reinterpret_cast<const Loaded*>(loaded_)->machine;
  }
  [[nodiscard]] Native& native() { return *reinterpret_cast<Native*>(native_); }

  const Workplace& workplace_;
  const Protection& protection_;
  alignas(Loaded) char loaded_[sizeof(Loaded)];
  alignas(Native) char native_[sizeof(Native)];
  Output output_ = {[](void*, const char*, uint32_t) {}, nullptr};  // nobody hears it
  char name_[bundle::kNameBytes] = {};
  uint32_t name_size_ = 0;
  uint32_t code_bytes_ = 0;
};

}  // namespace jit::reload
