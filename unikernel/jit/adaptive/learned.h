// What a run has learnt of a program, as bytes that a later one begins with: the machine code that
// it has made, and for which calls versions are. docs/PERSISTENCE.md has the format. Whoever keeps
// the bytes answers for that they are whole; whatever else can be said of them is held against the
// program and the memory at hand.
#pragma once

#include "adaptive/calls.h"
#include "compiler/native.h"

namespace jit {

/// Machine code of a function, or of a version of it.
struct LearnedCode {
  Native::Piece piece = {};  // rewritten: a version
  const uint8_t* bytes = nullptr;
  // Of the IR: in the function; of a version, that the call of `before` ran.
  uint32_t instructions = 0;
  // Of a function.
  bool settled = false;  // it has been watched: it has the versions that follow, and no others
  // Of a version.
  uint64_t before = 0;  // ticks of a call for which it is, by the function; 0: not known
  Known known;
};

/// Takes down one after another, by ascending offsets.
class LearnedWriter {
 public:
  LearnedWriter(const Machine& machine, const Native& native, Span<uint8_t> to);
  /// Its piece is movable; bytes and islands are taken from `native`.
  void add(const LearnedCode& code);
  /// Bytes in all; 0: they are more than there is room for.
  uint32_t finish();

 private:
  void put(uint32_t value);
  void put(const void* bytes, uint32_t size);

  const Module& module_;
  const Native& native_;
  Span<uint8_t> to_;
  uint32_t used_ = 0, count_ = 0;
  bool good_ = true;
};

class LearnedReader {
 public:
  explicit LearnedReader(Span<const uint8_t> from) : from_(from) {}

  /// Whether it is of this program, in this memory, and all of it is there. Empty, or why not.
  Text check(const Machine& machine, const Native& native);
  /// One after another, behind check(). false: that was the last.
  bool next(LearnedCode& code);
  /// As often as its piece has islands, behind next(): the number of one, and its cells.
  Span<const uint8_t> next_island(uint32_t& which);

 private:
  uint32_t number();
  Span<const uint8_t> bytes(uint32_t size);
  bool read(LearnedCode& code, uint64_t& body_bit);
  bool skip_islands(uint32_t count);

  Span<const uint8_t> from_;
  uint32_t at_ = 0, left_ = 0;
  bool good_ = true;
};

}  // namespace jit
