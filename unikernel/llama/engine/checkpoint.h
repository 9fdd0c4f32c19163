// From the bytes of a model file to its shape and its tensors. Two formats:
//
// **fp32**, llama2.c's checkpoint "version 0" (export.py, legacy_export), little-endian:
//   seven int32: dim, hidden_dim, n_layers, n_heads, n_kv_heads, vocab_size, seq_len; a negative
//   vocab_size says that the classifier is not the token embedding. Then float32, row by row:
//   token embedding [vocab, dim], attention norms [layers, dim], wq [layers, dim, dim],
//   wk and wv [layers, kv_dim, dim], wo [layers, dim, dim], ffn norms [layers, dim],
//   w1 [layers, hidden, dim], w2 [layers, dim, hidden], w3 [layers, hidden, dim], final norm [dim],
//   two RoPE tables [seq_len, head_size / 2] that are skipped, classifier [vocab, dim] where not
//   shared. kv_dim = dim * n_kv_heads / n_heads, head_size = dim / n_heads.
//
// **int8**, ours (`llama_model quantize` makes it from fp32): 64 bytes of header: "UKQ8", int32
//   version 1, the seven int32 as above, 28 bytes of zeros. Then float32 norms: attention, ffn,
//   final. Then the matrices: embedding, wq, wk, wv, wo, w1, w2, w3, classifier where not shared,
//   each as its bytes, rows padded with zeros to a multiple of 16 columns, and then one float32
//   scale for each row. Every part is padded with zeros to a multiple of 16 bytes. Weight = byte *
//   scale. Bytes of even columns are stored with 128 added (offset binary), those of odd columns
//   in two's complement: see int8.h.
//   One scale a row, and not one a group of columns: a group size that does not divide every row
//   length would drop or mix columns.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace llama {

struct Config {
  uint32_t dim = 0, hidden_dim = 0, layers = 0, heads = 0, kv_heads = 0, vocab = 0, seq_len = 0;
  bool shared_classifier = true;

  [[nodiscard]] uint32_t head_size() const { return dim / heads; }
  [[nodiscard]] uint32_t kv_dim() const { return head_size() * kv_heads; }
};

enum class Format : uint8_t { fp32, int8 };

inline constexpr size_t kInt8Header = 64;
inline constexpr char kInt8Magic[] = "UKQ8";
inline constexpr int32_t kInt8Version = 1;
inline constexpr uint32_t kInt8Columns = 16;  // rows of int8 are padded to a multiple of this

/// A stack of matrices, one a layer (the embedding has one layer), each rows x columns.
struct Tensor {
  const void* data = nullptr;     // float, or int8_t
  const float* scales = nullptr;  // one a row of every layer; int8 alone
  uint32_t rows = 0, columns = 0;
  uint32_t stride = 0;  // elements from one row to the next
};

struct Model {
  Config config;
  Format format = Format::fp32;
  const float* attention_norms = nullptr;  // [layers, dim]
  const float* ffn_norms = nullptr;        // [layers, dim]
  const float* final_norm = nullptr;       // [dim]
  Tensor embedding, wq, wk, wv, wo, w1, w2, w3, classifier;
};

/// Why a file cannot be used. `what` is nullptr where it can; `found` and `needed` are the two
/// numbers that it speaks of.
struct Fault {
  const char* what = nullptr;
  uint64_t found = 0, needed = 0;
  explicit operator bool() const { return what != nullptr; }
};

/// Bytes from the start of a file to its first tensor. It tells what alignment a buffer for a file
/// needs: buffer + data_offset must be a multiple of 16. `first` holds the file's first four bytes.
size_t data_offset(const uint8_t (&first)[4]);

/// Fills `model` with pointers into `file`, which must outlive it and be aligned as data_offset()
/// says. Nothing is read beyond `size` bytes; every product is checked. What is asked of a model:
/// every size at least 1 and at most kMaxSize, heads that divide dim and kv_heads that divide
/// heads; head size, dim and hidden_dim multiples of 4, at least 4 tokens; and a file of exactly
/// the size that its header asks for. In int8, dim and hidden_dim at most kMaxInt8Columns.
Fault read_checkpoint(const uint8_t* file, uint64_t size, Model& model);

inline constexpr uint32_t kMaxInt8Columns = 1 << 17;  // int8.h says why
/// Largest dim, hidden_dim, layers, heads, vocabulary and context that is believed.
inline constexpr uint32_t kMaxSize = 1 << 20;

/// Bytes of a file with this shape, 0 where the shape itself is refused. Pure arithmetic.
uint64_t file_bytes(const Config& config, Format format);

}  // namespace llama
