#include "adaptive/learned.h"

#include "adaptive/adaptive.h"
#include "support/bytes.h"

namespace jit {
namespace {

constexpr uint32_t kMagic = 0x314C'4B55;  // "UKL1"
constexpr uint32_t kCountAt = 4;          // behind the magic
constexpr uint32_t kPage = 4096;
enum Flag : uint32_t { version = 1, settled = 2 };

/// What code depends on, besides the program: where everything is, and how it was made.
struct Circumstances {
  static constexpr uint32_t kCount = 9;
  uint32_t values[kCount];
  Circumstances(const Machine& machine, const Native& native)
      : values{native.code_region().address,
               native.code_region().size,
               native.data_region().address,
               machine.resources().low,
               machine.resources().high,
               machine.resources().stack_bytes,
               native.options().fuel ? 1U : 0U,
               native.options().traps ? 1U : 0U,
               machine.state().module->functions.size} {}
};

constexpr uint32_t padded(uint32_t size) { return (size + 3) & ~3U; }

}  // namespace

LearnedWriter::LearnedWriter(const Machine& machine, const Native& native, Span<uint8_t> to)
    : module_(*machine.state().module), to_(to) {
  put(kMagic);
  put(0);  // count_, in the end
  for (const uint32_t value : Circumstances(machine, native).values) put(value);
  put(native.common_code());
}

void LearnedWriter::put(uint32_t value) {
  good_ &= to_.size - used_ >= 4;
  if (!good_) return;
  write_little(to_.data + used_, value, 4);
  used_ += 4;
}

void LearnedWriter::put(Span<const uint8_t> bytes) {
  put(bytes.size);
  good_ &= to_.size - used_ >= padded(bytes.size);
  if (!good_) return;
  for (uint32_t i = bytes.size; i < padded(bytes.size); ++i) to_[used_ + i] = 0;
  __builtin_memcpy(to_.data + used_, bytes.data, bytes.size);
  used_ += padded(bytes.size);
}

void LearnedWriter::add(const LearnedCode& code) {
  const uint64_t body = module_.functions[code.id].body_bit;
  put(code.id);
  put((code.is_version ? Flag::version : 0U) | (code.settled ? Flag::settled : 0U));
  put(static_cast<uint32_t>(body));
  put(static_cast<uint32_t>(body >> 32));
  put(code.offset);
  put(code.instructions);
  put(static_cast<uint32_t>(code.before));
  put(static_cast<uint32_t>(code.before >> 32));
  put(code.known.count);
  for (uint32_t k = 0; k < code.known.count; ++k) {
    put(code.known.which[k]);
    put(code.known.values[k]);
  }
  put(code.bytes);
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
  code.id = number();
  const uint32_t flags = number();
  code.is_version = (flags & Flag::version) != 0;
  code.settled = (flags & Flag::settled) != 0;
  body_bit = number();
  body_bit |= uint64_t{number()} << 32;
  code.offset = number();
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
  code.bytes = bytes(number());
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
    if (!read(code, body_bit)) return "a part of it is missing";
    if (code.id >= module.functions.size || body_bit == 0 ||
        module.functions[code.id].body_bit != body_bit) {
      return "it is of another program";
    }
    if (code.offset % kPage != 0 || code.offset < end || code.bytes.empty() ||
        code.offset > native.code_region().size ||
        code.bytes.size > native.code_region().size - code.offset) {
      return "it has code where none can be";
    }
    end = code.offset + code.bytes.size;
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

uint32_t Adaptive::save(Span<uint8_t> to) const {
  LearnedWriter writer(machine_, native_, to);
  for (const Native::Piece& piece : native_.pieces()) {
    if (piece.has_islands) continue;
    const Hot* const hot = hot_[piece.id].hot;
    LearnedCode code;
    code.id = piece.id;
    code.is_version = piece.is_rewritten;
    code.offset = piece.offset;
    code.bytes = native_.code_of(piece);
    if (code.is_version) {
      const Version* const version = hot != nullptr ? kept_version(*hot, piece.offset) : nullptr;
      if (version == nullptr) continue;
      code.before = version->change.before;
      code.known = version->change.known;
    } else {
      // Not a loop, which is entered from where the interpreter is.
      if (native_.placed(piece.id).offset != piece.offset) continue;
      code.instructions = sizes_[piece.id];
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
    if (!native_.restore(code.id, code.offset, code.bytes, code.is_version)) {
      why = "there is no memory for it";
      break;
    }
    TierChange change = change_of(code.id, TierChange::restored, compiled_);
    change.bytes = code.bytes.size;
    if (code.is_version) {
      restore_version(code, change);
    } else {
      change.instructions = sizes_[code.id] = code.instructions;
      native_.publish(code.id);
      if (code.settled) restore_hot(code.id);
    }
    tell(change);
  }
  // Behind all code: stubs have pages of their own.
  for (FunctionId id = 0; id < hot_.size; ++id) {
    Hot* const hot = hot_[id].hot;
    if (hot == nullptr || hot->version_count == 0) continue;
    hot->state = native_.watch(id, {run_watched, this}) ? Hot::tried : Hot::settled;
    if (hot->state == Hot::settled) hot->version_count = 0;
  }
  return why.size == 0;
}

/// It is watched no more; what is observed of its calls is as it was.
void Adaptive::restore_hot(FunctionId id) {
  Hot* const hot = make_hot(id, 0);
  Text why;
  if (hot == nullptr) return;
  hot->state = Hot::settled;
  hot->restored = find_observed(id, *hot, why);
}

/// To be tried on the first call that it fits. Where it cannot be, `change.why` says why not.
void Adaptive::restore_version(const LearnedCode& code, TierChange& change) {
  Hot* const hot = hot_[code.id].hot;
  bool good = hot != nullptr && hot->restored && hot->version_count < kMaxVersions;
  for (uint32_t k = 0; good && k < code.known.count; ++k) {
    good = code.known.which[k] < hot->observed_count;
    const bool pointer = good && hot->observed[code.known.which[k]].pointer;
    if (pointer) good = machine_.fixed(code.known.values[k], 1) != nullptr;
  }
  if (!good) {
    change.bytes = 0;
    change.why = "it is for calls that there cannot be";
    return;
  }
  change.known = code.known;
  change.observed = {hot->observed, hot->observed_count};
  change.before = code.before;
  Version& version = hot->versions[hot->version_count++];
  version = {change, code.offset};
  version.change.what = TierChange::version;
}

}  // namespace jit
