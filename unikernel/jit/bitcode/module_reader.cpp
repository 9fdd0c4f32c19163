#include "bitcode/module_reader.h"

#include "bitcode/reading.h"

namespace jit::bitcode {

namespace {

constexpr uint32_t kMagic = 0xDEC04342;         // 'B' 'C' 0xC0DE
constexpr uint32_t kWrapperMagic = 0x0B17C0DE;  // then: version, offset, size, processor

// What clang 19 and 15 say of i386-*-linux*: they differ in how 128-bit integers are aligned.
constexpr Text kLayouts[] = {
    "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-i128:128-f64:32:64-f80:32-n8:16:32-S128",
    "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-f64:32:64-f80:32-n8:16:32-S128",
};

uint32_t word_at(Span<const uint8_t> bytes, uint32_t at) {
  uint32_t word = 0;
  __builtin_memcpy(&word, bytes.data + at, 4);
  return word;
}

bool contains(Text text, Text part) {
  for (uint32_t i = 0; i + part.size <= text.size; ++i) {
    if (text.without_prefix(i).starts_with(part)) return true;
  }
  return false;
}

bool is_known_triple(Text triple) {
  return triple.size > 5 && triple.data[0] == 'i' && Text(triple.data + 2, 3) == Text("86-") &&
         contains(triple, "-linux");
}

/// The stream in the file: all of it, or what a wrapper holds.
Fault unwrap(Span<const uint8_t> file, Span<const uint8_t>& stream) {
  Fault fault;
  stream = file;
  if (file.size >= 20 && word_at(file, 0) == kWrapperMagic) {
    const uint32_t offset = word_at(file, 8);
    const uint32_t size = word_at(file, 12);
    if (offset > file.size || size > file.size - offset) {
      fault.what.add("the wrapper is longer than the file");
      return fault;
    }
    stream = {file.data + offset, size};
  }
  if (stream.size < 8 || word_at(stream, 0) != kMagic) {
    fault.what.add("no bitcode: it does not begin with 'BC' 0xC0DE");
  } else if (stream.size % 4 != 0) {
    fault.what.add("the file is cut: its size is no multiple of 4");
  } else if (stream.size > BitReader::kMaxBytes) {
    fault.what.add("the file is larger than 256 MiB");
  }
  return fault;
}

// ---- the outermost blocks

bool read_identification(BitReader& in) {
  const BitReader::Outer outer = in.enter();
  for (Entry entry = in.next(); entry != Entry::end; entry = in.next()) {
    if (entry == Entry::block) return in.refuse("a block in the identification");
    const auto code = static_cast<IdentificationCode>(in.code());
    if (code == IdentificationCode::epoch && in.number() != 0) {
      return in.refuse("another epoch than 0: the file is of a newer LLVM");
    }
  }
  in.leave(outer);
  return !in.failed();
}

bool read_strings(BitReader& in, Text& strings) {
  if (strings.size != 0) return in.refuse("a second table of names");
  const BitReader::Outer outer = in.enter();
  for (Entry entry = in.next(); entry != Entry::end; entry = in.next()) {
    if (entry == Entry::block) return in.refuse("a block in the table of names");
    if (in.code() == 1) strings = in.blob();
  }
  in.leave(outer);
  return !in.failed();
}

/// Finds the module and its names, which stand behind it.
bool find_module(BitReader& in, BlockHeader& module, Text& strings) {
  in.skip_magic();
  while (!in.at_end()) {
    const Entry entry = in.next();
    if (entry != Entry::block) return in.fail("something else than blocks at the top of the file");
    switch (static_cast<BlockCode>(in.block().id)) {
      case BlockCode::identification:
        if (!read_identification(in)) return false;
        break;
      case BlockCode::module:
        if (module.end != 0) return in.refuse("more than one module in a file");
        module = in.block();
        in.skip();
        break;
      case BlockCode::strings:
        if (!read_strings(in, strings)) return false;
        break;
      case BlockCode::symbols:
        in.skip();
        break;
      default:
        return in.refuse("an unknown block at the top of the file");
    }
  }
  return module.end != 0 || in.fail("no module in the file");
}

// ---- the module

bool read_all_text(Reading& reading, Text& text) {
  return read_text(reading.in, reading.in.count(), reading.kept, text);
}

bool check_layout(Reading& reading) {
  for (const Text known : kLayouts) {
    if (reading.layout == known) return true;
  }
  return reading.in.refuse("the data layout", reading.layout);
}

bool read_version(BitReader& in) {
  const uint32_t version = in.number();
  if (version < 2) return in.refuse("names inside the module: the file is older than LLVM 5");
  return version == 2 || in.refuse("a newer version of the module block");
}

bool read_module_record(Reading& reading) {
  BitReader& in = reading.in;
  switch (static_cast<ModuleCode>(in.code())) {
    case ModuleCode::version:
      return read_version(in);
    case ModuleCode::triple:
      if (!read_all_text(reading, reading.triple)) return false;
      return is_known_triple(reading.triple) || in.refuse("the target", reading.triple);
    case ModuleCode::data_layout:
      return read_all_text(reading, reading.layout) && check_layout(reading);
    case ModuleCode::source_name:
      return read_all_text(reading, reading.source_name);
    case ModuleCode::global:
      return read_global(reading);
    case ModuleCode::function:
      return read_function(reading);
    case ModuleCode::alias:
      return read_alias(reading);
    case ModuleCode::assembly:
      return in.count() == 0 || in.refuse("assembly beside the functions");
    case ModuleCode::ifunc:
      return in.refuse("ifunc");
    case ModuleCode::section:  // where a linker puts things
    case ModuleCode::comdat:
    case ModuleCode::collector:
    case ModuleCode::symbols_offset:
    case ModuleCode::hash:
      return true;
  }
  return in.refuse("an unknown record in the module");
}

/// Bodies come in the order of the functions that have one. They are read when they are needed.
bool note_body(Reading& reading) {
  BitReader& in = reading.in;
  uint32_t& next = reading.next_body;
  while (next < reading.functions.size() && reading.functions[next].body_bit == 0) ++next;
  if (next == reading.functions.size()) return in.fail("more bodies than functions");
  reading.functions[next++].body_bit = in.block().at;
  --reading.bodies;
  in.skip();
  return true;
}

bool read_module_block(Reading& reading) {
  BitReader& in = reading.in;
  switch (static_cast<BlockCode>(in.block().id)) {
    case BlockCode::info:
      if (in.block().at != reading.info_at) return in.refuse("information on blocks in two places");
      in.skip();
      return true;
    case BlockCode::types:
      return read_types(reading);
    case BlockCode::attribute_groups:
      return read_attribute_groups(reading);
    case BlockCode::attributes:
      return read_attributes(reading);
    case BlockCode::constants:
      if (reading.next_body != 0) return in.fail("constants of the module behind a body");
      return read_constants(in, reading.types.view(), reading.constants);
    case BlockCode::function:
      return note_body(reading);
    case BlockCode::value_symbols:
    case BlockCode::metadata:
    case BlockCode::metadata_attachment:
    case BlockCode::metadata_kinds:
    case BlockCode::use_lists:
    case BlockCode::bundle_tags:
    case BlockCode::sync_scopes:
    case BlockCode::symbols:
      in.skip();
      return true;
    default:
      return in.refuse("an unknown block in the module");
  }
}

bool read_module(Reading& reading) {
  BitReader& in = reading.in;
  const BitReader::Outer outer = in.enter();
  for (Entry entry = in.next(); entry != Entry::end; entry = in.next()) {
    if (entry == Entry::record ? !read_module_record(reading) : !read_module_block(reading)) {
      return false;
    }
  }
  in.leave(outer);
  if (in.failed()) return false;
  if (reading.layout.size == 0) return in.refuse("no data layout");
  if (reading.triple.size == 0) return in.refuse("no target");
  return reading.bodies == 0 || in.fail("a function's body is missing");
}

/// The information on blocks is the first block of a module, when there is any; what reads the
/// module needs it from the start.
bool read_block_info(BitReader& in, Arena& arena, BlockInfo& info, uint32_t& at) {
  const BitReader::Outer outer = in.enter();
  Entry entry = in.next();
  while (entry == Entry::record) entry = in.next();
  bool sound = true;
  if (entry == Entry::block && in.block().id == static_cast<uint32_t>(BlockCode::info)) {
    at = in.block().at;
    sound = in.read_info(arena, info);
  }
  in.leave(outer);
  return sound && !in.failed();
}

bool keep(Workspace& space, Reading& reading, BitcodeFile& out) {
  Module& module = out.module;
  module.source_name = reading.source_name;
  module.triple = reading.triple;
  out.boolean = reading.boolean;
  out.pointer = reading.pointer;
  out.nothing = reading.nothing;
  const bool fits = space.keep(reading.types, module.types) &&
                    space.keep(reading.type_lists, module.type_lists) &&
                    space.keep(reading.field_offsets, module.field_offsets) &&
                    space.keep(reading.constants.values, module.values) &&
                    space.keep(reading.constants.value_lists, module.value_lists) &&
                    space.keep(reading.constants.inline_asms, module.inline_asms) &&
                    space.keep(reading.globals, module.globals) &&
                    space.keep(reading.functions, module.functions) &&
                    space.keep(reading.aliases, module.aliases) &&
                    space.keep(reading.attribute_lists, module.attribute_lists) &&
                    space.keep(reading.by_values, module.by_values) &&
                    space.keep(reading.vectors, out.vectors) &&
                    space.keep(reading.exchanges, out.exchanges);
  return fits || reading.in.fail("out of memory");
}

}  // namespace

bool read_text(BitReader& in, uint32_t size, Arena& arena, Text& text) {
  if (size > in.count()) return in.fail("a text is longer than its record");
  if (size == 0) return true;
  char* const to = arena.make<char>(size);
  if (to == nullptr) return in.fail("out of memory");
  for (uint32_t i = 0; i < size; ++i) to[i] = static_cast<char>(in.operand());
  text = {to, size};
  return !in.failed();
}

Fault open_module(Span<const uint8_t> file, Arena& arena, BitcodeFile& out) {
  out = {};
  Fault fault = unwrap(file, out.bytes);
  if (fault) return fault;

  BlockHeader module;
  Text strings;
  uint32_t info_at = 0;
  BitReader top(out.bytes, out.info);
  if (!find_module(top, module, strings)) return top.fault();
  {
    BitReader in(out.bytes, out.info);
    if (!in.find(module.at) || !read_block_info(in, arena, out.info, info_at)) return in.fault();
  }

  Workspace space(arena);
  BitReader in(out.bytes, out.info);
  Reading reading(in, space, space.scratch());
  reading.strings = strings;
  reading.info_at = info_at;
  if (!in.find(module.at) || !read_module(reading) || !keep(space, reading, out)) return in.fault();
  space.commit();
  return {};
}

}  // namespace jit::bitcode
