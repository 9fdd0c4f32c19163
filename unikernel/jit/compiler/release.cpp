// Pieces of code: where they are, and how their pages are given back.
#include "compiler/native.h"
#include "support/bytes.h"

namespace jit {

/// In its place among the others. false: there is no memory for it, and its pages are free again.
bool Native::add(const Piece& piece) {
  if (!pieces_.add(piece)) {
    pages_.give_back(piece.offset, piece.size);
    return false;
  }
  uint32_t at = pieces_.size() - 1;
  for (; at > 0 && pieces_[at - 1].offset > piece.offset; --at) pieces_[at] = pieces_[at - 1];
  pieces_[at] = piece;
  return true;
}

/// What the address is in, or behind; nullptr: before all pieces.
Native::Piece* Native::piece_at(uint32_t address) const {
  uint32_t low = 0, high = pieces_.size();
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    if (code_.address + pieces_[middle].offset <= address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low == 0 ? nullptr : &pieces_[low - 1];
}

void Native::release(uint32_t offset) {
  Piece* const piece = piece_at(code_.address + offset);
  if (piece == nullptr || piece->offset != offset) return;
  piece->released = true;
  collect();
}

/// Finds the pieces that code will return to: return addresses are on the program's stack, whatever
/// machine code calls. A number that looks like one keeps a piece, too, until it is gone.
void Native::find_in_use() {
  const uint32_t from = machine_.state().stack_pointer, size = machine_.resources().high - from;
  const uint8_t* const stack = machine_.state().at(from, size);
  for (uint32_t k = 0; stack != nullptr && k + 4 <= size; k += 4) {
    // The address is behind a call, which may be the last instruction of a piece.
    const uint32_t call = static_cast<uint32_t>(read_little(stack + k, 4)) - 1;
    if (call - code_.address >= used_) continue;
    Piece* const piece = piece_at(call);
    if (piece != nullptr) piece->is_in_use = true;
  }
}

void Native::collect() {
  if (held_) return;
  uint32_t released = 0;
  for (Piece& piece : pieces_) {
    piece.is_in_use = !piece.released;
    released += piece.released ? 1 : 0;
  }
  if (released == 0) return;
  find_in_use();
  const Span<Piece> all = pieces_.span();
  pieces_.clear();
  for (const Piece piece : all) {
    if (piece.is_in_use) {
      (void)pieces_.add(piece);  // there is room: it was among them
      continue;
    }
    islands_.release(piece.first_island);
    pages_.give_back(piece.offset, piece.size);
    if (leaver_.gone != nullptr) leaver_.gone(leaver_.context, piece);
  }
}

}  // namespace jit
