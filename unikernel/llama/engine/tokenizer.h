// Byte-pair tokens: text to tokens by greedy merges, and tokens to text.
//
// The file is llama2.c's tokenizer.bin, little-endian: int32 longest token in bytes; then for each
// token of the vocabulary float32 score, int32 length, that many bytes. Token 0 is <unk>, 1 begins
// a text, 2 ends one; 3 to 258 are the bytes 0 to 255, written "<0x0A>".
//
// The vocabulary's size stands in the model file, so the two are read together.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "checkpoint.h"

namespace llama {

inline constexpr uint32_t kBeginToken = 1, kEndToken = 2, kFirstByteToken = 3;

struct Piece {
  const char* text = nullptr;
  uint32_t size = 0;
};

class Tokenizer {
 public:
  /// What the caller must provide for a vocabulary: one entry a token.
  struct Entry {
    const char* text;
    uint32_t size;
    float score;
  };

  /// Reads `size` bytes of a tokenizer file for `vocab` tokens; `entries` and `order` hold as many.
  /// The file must outlive the tokenizer. A file that ends early, a length that is negative or
  /// longer than the file's own longest, and bytes left over are faults.
  Fault read(const uint8_t* file, uint64_t size, uint32_t vocab, Entry* entries, uint32_t* order);

  /// Text to tokens: kBeginToken, then, unless the text is empty, one space and the text, each
  /// character a token or its bytes as byte tokens, then the neighbours with the best-scoring
  /// common token merged until none is left (the leftmost of equals). At most size + 2 tokens, for
  /// which `tokens` must have room. Returns how many. Sorts the vocabulary on first use.
  uint32_t encode(const char* text, uint32_t size, uint32_t* tokens);

  /// The text of a token that follows `previous`: after kBeginToken without its leading space, and
  /// a byte token as its byte, whose text is good until the next call. Empty for a token beyond
  /// the vocabulary.
  Piece decode(uint32_t previous, uint32_t token);

  [[nodiscard]] uint32_t vocab() const { return vocab_; }

 private:
  [[nodiscard]] int32_t find(const char* text, uint32_t size) const;
  [[nodiscard]] int32_t find_pair(uint32_t left, uint32_t right) const;
  void sort();

  const Entry* entries_ = nullptr;
  uint32_t* order_ = nullptr;  // tokens by their text, then by number; once sorted
  uint32_t vocab_ = 0;
  bool sorted_ = false;
  char byte_ = 0;
};

}  // namespace llama
