#include "bundle.h"

namespace llama {
namespace {

uint64_t number_at(const uint8_t* bytes) {
  uint64_t value = 0;
  for (int i = 7; i >= 0; --i) value = value << 8 | bytes[i];
  return value;
}

}  // namespace

Fault read_bundle(const uint8_t* file, uint64_t size, Bundle& bundle) {
  if (size < kBundleHeader) {
    return {"the bundle of model and tokenizer is shorter than its header", size, kBundleHeader};
  }
  for (unsigned i = 0; i < 8; ++i) {
    if (file[i] != static_cast<uint8_t>(kBundleMagic[i])) {
      return {"this is no bundle of model and tokenizer: wrong byte at", i, 8};
    }
  }
  const uint64_t model = number_at(file + 8), model_size = number_at(file + 16);
  const uint64_t tokenizer = number_at(file + 24), tokenizer_size = number_at(file + 32);
  if (model > size || model_size > size - model) {
    return {"the bundle ends before its model does", size, model_size};
  }
  if (tokenizer > size || tokenizer_size > size - tokenizer) {
    return {"the bundle ends before its tokenizer does", size, tokenizer_size};
  }
  bundle = {file + model, model_size, file + tokenizer, tokenizer_size};
  if (model_size < 4) return {};  // read_checkpoint() says so
  const uint8_t first[4] = {bundle.model[0], bundle.model[1], bundle.model[2], bundle.model[3]};
  if ((model + data_offset(first)) % 16 != 0) {
    return {"the model's tensors in the bundle are not aligned to", model + data_offset(first), 16};
  }
  return {};
}

}  // namespace llama
