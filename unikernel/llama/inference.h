// What the app's two halves say to each other. llama.cpp is compiled like any guest, without vector
// registers, and prepares; inference.cpp is compiled with SSE2 and must not run before
// x86::enable_sse2().
#pragma once

#include <stdint.h>

#include "engine/checkpoint.h"
#include "engine/profile.h"
#include "engine/sampler.h"
#include "engine/tokenizer.h"
#include "kernel/console.h"
#include "kernel/heap.h"

namespace llama {

inline constexpr uint32_t kMaxPrompt = 4096;  // bytes

struct Request {
  char prompt[kMaxPrompt];
  uint32_t prompt_size = 0;
  uint32_t steps = 256;  // positions, at least 1 and at most the model's seq_len
  // Sampling in thousandths: the half without floats reads these.
  uint32_t temperature = 0, top_p = 900;
  uint64_t seed = 1;
};

struct Outcome {
  const char* problem = nullptr;  // why there is no text; nullptr where there is
  uint32_t prompt_tokens = 0, positions = 0, pieces = 0;
  bool ended = false;
  uint64_t first_text = 0;  // time stamp: the first piece is written
  uint64_t pit_ticks = 0;   // ticks of the 8254 while the text was made
  uint64_t state_bytes = 0, cache_bytes = 0;
  Span tokens;  // one call a position
};

/// Generates text to `console`, with memory for the model's state from `memory`. The spans that
/// `timer` holds are filled.
void infer(const Model& model, Tokenizer& tokenizer, const Request& request,
           kernel::Console& console, kernel::Heap& memory, OperatorTimer& timer, Outcome& outcome);

/// Which of the two builds of the engine this is.
extern const char* const kLanesName;

}  // namespace llama
