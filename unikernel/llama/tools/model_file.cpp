#include "tools/model_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/bundle.h"
#include "engine/sampler.h"
#include "engine/tokenizer.h"

namespace llama {
namespace {

constexpr std::size_t kAlign = 16;

template <class T>
void append(Bytes& to, T value) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);  // hosts are little-endian
  to.insert(to.end(), bytes, bytes + sizeof value);
}

void append(Bytes& to, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  to.insert(to.end(), bytes, bytes + size);
}

void pad(Bytes& bytes, std::size_t align = kAlign) {
  bytes.resize((bytes.size() + align - 1) / align * align);
}

std::size_t data_offset_of(const Bytes& file) {
  std::uint8_t first[4] = {};
  std::copy_n(file.begin(), std::min<std::size_t>(4, file.size()), first);
  return data_offset(first);
}

void append_config(Bytes& to, const Config& c) {
  const auto vocab = static_cast<std::int32_t>(c.vocab);
  for (const std::uint32_t field :
       {c.dim, c.hidden_dim, c.layers, c.heads, c.kv_heads,
        static_cast<std::uint32_t>(c.shared_classifier ? vocab : -vocab), c.seq_len}) {
    append(to, field);
  }
}

void append_norms(Bytes& to, const float* norms, std::size_t count) {
  append(to, norms, count * sizeof(float));
  pad(to);
}

void append_quantized(Bytes& to, const Tensor& t, std::uint32_t layers) {
  const std::size_t rows = std::size_t{t.rows} * layers;
  const auto* weights = static_cast<const float*>(t.data);
  const std::size_t stride = (t.columns + kInt8Columns - 1) / kInt8Columns * kInt8Columns;
  std::vector<float> scales;
  for (std::size_t row = 0; row < rows; ++row, weights += t.columns) {
    float largest = 0;
    for (std::uint32_t c = 0; c < t.columns; ++c)
      largest = std::max(largest, std::fabs(weights[c]));
    const float scale = largest / 127;
    scales.push_back(scale);
    for (std::size_t c = 0; c < stride; ++c) {
      const bool there = c < t.columns && scale > 0;
      const float steps = there ? std::nearbyint(weights[c] / scale) : 0;
      const auto byte = static_cast<std::int8_t>(std::clamp(steps, -127.0F, 127.0F));
      to.push_back(static_cast<std::uint8_t>(byte ^ (c % 2 == 0 ? 0x80 : 0)));
    }
  }
  pad(to);
  append_norms(to, scales.data(), scales.size());
}

}  // namespace

std::string text_of(const Fault& fault) {
  return std::string(fault.what) + ": found " + std::to_string(fault.found) + ", needed " +
         std::to_string(fault.needed);
}

LoadedModel::LoadedModel(const Bytes& file) : room_(file.size() + 2 * kAlign) {
  const auto base = reinterpret_cast<std::uintptr_t>(room_.data());
  const std::size_t shift = (kAlign - (base + data_offset_of(file)) % kAlign) % kAlign;
  std::copy(file.begin(), file.end(), room_.begin() + static_cast<std::ptrdiff_t>(shift));
  if (const Fault fault = read_checkpoint(room_.data() + shift, file.size(), model)) {
    throw FileError(text_of(fault));
  }
}

Bytes quantize(const Bytes& fp32) {
  const LoadedModel loaded(fp32);
  const Model& m = loaded.model;
  const Config& c = m.config;
  if (m.format != Format::fp32) throw FileError("the model is int8 already");
  Bytes out;
  append(out, kInt8Magic, 4);
  append(out, kInt8Version);
  append_config(out, c);
  out.resize(kInt8Header);
  append_norms(out, m.attention_norms, std::size_t{c.layers} * c.dim);
  append_norms(out, m.ffn_norms, std::size_t{c.layers} * c.dim);
  append_norms(out, m.final_norm, c.dim);
  append_quantized(out, m.embedding, 1);
  for (const Tensor* t : {&m.wq, &m.wk, &m.wv, &m.wo, &m.w1, &m.w2, &m.w3}) {
    append_quantized(out, *t, c.layers);
  }
  if (!c.shared_classifier) append_quantized(out, m.classifier, 1);
  return out;
}

