#include "checkpoint.h"

namespace llama {
namespace {

constexpr size_t kFp32Header = 7 * sizeof(int32_t);
constexpr uint64_t kAlign = 16;

int32_t word_at(const uint8_t* bytes) {
  return static_cast<int32_t>(uint32_t{bytes[0]} | uint32_t{bytes[1]} << 8 |
                              uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24);
}

bool has_magic(const uint8_t* bytes) {
  for (int i = 0; i < 4; ++i) {
    if (bytes[i] != static_cast<uint8_t>(kInt8Magic[i])) return false;
  }
  return true;
}

Fault shape_fault(const Config& config, Format format) {
  struct Size {
    const char* what;
    uint32_t value;
  };
  const Size sizes[] = {{"dim is not from 1 to", config.dim},
                        {"hidden_dim is not from 1 to", config.hidden_dim},
                        {"n_layers is not from 1 to", config.layers},
                        {"n_heads is not from 1 to", config.heads},
                        {"n_kv_heads is not from 1 to", config.kv_heads},
                        {"vocab_size is not from 1 to", config.vocab},
                        {"seq_len is not from 1 to", config.seq_len}};
  for (const Size& size : sizes) {
    if (size.value < 1 || size.value > kMaxSize) return {size.what, size.value, kMaxSize};
  }
  if (config.dim % config.heads != 0) {
    return {"dim is not a multiple of n_heads", config.dim, config.heads};
  }
  if (config.heads % config.kv_heads != 0) {
    return {"n_heads is not a multiple of n_kv_heads", config.heads, config.kv_heads};
  }
  if (config.head_size() % 4 != 0) {
    return {"dim / n_heads is not a multiple of", config.head_size(), 4};
  }
  if (config.hidden_dim % 4 != 0) {
    return {"hidden_dim is not a multiple of", config.hidden_dim, 4};
  }
  const uint32_t columns = config.dim > config.hidden_dim ? config.dim : config.hidden_dim;
  if (format == Format::int8 && columns > kMaxInt8Columns) {
    return {"dim or hidden_dim is too large for int8, over", columns, kMaxInt8Columns};
  }
  if (config.vocab < 4) return {"vocab_size is less than", config.vocab, 4};
  return {};
}

/// Walks through the parts of a file in their order. With no file it only adds up their sizes.
/// Sizes stay below 2^63: each factor is at most kMaxSize and there are at most three.
class Parts {
 public:
  Parts(const uint8_t* file, uint64_t offset, Format format)
      : file_(file), at_(offset), format_(format) {}

  const float* floats(uint64_t count) {
    return static_cast<const float*>(part(count * sizeof(float)));
  }
  Tensor tensor(uint64_t layers, uint32_t rows, uint32_t columns) {
    Tensor t{.rows = rows, .columns = columns, .stride = columns};
    if (format_ == Format::fp32) {
      t.data = floats(layers * rows * columns);
      return t;
    }
    t.stride = (columns + kInt8Columns - 1) / kInt8Columns * kInt8Columns;
    t.data = part(layers * rows * t.stride);
    t.scales = floats(layers * rows);
    return t;
  }
  [[nodiscard]] uint64_t end() const { return at_; }

 private:
  const void* part(uint64_t bytes) {
    const void* start = file_ == nullptr ? nullptr : file_ + at_;
    at_ += bytes;
    if (format_ == Format::int8) at_ = (at_ + kAlign - 1) / kAlign * kAlign;
    return start;
  }

  const uint8_t* file_;
  uint64_t at_;
  Format format_;
};

/// Sets the tensors of `model` from its config and format; returns where the last one ends.
uint64_t lay_out(const uint8_t* file, Model& model) {
  const Config& c = model.config;
  const bool int8 = model.format == Format::int8;
  Parts parts(file, int8 ? kInt8Header : kFp32Header, model.format);
  const uint64_t all_norms = uint64_t{c.layers} * c.dim;
  if (int8) {
    model.attention_norms = parts.floats(all_norms);
    model.ffn_norms = parts.floats(all_norms);
    model.final_norm = parts.floats(c.dim);
  }
  model.embedding = parts.tensor(1, c.vocab, c.dim);
  if (!int8) model.attention_norms = parts.floats(all_norms);
  model.wq = parts.tensor(c.layers, c.dim, c.dim);
  model.wk = parts.tensor(c.layers, c.kv_dim(), c.dim);
  model.wv = parts.tensor(c.layers, c.kv_dim(), c.dim);
  model.wo = parts.tensor(c.layers, c.dim, c.dim);
  if (!int8) model.ffn_norms = parts.floats(all_norms);
  model.w1 = parts.tensor(c.layers, c.hidden_dim, c.dim);
  model.w2 = parts.tensor(c.layers, c.dim, c.hidden_dim);
  model.w3 = parts.tensor(c.layers, c.hidden_dim, c.dim);
  if (!int8) {
    model.final_norm = parts.floats(c.dim);
    parts.floats(uint64_t{c.seq_len} * c.head_size());  // RoPE tables, sines and cosines
  }
  model.classifier = c.shared_classifier ? model.embedding : parts.tensor(1, c.vocab, c.dim);
  return parts.end();
}

}  // namespace

size_t data_offset(const uint8_t (&first)[4]) {
  return has_magic(first) ? kInt8Header : kFp32Header;
}

uint64_t file_bytes(const Config& config, Format format) {
  if (shape_fault(config, format)) return 0;
  Model model;
  model.config = config;
  model.format = format;
  return lay_out(nullptr, model);
}

Fault read_checkpoint(const uint8_t* file, uint64_t size, Model& model) {
  if (size < kFp32Header) return {"the model file is shorter than its header", size, kFp32Header};
  const bool int8 = has_magic(file);
  if (int8 && size < kInt8Header) {
    return {"the model file is shorter than its header", size, kInt8Header};
  }
  if (int8 && word_at(file + 4) != kInt8Version) {
    return {"the int8 model has another version", static_cast<uint32_t>(word_at(file + 4)),
            static_cast<uint32_t>(kInt8Version)};
  }
  model = {};
  model.format = int8 ? Format::int8 : Format::fp32;
  const uint8_t* word = file + (int8 ? 8 : 0);
  Config& c = model.config;
  uint32_t* const fields[] = {&c.dim,      &c.hidden_dim, &c.layers, &c.heads,
                              &c.kv_heads, &c.vocab,      &c.seq_len};
  for (uint32_t* field : fields) {
    *field = static_cast<uint32_t>(word_at(word));
    word += 4;
  }
  const bool negative = c.vocab > INT32_MAX;
  if (negative) c.vocab = 0 - c.vocab;
  c.shared_classifier = !negative;
  if (const Fault fault = shape_fault(c, model.format)) return fault;
  const uint64_t needed = lay_out(nullptr, model);
  if (needed != size) return {"the model file has not the size its header asks for", size, needed};
  lay_out(file, model);
  return {};
}

}  // namespace llama
