// A variant by hand: a union with a tag, visitors, a small string in place.
#include "corpus.h"

namespace {

class Text {
 public:
  Text(const char* from) : size_(static_cast<uint8_t>(strlen(from))) {
    memcpy(bytes_, from, size_);
  }
  char operator[](int i) const { return bytes_[i]; }
  int size() const { return size_; }
  bool operator==(const Text& o) const {
    return size_ == o.size_ && memcmp(bytes_, o.bytes_, size_) == 0;
  }

 private:
  uint8_t size_;
  char bytes_[11];
};
class Value {
 public:
  Value() : kind_(Kind::none), integer_(0) {}
  Value(int64_t integer) : kind_(Kind::integer), integer_(integer) {}
  Value(double real) : kind_(Kind::real), real_(real) {}
  Value(const Text& text) : kind_(Kind::text), text_(text) {}
  template <typename Visitor>
  auto visit(Visitor&& visitor) const {
    switch (kind_) {
      case Kind::integer:
        return visitor(integer_);
      case Kind::real:
        return visitor(real_);
      case Kind::text:
        return visitor(text_);
      case Kind::none:
        break;
    }
    return visitor(nullptr);
  }

 private:
  enum class Kind : uint8_t { none, integer, real, text } kind_;
  union {
    int64_t integer_;
    double real_;
    Text text_;
  };
};
struct Weigh {
  int64_t operator()(int64_t value) const { return value * 3; }
  int64_t operator()(double value) const { return static_cast<int64_t>(value * 100); }
  int64_t operator()(const Text& text) const { return text.size() * 1000 + text[0]; }
  int64_t operator()(decltype(nullptr)) const { return -1; }
};
Value make(int i) {
  switch (i % 4) {
    case 0:
      return Value(int64_t{i} << 30);
    case 1:
      return Value(i * 0.25);
    case 2:
      return Value(Text(i & 4 ? "kernel" : "bit"));
    default:
      return Value();
  }
}

}  // namespace

extern "C" int guest_main(int argument) {
  Value values[12];
  for (int i = 0; i < 12; ++i) values[i] = make(opaque(i * argument));
  for (int i = 0; i < 36; ++i) {
    const Value value = values[opaque(i) % 12];
    mix64(static_cast<uint64_t>(value.visit(Weigh{})));
    values[(i * 5) % 12] = value;
  }
  mix(Text("abc") == Text(opaque(1) ? "abc" : "abd"));
  return finish();
}
