#include "tokenizer.h"

namespace llama {
namespace {

uint32_t unsigned_at(const uint8_t* bytes) {
  return uint32_t{bytes[0]} | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 |
         uint32_t{bytes[3]} << 24;
}

/// As memcmp, a shorter text before a longer one that starts with it.
int compare(const char* a, uint32_t a_size, const char* b, uint32_t b_size) {
  for (uint32_t i = 0; i < a_size && i < b_size; ++i) {
    const int difference = static_cast<uint8_t>(a[i]) - static_cast<uint8_t>(b[i]);
    if (difference != 0) return difference;
  }
  return a_size < b_size ? -1 : a_size > b_size ? 1 : 0;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// The byte that "<0x0A>" stands for, or -1.
int byte_of(const Tokenizer::Entry& entry) {
  const char* t = entry.text;
  if (entry.size != 6 || t[0] != '<' || t[1] != '0' || t[2] != 'x' || t[5] != '>') return -1;
  const int high = hex_digit(t[3]), low = hex_digit(t[4]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// Bytes of the UTF-8 character that starts a text: at least 1, at most 4, no more than there are.
uint32_t character_size(const char* text, uint32_t size) {
  uint32_t length = 1;
  while (length < size && length < 4 && (static_cast<uint8_t>(text[length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

}  // namespace

Fault Tokenizer::read(const uint8_t* file, uint64_t size, uint32_t vocab, Entry* entries,
                      uint32_t* order) {
  if (size < 4) return {"the tokenizer file is shorter than its header", size, 4};
  const uint32_t longest = unsigned_at(file);
  uint64_t at = 4;
  for (uint32_t i = 0; i < vocab; ++i) {
    if (size - at < 8) return {"the tokenizer file ends before all tokens are read", i, vocab};
    const uint32_t length = unsigned_at(file + at + 4);
    if (length > longest) return {"a token is longer than the longest one", length, longest};
    if (length > size - at - 8) {
      return {"the tokenizer file ends before all tokens are read", i, vocab};
    }
    entries[i] = {reinterpret_cast<const char*>(file + at + 8), length,
                  __builtin_bit_cast(float, unsigned_at(file + at))};
    at += 8 + uint64_t{length};
  }
  if (at != size) {
    return {"the tokenizer file has more than the model's vocabulary", size, at};
  }
  *this = {};
  entries_ = entries;
  order_ = order;
  vocab_ = vocab;
  return {};
}

/// Heap sort: in place, no recursion, and never quadratic, whatever the file holds.
void Tokenizer::sort() {
  const auto before = [this](uint32_t a, uint32_t b) {
    const int order =
        compare(entries_[a].text, entries_[a].size, entries_[b].text, entries_[b].size);
    return order != 0 ? order < 0 : a < b;
  };
  const auto sift_down = [&](uint32_t root, uint32_t end) {
    for (;;) {
      uint32_t child = 2 * root + 1;
      if (child >= end) return;
      if (child + 1 < end && before(order_[child], order_[child + 1])) ++child;
      if (!before(order_[root], order_[child])) return;
      const uint32_t moved = order_[root];
      order_[root] = order_[child];
      order_[child] = moved;
      root = child;
    }
  };
  for (uint32_t i = 0; i < vocab_; ++i) order_[i] = i;
  for (uint32_t i = vocab_ / 2; i-- > 0;) sift_down(i, vocab_);
  for (uint32_t end = vocab_; end-- > 1;) {
    const uint32_t last = order_[end];
    order_[end] = order_[0];
    order_[0] = last;
    sift_down(0, end);
  }
  sorted_ = true;
}

/// The lowest token with that text, or -1.
int32_t Tokenizer::find(const char* text, uint32_t size) const {
  uint32_t low = 0, high = vocab_;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const Entry& entry = entries_[order_[middle]];
    if (compare(entry.text, entry.size, text, size) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == vocab_) return -1;
  const Entry& entry = entries_[order_[low]];
  const bool same = compare(entry.text, entry.size, text, size) == 0;
  return same ? static_cast<int32_t>(order_[low]) : -1;
}

/// The token whose text is that of both, one after the other, or -1.
int32_t Tokenizer::find_pair(uint32_t left, uint32_t right) const {
  constexpr uint32_t kRoom = 256;  // a longer token is never the product of a merge
  const Entry &a = entries_[left], &b = entries_[right];
  if (a.size > kRoom || b.size > kRoom - a.size) return -1;
  char joined[kRoom];
  for (uint32_t i = 0; i < a.size; ++i) joined[i] = a.text[i];
  for (uint32_t i = 0; i < b.size; ++i) joined[a.size + i] = b.text[i];
  return find(joined, a.size + b.size);
}

uint32_t Tokenizer::encode(const char* text, uint32_t size, uint32_t* tokens) {
  uint32_t count = 0;
  tokens[count++] = kBeginToken;
  if (size == 0) return count;
  if (!sorted_) sort();

  if (const int32_t space = find(" ", 1); space >= 0) {
    tokens[count++] = static_cast<uint32_t>(space);
  }
  for (uint32_t at = 0; at < size;) {
    const uint32_t length = character_size(text + at, size - at);
    const int32_t whole = find(text + at, length);
    if (whole >= 0) {
      tokens[count++] = static_cast<uint32_t>(whole);
    } else {
      for (uint32_t i = 0; i < length; ++i) {
        const uint32_t token = static_cast<uint8_t>(text[at + i]) + kFirstByteToken;
        tokens[count++] = token < vocab_ ? token : 0;
      }
    }
    at += length;
  }
  for (;;) {
    int32_t best = -1;
    uint32_t best_at = 0;
    for (uint32_t i = 0; i + 1 < count; ++i) {
      const int32_t pair = find_pair(tokens[i], tokens[i + 1]);
      if (pair < 0) continue;
      if (best >= 0 && !(entries_[pair].score > entries_[best].score)) continue;
      best = pair;
      best_at = i;
    }
    if (best < 0) return count;
    tokens[best_at] = static_cast<uint32_t>(best);
    --count;
    for (uint32_t i = best_at + 1; i < count; ++i) tokens[i] = tokens[i + 1];
  }
}

Piece Tokenizer::decode(uint32_t previous, uint32_t token) {
  if (token >= vocab_) return {};
  const Entry& entry = entries_[token];
  if (const int byte = byte_of(entry); byte >= 0) {
    byte_ = static_cast<char>(byte);
    return {&byte_, 1};
  }
  const bool strip = previous == kBeginToken && entry.size > 0 && entry.text[0] == ' ';
  return {entry.text + (strip ? 1 : 0), entry.size - (strip ? 1 : 0)};
}

}  // namespace llama
