// The project's Llama as a program in bitcode: the engine that the guest `llama` ships, over a
// model that is data of the program. It writes the text that the guest tells, to the byte.
//
//   guest_main(positions)   0: as many as the guest computes where it is not told, 256
//
// CMakeLists.txt compiles it once for each model: LLAMA_BUNDLE names the file.
#include "engine/bundle.h"
#include "engine/generate.h"
#include "engine/lanes.h"
#include "engine/transformer.h"

extern "C" {
int guest_main(int positions);
void guest_write(const char* bytes, int size);
}

namespace {

using llama::Fault;
using Lanes = llama::Sse2Lanes;
using Network = llama::Transformer<Lanes>;

alignas(16) constexpr uint8_t kBundle[] = {
#embed LLAMA_BUNDLE
};

constexpr uint32_t kMaxVocabulary = 1024;
constexpr uint32_t kDefaultPositions = 256;

/// All that the engine asks for.
struct Memory {
  alignas(16) uint8_t state[1024 * 1024];  // keys, values and sums
  llama::Tokenizer::Entry entries[kMaxVocabulary];
  uint32_t order[kMaxVocabulary];
};
Memory memory;

void write(const char* text, uint32_t size) { guest_write(text, static_cast<int>(size)); }

int refuse(const char* why) {
  write(why, static_cast<uint32_t>(__builtin_strlen(why)));
  write("\n", 1);
  return 1;
}

Fault read(llama::Model& model, llama::Tokenizer& tokenizer) {
  llama::Bundle bundle;
  if (const Fault fault = llama::read_bundle(kBundle, sizeof kBundle, bundle)) return fault;
  if (const Fault fault = llama::read_checkpoint(bundle.model, bundle.model_size, model)) {
    return fault;
  }
  const uint32_t vocab = model.config.vocab;
  if (vocab > kMaxVocabulary) return {"the vocabulary is too large", vocab, kMaxVocabulary};
  return tokenizer.read(bundle.tokenizer, bundle.tokenizer_size, vocab, memory.entries,
                        memory.order);
}

}  // namespace

int guest_main(int positions) {
  llama::Model model;
  llama::Tokenizer tokenizer;
  if (const Fault fault = read(model, tokenizer)) return refuse(fault.what);
  const uint32_t steps = positions == 0 ? kDefaultPositions : static_cast<uint32_t>(positions);
  if (steps > model.config.seq_len) return refuse("the model knows fewer positions");
  if (Network::needs(model, steps).total > sizeof memory.state) {
    return refuse("there is no memory for the keys, values and sums of so many positions");
  }

  Network network(model, steps, memory.state);
  llama::Sampler<Lanes> sampler({}, model.config.vocab, nullptr);
  uint32_t tokens[2];
  const uint32_t prompt = tokenizer.encode("", 0, tokens);
  llama::NoOperatorTimer timer;
  generate(
      network, tokenizer, sampler, tokens, prompt, steps, timer,
      [](llama::Piece piece) { write(piece.text, piece.size); }, [] {});
  write("\n", 1);
  return 0;
}
