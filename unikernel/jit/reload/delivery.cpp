#include "reload/delivery.h"

#include "support/bytes.h"
#include "support/sha256.h"

namespace jit::reload {
namespace {

constexpr uint32_t kTableEnd = bundle::kHeadBytes + bundle::kEntryBytes;

uint8_t half(char digit) {
  return static_cast<uint8_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/// Whether the bundle is what its hash says.
bool is_as_sent(Span<const uint8_t> bytes) {
  Sha256 sum;
  sum.add(bytes.data + bundle::kHeadBytes, bytes.size - bundle::kHeadBytes);
  char digits[Sha256::kDigits];
  sum.finish(digits);
  const uint8_t* const hash = bundle::hash(bytes);
  bool same = true;
  for (uint32_t i = 0; i < bundle::kHashBytes; ++i) {
    const char* const pair = digits + size_t{2} * i;
    same &= hash[i] == (half(pair[0]) << 4 | half(pair[1]));
  }
  return same;
}

bool is_plain(Text name) {
  for (uint32_t i = 0; i < name.size; ++i) {
    const char c = name.data[i];
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
    if (!good) return false;
  }
  return name.size > 0;
}

}  // namespace

Delivery::State Delivery::refuse(Text why) {
  why_ = why;
  done_ = true;
  return refused;
}

Delivery::State Delivery::cut() {
  return refuse(size_ < bundle::kMagicBytes ? Text("no bundle of bitcode: UKBC0002 is not in it")
                                            : Text("it ends before it is whole"));
}

bundle::Program Delivery::program() const { return bundle::program(bytes(), 0); }

Delivery::State Delivery::put(uint8_t byte) {
  if (done_) {
    size_ = expected_ = passed_over_ = 0;
    done_ = false;
    why_ = {};
  }
  if (size_ < bundle::kMagicBytes && byte != static_cast<uint8_t>(bundle::kMagic[size_])) {
    // Its first character is nowhere else in it.
    passed_over_ += size_;
    size_ = 0;
    if (byte != static_cast<uint8_t>(bundle::kMagic[0])) {
      ++passed_over_;
      return arriving;
    }
  }
  if (size_ == room_.size) return refuse("it is longer than there is room for");
  room_[size_++] = byte;
  if (size_ == kTableEnd) return end_of_table();
  return size_ == expected_ ? end_of_file() : arriving;
}

/// The length is known from here on.
Delivery::State Delivery::end_of_table() {
  if (read_little(room_.data + bundle::kMagicBytes, 4) != 1) {
    return refuse("a bundle of one program is expected");
  }
  const uint8_t* const where = room_.data + bundle::kHeadBytes + bundle::kNameBytes;
  const auto offset = static_cast<uint32_t>(read_little(where, 4));
  const auto size = static_cast<uint32_t>(read_little(where + 4, 4));
  if (offset < kTableEnd || offset - kTableEnd >= bundle::kAlignment || size == 0) {
    return refuse("a bundle whose program is not behind its table");
  }
  if (offset > room_.size || size > room_.size - offset) {
    return refuse("it is longer than there is room for");
  }
  expected_ = offset + size;
  return arriving;
}

Delivery::State Delivery::end_of_file() {
  uint32_t count = 0;
  if (bundle::open(bytes(), count)) return refuse("a bundle that is damaged");
  if (!is_as_sent(bytes())) return refuse("it is not as it was sent: its SHA-256 is another");
  if (!is_plain(program().name))
    return refuse("a name of other than letters, digits, '.', '_', '-'");
  done_ = true;
  return whole;
}

}  // namespace jit::reload
