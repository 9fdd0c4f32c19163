// Cells of one function's code, with jumps to places that are not known yet.
#pragma once

#include "interpreter/execute.h"
#include "support/arena.h"

namespace jit {

using Label = uint32_t;

class Assembler {
 public:
  Assembler(Arena& arena, const Cell* handlers)
      : handlers_(handlers), cells_(arena), labels_(arena), fixups_(arena) {}

  Label label() {
    good_ &= labels_.add(kNone);
    return labels_.size() - 1;
  }
  /// From here on is `label`.
  void bind(Label label) {
    if (label < labels_.size()) labels_[label] = cells_.size();
  }

  /// An instruction; its operands follow by cell() and target().
  void op(Op op) { cell(handlers_[static_cast<uint32_t>(op)]); }
  void cell(Cell cell) { good_ &= cells_.add(cell); }
  template <class... Cells>
  void emit(Op which, Cells... operands) {
    op(which);
    (cell(static_cast<Cell>(operands)), ...);
  }
  void target(Label label) {
    good_ &= fixups_.add({cells_.size(), label});
    cell(0);
  }

  [[nodiscard]] uint32_t size() const { return cells_.size(); }
  /// Cells say where others are.
  [[nodiscard]] bool has_targets() const { return fixups_.size() > 0; }
  /// Where a label is, in cells from the begin; kNone: nowhere.
  [[nodiscard]] uint32_t position(Label label) const { return labels_[label]; }
  /// false: the arena was full, and the code is not whole.
  [[nodiscard]] bool good() const { return good_; }

  /// The code, in its final place: `to` holds size() cells.
  void finish(Cell* to) const {
    for (uint32_t i = 0; i < cells_.size(); ++i) to[i] = cells_[i];
    for (const Fixup& fixup : fixups_) {
      to[fixup.cell] = reinterpret_cast<Cell>(to + labels_[fixup.label]);
    }
  }

 private:
  struct Fixup {
    uint32_t cell;
    Label label;
  };
  const Cell* handlers_;
  List<Cell> cells_;
  List<uint32_t> labels_;
  List<Fixup> fixups_;
  bool good_ = true;
};

}  // namespace jit
