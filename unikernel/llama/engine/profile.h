// Where the time of inference goes: one clock reading at each boundary between two operators. Every
// tick between the first reading and the last is booked to exactly one operator (the reading
// itself included), so the operators sum to the total by construction, and a boundary costs some
// twenty instructions, not a pair of calls.
#pragma once

#include <stdint.h>

namespace llama {

/// What a token is made of, in the order of the reports. Those up to kLayerOperators belong to a
/// layer.
enum class Operator : uint8_t {
  norm,              // RMSNorm; the final one is counted apart
  matmul_qkv,        // three products: query, key, value
  rope,              // rotates query and key, stores key and value
  attention,         // scores, softmax, weighted sum, of all heads
  matmul_attention,  // output projection, and its residual
  matmul_gate_up,    // two products: w1 and w3
  swiglu,
  matmul_down,  // w2, and its residual
  embedding,    // a row of the table, and the angles of the position
  final_norm,
  classifier,
  sampling,
  text,  // the token's text, to serial and screen
};
inline constexpr unsigned kOperators = 13, kLayerOperators = 8;
inline constexpr const char* kOperatorNames[kOperators] = {
    "norm",           "matmul.qkv", "rope",        "attention", "matmul.attention",
    "matmul.gate_up", "swiglu",     "matmul.down", "embedding", "final_norm",
    "classifier",     "sampling",   "text"};

struct Span {
  uint64_t calls = 0, total = 0, min = 0, max = 0;
  [[gnu::noinline]] void add(uint64_t time) {
    if (calls == 0 || time < min) min = time;
    if (time > max) max = time;
    ++calls;
    total += time;
  }
};

/// For tests and for runs that do not measure: nothing.
struct NoOperatorTimer {
  void lap(Operator) {}
  void edge_of_layer(uint32_t) {}
};

class OperatorTimer {
 public:
  using Clock = uint64_t (*)();
  /// `layers` holds one Span for each layer of the model.
  OperatorTimer(Clock clock, Span* layers) : clock_(clock), layers_(layers) {}

  void start() { start_ = last_ = layer_start_ = clock_(); }
  /// What ran since the last boundary was `op`.
  void lap(Operator op) {
    const uint64_t now = clock_();
    operators_[static_cast<unsigned>(op)].add(now - last_);
    last_ = now;
  }
  /// Call after the lap of what came before layer `index`, and of the layer's last operator: the
  /// first opens it, the second closes it.
  void edge_of_layer(uint32_t index) {
    if (open_) layers_[index].add(last_ - layer_start_);
    layer_start_ = last_;
    open_ = !open_;
  }

  [[nodiscard]] const Span& of(Operator op) const { return operators_[static_cast<unsigned>(op)]; }
  [[nodiscard]] const Span& of_layer(uint32_t index) const { return layers_[index]; }
  [[nodiscard]] uint64_t total() const { return last_ - start_; }  // from start() to the last lap
  [[nodiscard]] uint64_t last() const { return last_; }

 private:
  Clock clock_;
  Span* layers_;
  uint64_t start_ = 0, last_ = 0, layer_start_ = 0;
  bool open_ = false;
  Span operators_[kOperators];
};

}  // namespace llama