Bytes random_model(const Config& config, std::uint64_t seed) {
  const std::uint64_t size = file_bytes(config, Format::fp32);
  if (size == 0) throw FileError("no model can have this shape");
  Bytes out;
  append_config(out, config);
  Random random(seed);
  const auto norms = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) append(out, 1.0F);
  };
  const auto matrix = [&](std::size_t rows, std::uint32_t columns) {
    const float scale = 1 / square_root(static_cast<float>(columns));
    for (std::size_t i = 0; i < rows * columns; ++i) {
      append(out, (random.uniform() * 2 - 1) * scale);
    }
  };
  const Config& c = config;
  const std::size_t layers = c.layers;
  matrix(c.vocab, c.dim);
  norms(layers * c.dim);
  matrix(layers * c.dim, c.dim);
  matrix(layers * c.kv_dim(), c.dim);
  matrix(layers * c.kv_dim(), c.dim);
  matrix(layers * c.dim, c.dim);
  norms(layers * c.dim);
  matrix(layers * c.hidden_dim, c.dim);
  matrix(layers * c.dim, c.hidden_dim);
  matrix(layers * c.hidden_dim, c.dim);
  norms(c.dim);
  out.resize(out.size() + std::size_t{c.seq_len} * c.head_size() * sizeof(float));
  if (!c.shared_classifier) matrix(c.vocab, c.dim);
  return out;
}

Bytes random_tokenizer(std::uint32_t size, std::uint64_t seed) {
  constexpr std::uint32_t kFirst = kFirstByteToken + 256;
  if (size < kFirst) throw FileError("a tokenizer has at least 259 tokens");
  std::vector<std::string> texts = {"<unk>", "<s>", "</s>"};
  for (int byte = 0; byte < 256; ++byte) {
    char text[8];
    std::snprintf(text, sizeof text, "<0x%02X>", static_cast<unsigned>(byte));
    texts.emplace_back(text);
  }
  Random random(seed);
  while (texts.size() < size) {
    std::string text = random.next() % 2 == 0 ? " " : "";
    for (std::uint32_t letters = 1 + random.next() % 4; letters > 0; --letters) {
      text += static_cast<char>('a' + random.next() % 26);
    }
    texts.push_back(text);
  }
  Bytes out;
  append(out, std::uint32_t{6});  // "<0x00>", the longest
  for (std::size_t i = 0; i < texts.size(); ++i) {
    append(out, i < kFirst ? 0.0F : -static_cast<float>(i));
    append(out, static_cast<std::uint32_t>(texts[i].size()));
    append(out, texts[i].data(), texts[i].size());
  }
  return out;
}

Bytes bundle(const Bytes& model, const Bytes& tokenizer) {
  const LoadedModel loaded(model);
  const std::uint32_t vocab = loaded.model.config.vocab;
  std::vector<Tokenizer::Entry> entries(vocab);
  std::vector<std::uint32_t> order(vocab);
  Tokenizer reader;
  if (const Fault fault =
          reader.read(tokenizer.data(), tokenizer.size(), vocab, entries.data(), order.data())) {
    throw FileError(text_of(fault));
  }
  const std::size_t model_at =
      kBundleHeader + (kAlign - (kBundleHeader + data_offset_of(model)) % kAlign) % kAlign;
  const std::size_t tokenizer_at = (model_at + model.size() + kAlign - 1) / kAlign * kAlign;
  Bytes out;
  append(out, kBundleMagic, 8);
  for (const std::size_t number : {model_at, model.size(), tokenizer_at, tokenizer.size()}) {
    append(out, static_cast<std::uint64_t>(number));
  }
  out.resize(model_at);
  append(out, model.data(), model.size());
  out.resize(tokenizer_at);
  append(out, tokenizer.data(), tokenizer.size());
  return out;
}

}  // namespace llama
