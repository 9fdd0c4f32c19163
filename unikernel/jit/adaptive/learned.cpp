#include "adaptive/learned.h"

#include "adaptive/adaptive.h"
#include "support/bytes.h"

namespace jit {
namespace {

constexpr uint32_t kMagic = 0x324C'4B55;  // "UKL2"
constexpr uint32_t kCountAt = 4;          // behind the magic
enum Flag : uint32_t { version = 1, settled = 2 };

/// What code depends on, besides the program: where everything is, and how it was made.
struct Circumstances {
  uint32_t values[10];
  Circumstances(const Machine& machine, const Native& native)
      : values{native.code_region().address,
               native.code_region().size,
               native.data_region().address,
               machine.resources().low,
               machine.resources().high,
               machine.resources().stack_bytes,
               native.options().fuel ? 1U : 0U,
               native.options().traps ? 1U : 0U,
               static_cast<uint32_t>(machine.handler(Op::finish_)),
               machine.state().module->functions.size} {}
};

constexpr uint32_t padded(uint32_t size) { return (size + 3) & ~3U; }

}  // namespace

LearnedWriter::LearnedWriter(const Machine& machine, const Native& native, Span<uint8_t> to)
    : module_(*machine.state().module), native_(native), to_(to) {
  put(kMagic);
  put(0);  // count_, in the end
  for (const uint32_t value : Circumstances(machine, native).values) put(value);
  put(native.common_code().data, native.common_code().size);
}

void LearnedWriter::put(uint32_t value) {
  good_ &= to_.size - used_ >= 4;
  if (!good_) return;
  write_little(to_.data + used_, value, 4);
  used_ += 4;
}

void LearnedWriter::put(const void* bytes, uint32_t size) {
  put(size);
  good_ &= to_.size - used_ >= padded(size);
  if (!good_) return;
  for (uint32_t i = size; i < padded(size); ++i) to_[used_ + i] = 0;
  __builtin_memcpy(to_.data + used_, bytes, size);
  used_ += padded(size);
}

void LearnedWriter::add(const LearnedCode& code) {
  const Native::Piece& piece = code.piece;
  const uint64_t body = module_.functions[piece.id].body_bit;
  put(piece.id);
  put((piece.kind == Native::Piece::version ? Flag::version : 0U) |
      (code.settled ? Flag::settled : 0U));
  put(static_cast<uint32_t>(body));
  put(static_cast<uint32_t>(body >> 32));
  put(code.instructions);
  put(static_cast<uint32_t>(code.before));
  put(static_cast<uint32_t>(code.before >> 32));
  put(code.known.count);
  for (uint32_t k = 0; k < code.known.count; ++k) {
    put(code.known.which[k]);
    put(code.known.values[k]);
  }
  put(piece.offset);
  put(native_.code_of(piece).data, piece.size);
  put(piece.islands);
  for (uint32_t k = piece.first_island; k != kNone; k = native_.island(k).next) {
    const Span<const Cell> cells = native_.island(k).code;
    put(k);
    put(cells.data, cells.size * static_cast<uint32_t>(sizeof(Cell)));
  }
  ++count_;
}

uint32_t LearnedWriter::finish() {
  if (!good_) return 0;
  write_little(to_.data + kCountAt, count_, 4);
  return used_;
}

uint32_t LearnedReader::number() {
  good_ &= from_.size - at_ >= 4;
  if (!good_) return 0;
  at_ += 4;
  return static_cast<uint32_t>(read_little(from_.data + at_ - 4, 4));
}

Span<const uint8_t> LearnedReader::bytes(uint32_t size) {
  good_ &= size <= from_.size && from_.size - at_ >= padded(size);
  if (!good_) return {};
  at_ += padded(size);
  return {from_.data + at_ - padded(size), size};
}

bool LearnedReader::read(LearnedCode& code, uint64_t& body_bit) {
  code = {};
  Native::Piece& piece = code.piece;
  piece.id = number();
  const uint32_t flags = number();
  piece.kind = (flags & Flag::version) != 0 ? Native::Piece::version : Native::Piece::function;
  code.settled = (flags & Flag::settled) != 0;
  body_bit = number();
  body_bit |= uint64_t{number()} << 32;
  code.instructions = number();
  code.before = number();
  code.before |= uint64_t{number()} << 32;
  code.known.count = number();
  good_ &= flags <= (Flag::version | Flag::settled) && code.known.count <= Known::kMost;
  for (uint32_t k = 0; good_ && k < code.known.count; ++k) {
    code.known.which[k] = number();
    code.known.values[k] = number();
    good_ &= code.known.which[k] < kMaxObserved;
  }
  piece.offset = number();
  const Span<const uint8_t> machine_code = bytes(number());
  piece.size = machine_code.size;
  code.bytes = machine_code.data;
  piece.islands = number();
  return good_;
}

Span<const uint8_t> LearnedReader::next_island(uint32_t& which) {
  which = number();
  const Span<const uint8_t> cells = bytes(number());
  good_ &= cells.size > 0 && cells.size % sizeof(Cell) == 0;
  return cells;
}

bool LearnedReader::skip_islands(uint32_t count) {
  uint32_t which = 0;
  for (; good_ && count > 0; --count) next_island(which);
  return good_;
}

Text LearnedReader::check(const Machine& machine, const Native& native) {
  const Module& module = *machine.state().module;
  if (number() != kMagic) return "it is nothing that was learnt";
  const uint32_t count = left_ = number();
  for (const uint32_t value : Circumstances(machine, native).values) {
    if (number() != value) return "it is of another program, or of other memory";
  }
  const Span<const uint8_t> common = bytes(number()), own = native.common_code();
  if (!good_ || common.size != own.size || __builtin_memcmp(common.data, own.data, own.size) != 0) {
    return "it is of another compiler";
  }
  const uint32_t first = at_;
  uint32_t end = own.size;
  for (; left_ > 0; --left_) {
    LearnedCode code;
    uint64_t body_bit = 0;
    if (!read(code, body_bit) || !skip_islands(code.piece.islands)) {
      return "a part of it is missing";
    }
    const Native::Piece& piece = code.piece;
    if (piece.id >= module.functions.size || body_bit == 0 ||
        module.functions[piece.id].body_bit != body_bit) {
      return "it is of another program";
    }
    if (!native.fits(piece) || piece.offset < end) {
      return "it has code where none can be";
    }
    end = piece.offset + piece.size;
  }
  if (at_ != from_.size) return "there is more than there should be";
  at_ = first;
  left_ = count;
  return {};
}

bool LearnedReader::next(LearnedCode& code) {
  uint64_t body_bit = 0;
  if (left_ == 0) return false;
  --left_;
  return read(code, body_bit);
}

void Adaptive::complete() {
  const uint64_t longest = longest_slice_;  // nobody waits any more
  work_off();
  for (const Machine::Lowered& function : machine_.lowered()) {
    if (rows_[function.id].refused || native_.is_published(function.id)) continue;
    want(function.id, TierChange::calls, function.code);
  }
  work_off();
  longest_slice_ = longest;
}

uint32_t Adaptive::save(Span<uint8_t> to) const {
  LearnedWriter writer(machine_, native_, to);
  for (const Native::Piece& piece : native_.pieces()) {
    using Piece = Native::Piece;
    if (piece.kind == Piece::way || piece.released || !native_.is_movable(piece)) continue;
    const Hot* const hot = rows_[piece.id].hot;
    LearnedCode code;
    code.piece = piece;
    if (piece.kind == Piece::version) {
      const Version* const version = hot != nullptr ? kept_version(*hot, piece.offset) : nullptr;
      if (version == nullptr) continue;
      code.before = version->change.before;
      code.instructions = static_cast<uint32_t>(version->change.like);
      code.known = version->change.known;
    } else {
      // A loop is entered from where the interpreter is.
      if (piece.kind == Piece::loop) continue;
      code.instructions = rows_[piece.id].size;
      code.settled = hot != nullptr && (hot->state == Hot::settled || hot->restored);
    }
    writer.add(code);
  }
  return writer.finish();
}

/// The version whose code is there, if it is right, or was and has not been called yet.
const Adaptive::Version* Adaptive::kept_version(const Hot& hot, uint32_t offset) {
  if (hot.state != Hot::settled && !hot.restored) return nullptr;
  for (uint32_t k = 0; k < hot.version_count; ++k) {
    const Version& version = hot.versions[k];
    if (version.offset == offset && version.state != Version::bad) return &version;
  }
  return nullptr;
}

bool Adaptive::restore(Span<const uint8_t> saved, Text& why) {
  LearnedReader reader(saved);
  why = reader.check(machine_, native_);
  LearnedCode code;
  while (why.size == 0 && reader.next(code)) {
    const Native::Piece& piece = code.piece;
    bool good = true;
    for (uint32_t k = 0; k < piece.islands; ++k) {
      uint32_t which = 0;
      const Span<const uint8_t> island = reader.next_island(which);
      good = good && native_.restore_island(which, island);
    }
    if (!good || !native_.restore(piece, code.bytes)) {
      why = "there is no memory for it";
      break;
    }
    TierChange change = change_of(piece.id, TierChange::restored, compiled_);
    change.bytes = piece.size;
    if (piece.kind == Native::Piece::version) {
      restore_version(code, change);
    } else {
      change.instructions = rows_[piece.id].size = code.instructions;
      native_.publish(piece.id);
      if (code.settled) restore_hot(piece.id);
    }
    if (change.bytes > 0) tell_made(change);
    tell(change);
  }
  for (const Row& row : rows_) {
    if (row.hot != nullptr && row.hot->version_count > 0) row.hot->state = Hot::waiting;
  }
  return why.size == 0;
}

/// It is watched no more; what is observed of its calls is as it was.
void Adaptive::restore_hot(FunctionId id) {
  Hot* const hot = make_hot(id);
  Text why;
  if (hot == nullptr) return;
  hot->state = Hot::settled;
  hot->restored = find_observed(id, *hot, why);
}

/// To be tried on the first call that it fits. Where it cannot be, `change.why` says why not.
void Adaptive::restore_version(const LearnedCode& code, TierChange& change) {
  Hot* const hot = rows_[code.piece.id].hot;
  bool good = hot != nullptr && hot->restored && hot->version_count < kMaxVersions;
  for (uint32_t k = 0; good && k < code.known.count; ++k) {
    good = code.known.which[k] < hot->observed_count;
    const bool pointer = good && hot->observed[code.known.which[k]].pointer;
    if (pointer) good = machine_.fixed(code.known.values[k], 1) != nullptr;
  }
  if (!good) {
    native_.release(code.piece.offset);
    change.bytes = 0;
    change.why = "it is for calls that there cannot be";
    return;
  }
  change.known = code.known;
  change.observed = {hot->observed, hot->observed_count};
  change.before = code.before;
  change.like = code.instructions;
  Version& version = hot->versions[hot->version_count++];
  version = {change, code.piece.offset};
  version.change.what = TierChange::version;
}

}  // namespace jit
