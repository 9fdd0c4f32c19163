// The engine on the host, for the tool and for tests: owns what the guest takes from its memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/fp32.h"
#include "engine/generate.h"
#include "engine/int8.h"
#include "engine/transformer.h"
#include "tools/model_file.h"

namespace llama {

/// A tokenizer with its tables and its file.
struct HostTokenizer {
  HostTokenizer(Bytes bytes, std::uint32_t vocab) : file(std::move(bytes)) {
    entries.resize(vocab);
    order.resize(vocab);
    if (const Fault fault =
            tokenizer.read(file.data(), file.size(), vocab, entries.data(), order.data())) {
      throw FileError(text_of(fault));
    }
  }
  HostTokenizer(const HostTokenizer&) = delete;
  HostTokenizer& operator=(const HostTokenizer&) = delete;

  std::vector<std::uint32_t> encode(std::string_view text) {
    std::vector<std::uint32_t> tokens(text.size() + 2);
    tokens.resize(
        tokenizer.encode(text.data(), static_cast<std::uint32_t>(text.size()), tokens.data()));
    return tokens;
  }

  Bytes file;
  std::vector<Tokenizer::Entry> entries;
  std::vector<std::uint32_t> order;
  Tokenizer tokenizer;
};

/// A transformer with its memory, which starts as garbage on purpose.
template <class V>
struct HostTransformer {
  HostTransformer(const Model& model, std::uint32_t positions)
      : room(Transformer<V>::needs(model, positions).total / 16 + 1),
        transformer(model, positions, garbled()) {}

  struct alignas(16) Cell {
    std::uint8_t bytes[16];
  };
  void* garbled() {
    for (Cell& cell : room) {
      for (std::uint8_t& byte : cell.bytes) byte = 0xFF;  // NaN
    }
    return room.data();
  }
  std::vector<Cell> room;
  Transformer<V> transformer;
};

struct Request {
  std::string prompt;
  std::uint32_t steps = 256;
  Sampling sampling;
};

/// The text that the guest would stream, with the newline it ends with.
template <class V>
std::string generate_text(const Model& model, HostTokenizer& tokenizer, const Request& request) {
  HostTransformer<V> host(model, request.steps);
  const std::vector<std::uint32_t> tokens = tokenizer.encode(request.prompt);
  std::vector<typename Sampler<V>::Choice> choices(model.config.vocab);
  Sampler<V> sampler(request.sampling, model.config.vocab, choices.data());
  NoOperatorTimer timer;
  std::string text;
  generate(
      host.transformer, tokenizer.tokenizer, sampler, tokens.data(),
      static_cast<std::uint32_t>(tokens.size()), request.steps, timer,
      [&](Piece piece) { text.append(piece.text, piece.size); }, [] {});
  return text + "\n";
}

}  // namespace llama
