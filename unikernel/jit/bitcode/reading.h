// What the parts of the module reader share. Each part reads one kind of block; all give false at a
// fault, which the BitReader keeps.
#pragma once

#include "bitcode/codes.h"
#include "bitcode/module_reader.h"
#include "bitcode/workspace.h"
#include "ir/literal.h"

namespace jit::bitcode {

/// Where constants go: those of the module, or those of a body.
struct ConstantLists {
  explicit ConstantLists(Workspace& space)
      : kept(&space.kept()),
        values(space.scratch()),
        value_lists(space.scratch()),
        inline_asms(space.scratch()) {}
  Arena* kept;  // bytes and texts
  List<Value> values;
  List<ValueId> value_lists;
  List<InlineAsm> inline_asms;
};

/// The module while it is read.
struct Reading {
  Reading(BitReader& reader, Workspace& space, Arena& memory)
      : in(reader),
        kept(space.kept()),
        scratch(memory),
        types(memory),
        type_lists(memory),
        field_offsets(memory),
        vectors(memory),
        exchanges(memory),
        constants(space),
        globals(memory),
        functions(memory),
        aliases(memory),
        groups(memory),
        attribute_lists(memory),
        by_values(memory) {}

  BitReader& in;
  Arena& kept;
  Arena& scratch;
  Text strings;  // the table of names
  Text triple, layout, source_name;
  uint32_t info_at = 0;  // where the information on blocks stands

  List<Type> types;
  List<TypeId> type_lists;
  List<uint32_t> field_offsets;
  List<TypeId> vectors;
  List<TypeId> exchanges;
  TypeId boolean = kNone;
  TypeId pointer = kNone;
  TypeId nothing = kNone;  // void

  ConstantLists constants;
  List<Global> globals;
  List<Function> functions;
  List<Alias> aliases;

  /// Attributes of one parameter: as far as they count.
  struct Group {
    uint32_t parameter = kNone;  // kNone: of no parameter
    TypeId by_value = kNone;
    uint32_t align = 0;
  };
  List<Group> groups;
  List<AttributeList> attribute_lists;
  List<ByValue> by_values;
  uint32_t bodies = 0;     // functions whose body has not come yet
  uint32_t next_body = 0;  // index of the function whose block comes next
};

bool read_types(Reading& reading);             // types.cpp
bool read_attribute_groups(Reading& reading);  // attributes.cpp
bool read_attributes(Reading& reading);
bool read_global(Reading& reading);  // globals.cpp
bool read_function(Reading& reading);
bool read_alias(Reading& reading);
/// A block of constants: of the module or of a body.
bool read_constants(BitReader& in, Span<const Type> types, ConstantLists& out);  // constants.cpp

/// `size` operands, as bytes in the arena.
bool read_text(BitReader& in, uint32_t size, Arena& arena, Text& text);

/// Adds, or says that memory is out.
template <class T>
bool add(BitReader& in, List<T>& list, const T& element) {
  if (list.add(element)) [[likely]] {
    return true;
  }
  return in.fail("out of memory");
}

}  // namespace jit::bitcode
