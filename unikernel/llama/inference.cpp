// The half of the app that computes: compiled for SSE2 (unikernel/llama/CMakeLists.txt).
#include "inference.h"

#include "engine/generate.h"
#include "engine/lanes.h"
#include "engine/transformer.h"
#include "kernel/cpu.h"
#include "pit.h"

#ifndef LLAMA_LANES  // the scalar build is the reference
#define LLAMA_LANES Sse2Lanes
#endif
#ifndef LLAMA_NETWORK  // plain/inference.cpp has another, to measure against
#define LLAMA_NETWORK Transformer<Lanes>
#define LLAMA_NAME Lanes::kName
#endif

namespace llama {
namespace {

using Lanes = LLAMA_LANES;

}  // namespace

const char* const kLanesName = LLAMA_NAME;

void infer(const Model& model, Tokenizer& tokenizer, const Request& request,
           kernel::Console& console, kernel::Heap& memory, OperatorTimer& timer, Outcome& outcome) {
  using Network = LLAMA_NETWORK;
  const auto needs = Network::needs(model, request.steps);
  outcome.state_bytes = needs.total;
  outcome.cache_bytes = needs.cache;
  void* state =
      needs.total <= memory.total() ? memory.allocate(static_cast<size_t>(needs.total)) : nullptr;
  auto* tokens =
      static_cast<uint32_t*>(memory.allocate((request.prompt_size + 2) * sizeof(uint32_t)));
  auto* choices = static_cast<typename Sampler<Lanes>::Choice*>(
      memory.allocate(model.config.vocab * sizeof(typename Sampler<Lanes>::Choice)));
  if (!state || !tokens || !choices) {
    outcome.problem = "there is no memory for the keys, values and sums of so many positions";
    return;
  }
  const Sampling how{static_cast<float>(request.temperature) / 1000.0F,
                     static_cast<float>(request.top_p) / 1000.0F, request.seed};
  Network network(model, request.steps, state);
  Sampler<Lanes> sampler(how, model.config.vocab, choices);
  outcome.prompt_tokens = tokenizer.encode(request.prompt, request.prompt_size, tokens);

  kernel::Pit pit;
  timer.start();
  uint64_t token_start = timer.last();
  const Generated text = generate(
      network, tokenizer, sampler, tokens, outcome.prompt_tokens, request.steps, timer,
      [&](Piece piece) {
        console.text(piece.text, piece.size);
        if (outcome.first_text == 0) outcome.first_text = x86::read_tsc_ordered();
      },
      [&] {
        outcome.tokens.add(timer.last() - token_start);
        token_start = timer.last();
        pit.look();
      });
  outcome.pit_ticks = pit.ticks();
  outcome.positions = text.positions;
  outcome.pieces = text.pieces;
  outcome.ended = text.ended;
}

}  // namespace llama
