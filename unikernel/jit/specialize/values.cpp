// What values of the body are at the end of a block that was made.
#include "specialize/folding.h"
#include "specialize/specializer.h"

namespace jit {
namespace {

/// Places where ways meet, between a use and what it uses.
constexpr uint32_t kMaxDepth = 128;

}  // namespace

void Specializer::define(ValueId id, BlockId made, ValueId value) {
  Place& place = places_[made];
  const uint32_t results = body_.values.size - first_result_;
  if (place.values == nullptr) {
    place.values = arena_.make<ValueId>(results);
    if (place.values == nullptr) {
      refuse("no memory");
      return;
    }
    for (uint32_t v = 0; v < results; ++v) place.values[v] = kNone;
    arena_.step(results / 64);
  }
  if (value == kNone) refuse("no memory");
  place.values[id - body_.base - first_result_] = value;
}

ValueId Specializer::read(ValueId id, BlockId made) {
  if (id < body_.base) return id;
  const uint32_t v = id - body_.base;
  if (v < first_result_) {
    if (v < options_.arguments.size && options_.arguments[v].known) {
      return made_.constant(body_.values[v].type, options_.arguments[v].bits);
    }
    return id;
  }
  ValueId found = kNone;
  BlockId at = made;
  for (uint32_t hop = 1; !refused_; ++hop) {
    if (hop % 8 == 0) arena_.step();
    const Place& place = places_[at];
    if (place.values != nullptr) found = place.values[v - first_result_];
    if (found != kNone) break;
    if (place.outside != kNone) {
      at = place.outside;  // what the loop computes itself has been found on the way
    } else if (place.from.empty()) {
      refuse("a value that is not computed");
    } else if (place.from.first == place.from.last) {
      at = edges_[place.from.first].from;
    } else if (place.dominator != kNone) {
      at = place.dominator;
    } else if (depth_ == kMaxDepth) {
      refuse("ways that meet too often");
    } else {
      ++depth_;
      const EdgeList from = place.from;
      found = joined(at, body_.values[v].type, from,
                     [&](const Edge& edge) { return read(id, edge.from); });
      --depth_;
      if (!refused_) define(id, at, found);
      break;
    }
  }
  if (refused_) return kNone;
  found = made_.resolved(found);
  if (at != made) define(id, made, found);
  return found;
}

/// A value at the begin of a block that is reached by `from`.
template <class F>
ValueId Specializer::joined(BlockId made, TypeId type, const EdgeList& from, const F& value_on) {
  ValueId all = kNone;
  bool same = true;
  uint32_t count = 0;
  for (uint32_t e = from.first; e != kNone && !refused_; e = edges_[e].next) {
    const ValueId value = value_on(edges_[e]);
    same &= count == 0 || all == value;
    all = value;
    ++count;
  }
  if (refused_ || same) return all;
  const ValueId phi = made_.add_phi(made, type);
  auto* const pairs = arena_.make<uint32_t>(count * 2);
  if (phi == kNone || pairs == nullptr) {
    refuse("no memory");
    return kNone;
  }
  uint32_t size = 0;
  for (uint32_t e = from.first; e != kNone; e = edges_[e].next) {
    pairs[size++] = value_on(edges_[e]);
    pairs[size++] = edges_[e].from;
  }
  made_.set_phi(phi, {pairs, size});
  return phi;
}

ValueId Specializer::phi_value(const Instruction& phi, BlockId made, const EdgeList& from) {
  return joined(made, phi.type, from,
                [&](const Edge& edge) { return read(phi_operand(phi, edge.source), edge.from); });
}

/// What a phi is, coming from that block.
ValueId Specializer::phi_operand(const Instruction& phi, BlockId source) const {
  for (uint32_t k = 0; k < phi.count; k += 2) {
    if (body_.operands[phi.first + k + 1] == source) return body_.operands[phi.first + k];
  }
  return phi.result;  // never: the verifier has looked
}

/// The bits of an integer or a pointer, if they are known.
bool Specializer::number(ValueId id, uint64_t& bits) const {
  if (made_.made_constant(id, bits)) return true;
  if (id >= body_.base + first_result_ || !constants_.is_constant(id)) return false;
  const Type& type = made_.type_of(id);
  if (!is_foldable(type)) return false;
  uint32_t words[2] = {};
  if (!constants_.slots(id, words)) return false;
  bits = words[0] | uint64_t{words[1]} << 32;
  return true;
}

}  // namespace jit
