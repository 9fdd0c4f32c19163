#include "app/curve.h"

#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/curve.h"

namespace jit::app {
namespace {

/// A text of a [JSON] line, which is ASCII without these two.
void add_plain(Line& line, Text text) {
  for (uint32_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    const bool plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
    line.add(Text(plain ? &text.data[i] : "?", 1));
  }
}

}  // namespace

void Curve::begin(kernel::Console& out, bool is_wanted) {
  out_ = &out;
  is_wanted_ = is_wanted;
  count_ = mark_count_ = 0;
  in_line_ = false;
  last_ = x86::read_tsc_ordered();
}

void Curve::write(void* context, const char* bytes, uint32_t size) {
  Curve& curve = *static_cast<Curve*>(context);
  if (curve.is_wanted_) {
    const uint64_t now = x86::read_tsc_ordered();
    if (curve.count_ < kMost) curve.values_[curve.count_++] = now - curve.last_;
    curve.last_ = now;
  }
  curve.out_->text(bytes, size);
  if (size > 0) curve.in_line_ = bytes[size - 1] != '\n';
}

void Curve::mark(const Module& module, const TierChange& change) {
  if (!is_wanted_ || change.bytes == 0 || mark_count_ == kMostMarks || count_ == kMost) return;
  Mark& mark = marks_[mark_count_++];
  mark.at = count_;
  mark.text = {};
  add_plain(mark.text, module.functions[change.id].name);
  mark.text.add(change.what == TierChange::loop ? Text(", a loop of it") : Text(""));
  mark.text.add(change.what == TierChange::version    ? Text(": a version for its arguments")
                : change.what == TierChange::restored ? Text(": restored")
                                                      : Text(": machine code"));
}

uint64_t Curve::last(uint32_t texts) const {
  uint64_t ticks = 0;
  for (uint32_t k = 0; k < texts && k < count_; ++k) ticks += values_[count_ - 1 - k];
  return ticks;
}

void Curve::tell(Text program, Text suffix, uint64_t before) {
  if (count_ > 0) values_[0] -= before < values_[0] ? before : values_[0];
  Line name;
  add_plain(name, program);
  add_plain(name, suffix);
  name.add(": ticks a text");
  char of[96];
  const Text text = name.text();
  const uint32_t size = text.size < sizeof of - 1 ? text.size : sizeof of - 1;
  __builtin_memcpy(of, text.data, size);
  of[size] = 0;
  kernel::emit_curve(*out_, of, "ticks", values_, count_);
  for (uint32_t k = 0; k < mark_count_; ++k) {
    const Text what = marks_[k].text.text();
    kernel::emit_curve_mark(*out_, of, marks_[k].at, what.data, what.size);
  }
}

}  // namespace jit::app
