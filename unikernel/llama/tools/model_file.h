// Model files, made on the host: from fp32 to int8, model and tokenizer in one bundle, and a model
// of random weights for tests. Pure: bytes in, bytes out. The formats: engine/checkpoint.h,
// engine/tokenizer.h, engine/bundle.h.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/checkpoint.h"

namespace llama {

using Bytes = std::vector<std::uint8_t>;

/// The input is not what it should be; what() says it in one sentence.
struct FileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// "the model file ...: found 12, needed 34".
std::string text_of(const Fault& fault);

/// A model's bytes at an address where its tensors are aligned, and what they say. Not copyable:
/// the model points into the bytes. Throws FileError where the file is refused.
class LoadedModel {
 public:
  explicit LoadedModel(const Bytes& file);
  LoadedModel(const LoadedModel&) = delete;
  LoadedModel& operator=(const LoadedModel&) = delete;
  Model model;

 private:
  std::vector<std::uint8_t> room_;
};

/// A float checkpoint as int8: each row's scale is its largest absolute weight / 127. Norms stay
/// float. Throws FileError unless the file is a good fp32 model.
Bytes quantize(const Bytes& fp32);

/// A checkpoint of that shape with weights drawn evenly from [-1, 1) / sqrt(columns), norms of 1.
/// The same seed gives the same bytes everywhere: integers, divided by a power of two.
Bytes random_model(const Config& config, std::uint64_t seed);

/// A vocabulary for `size` tokens, at least 259: <unk>, <s>, </s>, the 256 bytes, then texts of one
/// to four letters, some with a space before them.
Bytes random_tokenizer(std::uint32_t size, std::uint64_t seed);

/// Model and tokenizer as one file (engine/bundle.h). Throws FileError where one of them is
/// refused.
Bytes bundle(const Bytes& model, const Bytes& tokenizer);

}  // namespace llama
