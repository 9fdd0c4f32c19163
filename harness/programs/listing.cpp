#include "programs/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/strength.h"
#include "disassembly/disassembler.h"
#include "ir/print.h"
#include "programs/memory.h"

namespace harness {
namespace {

using jit::CodeMark;
using jit::Generator;

jit::Sink sink_of(std::string& text) {
  return {[](void* context, jit::Text piece) {
            static_cast<std::string*>(context)->append(piece.data, piece.size);
          },
          &text};
}

std::string place_text(const jit::x86_32::Place& place, jit::PartKind kind) {
  static constexpr const char* kNames[] = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
  if (!place.is_memory) {
    return jit::is_vector_register(kind) ? fmt::format("xmm{}", place.reg) : kNames[place.reg & 7];
  }
  // Of variables and places: always from esp or ebp on.
  return fmt::format("[{}+{:#x}]", kNames[place.memory.base & 7], place.memory.offset);
}

std::string variable_text(const Generator& generator, std::uint32_t value) {
  const std::uint32_t id = generator.allocation().variable[value];
  if (id == jit::kNone) return "variable nowhere";
  const jit::Variable& v = generator.allocation().variables[id];
  if (!v.in_register() && v.slot == jit::kNone) return "variable nowhere";
  std::string text = "variable " + place_text(generator.place(v, 0), v.kind);
  if (v.in_register() && v.kind == jit::PartKind::pair) {
    text += ":" + place_text(generator.place(v, 1), v.kind);  // its upper half
  }
  return text;
}

/// The role of a value of the body, and where it is.
std::string role_text(const Generator& generator, std::uint32_t value) {
  const jit::Selection& selection = generator.selection();
  const auto described = [&]() -> std::string {
    switch (selection.roles[value]) {
      case jit::Role::nothing:
        return "unused";
      case jit::Role::variable:
        return variable_text(generator, value);
      case jit::Role::alias:
        return "alias";
      case jit::Role::address:
        return "address";
      case jit::Role::operand:
        return "operand";
      case jit::Role::condition:
        return "condition";
      case jit::Role::update:
        return "update";
      case jit::Role::place: {
        const jit::Body& body = generator.body();
        return "place " +
               place_text(generator.place(body.instructions[body.values[value].index]), {});
      }
    }
    return "?";
  };
  return described() + (selection.loose[value] ? ", loose" : "");
}

std::string instruction_text(const Generator& generator, std::uint32_t index) {
  const jit::Body& body = generator.body();
  const jit::Instruction& i = body.instructions[index];
  std::string text;
  jit::print_instruction(generator.module(), body, i, sink_of(text));
  std::string notes;
  if (i.result != jit::kNone) notes = role_text(generator, i.result - body.base);
  const auto note = [&](std::string_view what) {
    if (!notes.empty()) notes += ", ";
    notes += what;
  };
  if (generator.is_interpreted(index)) note("interpreted");
  if ((i.flags & jit::kFlagMade) != 0) note("not of the program");
  if (notes.empty()) return text;
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text + "  ; " + notes + "\n";
}

}  // namespace

Listing list_function(const Generator& generator) {
  const jit::Body& body = generator.body();
  const jit::Encoder& code = generator.code();
  const jit::Span<const CodeMark> marks = generator.marks();
  Listing listing;
  listing.constants = code.constant_bytes() == 0 ? code.size() : code.constants_offset();
  listing.total = code.total();

  // Of each mark the code up to the next; of each instruction its marks: several, where its code
  // stands in several rounds.
  const auto piece_of = [&](std::uint32_t mark, std::string text) {
    return Listing::Piece{
        std::move(text), code.final_offset(marks[mark].at),
        mark + 1 < marks.size ? code.final_offset(marks[mark + 1].at) : code.size()};
  };
  std::vector<std::vector<std::uint32_t>> marks_of(body.instructions.size);
  for (std::uint32_t m = 0; m < marks.size; ++m) {
    if (marks[m].kind == CodeMark::instruction) marks_of[marks[m].number].push_back(m);
  }

  std::string text;
  jit::print_begin(generator.module(), body, sink_of(text));
  for (std::uint32_t v = 0; v < body.arguments; ++v) {
    text += fmt::format("  %{} = argument {}  ; {}\n", body.base + v, v, role_text(generator, v));
  }
  for (std::uint32_t m = 0; m < marks.size; ++m) {
    if (marks[m].kind == CodeMark::entry)
      listing.pieces.push_back(piece_of(m, std::exchange(text, {})));
  }
  for (jit::BlockId b = 0; b < body.blocks.size; ++b) {
    text = fmt::format("b{}:\n", b);
    for (std::uint32_t k = body.blocks[b].first; k < body.blocks[b].first + body.blocks[b].count;
         ++k) {
      text += instruction_text(generator, k);
      if (marks_of[k].empty()) listing.pieces.push_back({std::exchange(text, {}), 0, 0});
      for (const std::uint32_t m : marks_of[k]) {
        listing.pieces.push_back(piece_of(m, std::exchange(text, {})));
      }
    }
  }
  for (std::uint32_t m = 0; m < marks.size; ++m) {
    if (marks[m].kind == CodeMark::edge) {
      listing.pieces.push_back(
          piece_of(m, fmt::format("from b{} to b{}:\n", marks[m].number, marks[m].to)));
    } else if (marks[m].kind == CodeMark::ending) {
      listing.pieces.push_back(piece_of(
          m, "where it ends: " +
                 string_of(jit::text_of(static_cast<jit::Outcome>(marks[m].number))) + "\n"));
    }
  }
  return listing;
}

std::string listing_text(const Listing& listing, std::string_view code, std::uint32_t address) {
  const Disassembler disassembler(false);
  std::string text;
  for (const Listing::Piece& piece : listing.pieces) {
    text += piece.text;
    std::uint32_t at = piece.begin;
    for (const Disassembled& one :
         disassembler.read(code.substr(piece.begin, piece.end - piece.begin),
                           std::uint64_t{address} + piece.begin)) {
      text += fmt::format("    {:08x}  {}\n", one.address, one.text);
      at += one.size;
    }
    if (at < piece.end) {
      text += fmt::format("    {:08x}  {} bytes that are no code\n", address + at, piece.end - at);
    }
  }
  if (listing.constants < listing.total) text += "constants:\n";
  for (std::uint32_t at = listing.constants; at < listing.total; at += 16) {
    text += fmt::format("    {:08x} ", address + at);
    for (std::uint32_t k = at; k < std::min(at + 16, listing.total); ++k) {
      text += fmt::format(" {:02x}", static_cast<unsigned char>(code[k]));
    }
    text += '\n';
  }
  return text + "}\n";
}

}  // namespace harness
