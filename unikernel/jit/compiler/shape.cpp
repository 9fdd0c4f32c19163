#include "compiler/shape.h"

#include "compiler/native.h"

namespace jit {

namespace {

/// Finds which function types have the same shape: each is looked up among those before it.
class Shaping {
 public:
  Shaping(const Module& module, Span<Shape> shapes) : module_(module), shapes_(shapes) {}

  bool run(Arena& scratch) {
    const uint32_t count = module_.types.size;
    uint32_t size = 16;
    while (size < count) size *= 2;
    by_parameters_ = {scratch.make<TypeId>(size), size};
    by_whole_ = {scratch.make<TypeId>(size), size};
    next_by_parameters_ = {scratch.make<TypeId>(count), count};
    next_by_whole_ = {scratch.make<TypeId>(count), count};
    if (scratch.exhausted()) return false;
    for (uint32_t k = 0; k < size; ++k) by_parameters_[k] = by_whole_[k] = kNone;
    for (TypeId t = 0; t < count; ++t) {
      shapes_[t] = {t, t};
      if (module_.types[t].kind == TypeKind::function) look_up(t);
    }
    return true;
  }

 private:
  void look_up(TypeId t) {
    const Type& type = module_.types[t];
    uint32_t hash = type.count * 2 + (type.variadic ? 1 : 0);
    for (const TypeId p : parameters_of(module_, type)) hash = mixed(hash, p);
    TypeId& first = by_parameters_[slot(hash)];
    TypeId same = first;
    while (same != kNone && !has_parameters(module_.types[same], type)) {
      same = next_by_parameters_[same];
    }
    if (same == kNone) {
      next_by_parameters_[t] = first;
      first = t;
    } else {
      shapes_[t].parameters = same;
    }
    const TypeId result = result_of(module_, type);
    TypeId& whole = by_whole_[slot(mixed(shapes_[t].parameters, result))];
    same = whole;
    while (same != kNone && (shapes_[same].parameters != shapes_[t].parameters ||
                             !stand_alike(result_of(module_, module_.types[same]), result))) {
      same = next_by_whole_[same];
    }
    if (same == kNone) {
      next_by_whole_[t] = whole;
      whole = t;
    } else {
      shapes_[t].whole = same;
    }
  }
  [[nodiscard]] bool has_parameters(const Type& a, const Type& b) const {
    if (a.count != b.count || a.variadic != b.variadic) return false;
    // What leaves its result in slots is not called by who has none there.
    if (leaves_slots(a) != leaves_slots(b)) return false;
    for (uint32_t i = 0; i < a.count; ++i) {
      if (!stand_alike(parameters_of(module_, a)[i], parameters_of(module_, b)[i])) return false;
    }
    return true;
  }
  [[nodiscard]] bool stand_alike(TypeId x, TypeId y) const {
    return jit::stand_alike(module_, x, y);
  }
  [[nodiscard]] bool leaves_slots(const Type& function) const {
    return form_of(module_.types[result_of(module_, function)]) == Form::many;
  }
  [[nodiscard]] uint32_t mixed(uint32_t hash, TypeId t) const {
    const auto form = static_cast<uint32_t>(form_of(module_.types[t]));
    return (hash ^ (form << 16 | slots_of(module_, t))) * 0x9E37'79B1U;
  }
  [[nodiscard]] uint32_t slot(uint32_t hash) const {
    return (hash ^ hash >> 16) & (by_whole_.size - 1);
  }

  const Module& module_;
  Span<Shape> shapes_;
  Span<TypeId> by_parameters_, by_whole_;            // by hash: the last of a chain
  Span<TypeId> next_by_parameters_, next_by_whole_;  // by type
};

}  // namespace

bool Native::shape_types() {
  const Module& module = *machine_.state().module;
  Arena& scratch = *machine_.resources().scratch;
  shapes_ = {machine_.resources().code->make<Shape>(module.types.size), module.types.size};
  if (machine_.resources().code->exhausted()) return false;
  const Arena::Mark mark = scratch.mark();
  const bool good = Shaping(module, shapes_).run(scratch);
  scratch.release(mark);
  return good;
}

}  // namespace jit
