// What is read is what LLVM itself reads: functions, blocks, instructions, types and constants are
// held against the text of llvm-dis, for sources of ours at four levels of optimization.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <sstream>

#include "bitcode/testing/tools.h"
#include "ir/layout.h"
#include "ir/names.h"
#include "ir/verify.h"

namespace jit {
namespace {

using testing::Opened;
using testing::string_of;

/// A function as both sides can tell it: a line for each block and instruction.
using Lines = std::vector<std::string>;
struct Structure {
  std::map<std::string, Lines> bodies;
  std::vector<std::string> declared, globals;
};

// ---- as llvm-dis says it

/// The type or literal that `text` begins with, up to a comma or blank outside brackets.
std::string first_word(const std::string& text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<' || c == '{' || c == '[' || c == '(') ++depth;
    if (c == '>' || c == '}' || c == ']' || c == ')') --depth;
    if (depth == 0 && (c == ',' || c == ' ')) return text.substr(0, i);
  }
  return text;
}
/// Types with a name are left out: names of types are not read.
std::string plain_type(const std::string& type) {
  return type.find('%') == std::string::npos ? type : "named";
}
std::string after(const std::string& line, const std::string& word) {
  const std::size_t at = line.find(word);
  return at == std::string::npos ? "" : line.substr(at + word.size());
}
bool is_literal(const std::string& word) {
  return !word.empty() && word.find_first_not_of("-0123456789") == std::string::npos;
}

std::string instruction_of(std::string line) {
  static const std::regex kTail(", !.*| #[0-9]+.*$");
  static const std::regex kHead("^ *(%[^ ]+ = )?((tail|notail) )?");
  line = std::regex_replace(std::regex_replace(line, kTail, ""), kHead, "");
  const std::string name = line.substr(0, line.find_first_of(" "));
  std::string detail;
  static const std::regex kFlags(
      "^(atomic|volatile|inbounds|nuw|nsw|exact|disjoint|nneg|weak|fast|nnan|ninf|nsz|arcp|"
      "contract|"
      "afn|reassoc|inalloca) ");
  std::string rest = line.size() > name.size() ? line.substr(name.size() + 1) : "";
  for (std::smatch match; std::regex_search(rest, match, kFlags);) rest = match.suffix();
  if (name == "load" || name == "alloca" || name == "phi") detail = plain_type(first_word(rest));
  if (after(line, " to ") != "" && name != "call") detail = plain_type(after(line, " to "));
  if (name == "icmp" || name == "fcmp") detail = first_word(rest);
  // The last operand of what has two integers: a constant, or not.
  static const std::regex kTwo("^(add|sub|mul|udiv|sdiv|urem|srem|shl|lshr|ashr|and|or|xor|icmp)$");
  if (std::regex_match(name, kTwo)) {
    const std::string last = line.substr(line.rfind(' ') + 1);
    if (is_literal(last)) detail += (detail.empty() ? "" : " ") + last;
  }
  return name + (detail.empty() ? "" : " " + detail);
}

Structure structure_of_text(const std::string& text) {
  Structure all;
  std::istringstream in(text);
  std::string line, function;
  static const std::regex kName("@\"?([^ (\"]*)");
  bool in_switch = false;
  while (std::getline(in, line)) {
    std::smatch name;
    std::regex_search(line, name, kName);
    if (line.starts_with("@")) all.globals.push_back(name[1]);
    if (line.starts_with("declare ")) all.declared.push_back(name[1]);
    if (line.starts_with("define ")) {
      function = name[1];
      all.bodies[function].push_back("block");
    } else if (line == "}") {
      function.clear();
    } else if (!function.empty() && !line.empty()) {
      Lines& body = all.bodies[function];
      if (line[0] != ' ') {
        body.push_back("block");
        // The first block has a label where it has a name.
        if (body.size() == 2) body.pop_back();
      } else if (line.starts_with("    ") && in_switch) {
        body.push_back("case " +
                       first_word(after(line, " i").substr(after(line, " i").find(' ') + 1)));
      } else if (line.starts_with("  ]")) {
        in_switch = false;
      } else if (!line.starts_with("    ")) {
        body.push_back(instruction_of(line));
        in_switch = body.back() == "switch";
      }
    }
  }
  return all;
}

// ---- as the IR says it

std::string type_name(const Module& module, TypeId id) {
  const Type& type = module.types[id];
  switch (type.kind) {
    case TypeKind::integer:
      return "i" + std::to_string(type.count);
    case TypeKind::float_type:
      return "float";
    case TypeKind::double_type:
      return "double";
    case TypeKind::pointer:
      return "ptr";
    case TypeKind::array: {
      const std::string element = type_name(module, type.first);
      return element == "named" ? element
                                : "[" + std::to_string(type.count) + " x " + element + "]";
    }
    case TypeKind::vector:
      return "<" + std::to_string(type.count) + " x " + type_name(module, type.first) + ">";
    case TypeKind::structure: {
      std::string all;
      for (std::uint32_t i = 0; i < type.count; ++i) {
        const std::string field = type_name(module, module.type_lists[type.first + i]);
        if (field == "named") return field;
        all += (i == 0 ? "" : ", ") + field;
      }
      const std::string inner = type.count == 0 ? "{}" : "{ " + all + " }";
      return type.packed ? "<" + inner + ">" : inner;
    }
    default:
      return "?";
  }
}

class Teller {
 public:
  Teller(const Module& module, const Body& body) : module_(module), body_(body) {}

  Lines lines() {
    for (const Block& block : body_.blocks) {
      lines_.push_back("block");
      for (std::uint32_t i = 0; i < block.count; ++i) tell(body_.instructions[block.first + i]);
    }
    return lines_;
  }

 private:
  std::string literal(ValueId id) {
    const Value& value = value_of(module_, body_, id);
    const Type& type = module_.types[value.type];
    if (type.kind != TypeKind::integer || type.count == 1) return "";
    if (value.kind == ValueKind::zero) return "0";
    if (value.kind != ValueKind::integer) return "";
    const std::uint64_t top = std::uint64_t{1} << (type.count - 1);
    return std::to_string(static_cast<std::int64_t>((value.bits ^ top) - top));
  }
  void tell(const Instruction& at) {
    const auto operand = [&](std::uint32_t i) { return body_.operands[at.first + i]; };
    std::string line = string_of(name_of(at.op));
    switch (at.op) {
      case Opcode::binary: {
        line = string_of(name_of(static_cast<BinaryOp>(at.code)));
        const std::string last = literal(operand(1));
        if (!is_floating(static_cast<BinaryOp>(at.code)) && !last.empty()) line += " " + last;
        break;
      }
      case Opcode::cast:
        line = string_of(name_of(static_cast<CastOp>(at.code))) + " " + type_name(module_, at.type);
        break;
      case Opcode::compare: {
        line = (at.code < 32 ? "fcmp " : "icmp ") +
               string_of(name_of(static_cast<Predicate>(at.code)));
        const std::string last = literal(operand(1));
        if (at.code >= 32 && !last.empty()) line += " " + last;
        break;
      }
      case Opcode::load:
      case Opcode::phi:
        line += " " + type_name(module_, at.type);
        break;
      case Opcode::alloca:
        line += " " + type_name(module_, at.subject);
        break;
      case Opcode::switch_on:
        lines_.push_back(line);
        for (std::uint32_t i = 2; i < at.count; i += 2) {
          lines_.push_back("case " + literal(operand(i)));
        }
        return;
      default:
        break;
    }
    lines_.push_back(line);
  }

  const Module& module_;
  const Body& body_;
  Lines lines_;
};

/// "named" on one side stands for any type on the other.
bool agree(const std::string& theirs, const std::string& ours) {
  if (theirs == ours) return true;
  const std::size_t at = theirs.find(" named");
  return at != std::string::npos && ours.compare(0, at, theirs, 0, at) == 0;
}

struct Source {
  std::string path;
  std::string options;
};

void hold_against_llvm(const Source& source) {
  SCOPED_TRACE(source.path + source.options);
  Opened opened(testing::compile(source.path, source.options));
  ASSERT_EQ(string_of(opened.fault), "");
  const Module& module = opened.file.module;
  ASSERT_EQ(string_of(verify_module(module, opened.arena)), "");
  const std::string text = testing::disassemble(opened.bytes);
  if (text.empty()) GTEST_SKIP() << "no " JIT_TEST_DISASSEMBLER;
  const Structure theirs = structure_of_text(text);

  std::vector<std::string> declared;
  std::size_t bodies = 0;
  for (FunctionId id = 0; id < module.functions.size; ++id) {
    const Function& function = module.functions[id];
    const std::string name = string_of(function.name);
    if (function.body_bit == 0) {
      declared.push_back(name);
      continue;
    }
    ++bodies;
    const auto found = theirs.bodies.find(name);
    ASSERT_NE(found, theirs.bodies.end()) << name;
    Body body;
    ASSERT_EQ(string_of(bitcode::read_body(opened.file, id, opened.arena, body)), "");
    const Lines ours = Teller(module, body).lines();
    EXPECT_EQ(ours.size(), found->second.size()) << name;
    for (std::size_t i = 0; i < std::min(ours.size(), found->second.size()); ++i) {
      ASSERT_TRUE(agree(found->second[i], ours[i]))
          << name << ", line " << i << ": " << found->second[i] << " / " << ours[i];
    }
  }
  EXPECT_EQ(bodies, theirs.bodies.size());
  std::vector<std::string> globals;
  for (const Global& global : module.globals) globals.push_back(string_of(global.name));
  for (const Alias& alias : module.aliases) globals.push_back(string_of(alias.name));
  std::vector<std::string> their_globals = theirs.globals, their_declared = theirs.declared;
  for (auto* names : {&globals, &declared, &their_globals, &their_declared}) {
    std::sort(names->begin(), names->end());
  }
  EXPECT_EQ(globals, their_globals);
  EXPECT_EQ(declared, their_declared);
}

const std::string kData = JIT_TEST_DATA;
const std::string kRoot = JIT_TEST_ROOT;
constexpr const char* kLevels[] = {" -O0", " -O1", " -O2", " -Os"};

class Structures : public ::testing::TestWithParam<std::string> {};

TEST_P(Structures, AreThoseThatLlvmDisTells) {
  const std::string name = GetParam();
  for (const std::string level : kLevels) {
    hold_against_llvm({kData + "/" + name, level});
    if (name.ends_with(".ll")) break;
  }
}

INSTANTIATE_TEST_SUITE_P(TestData, Structures,
                         ::testing::Values("integers.c", "floating.c", "memory.c", "control.c",
                                           "aggregates.c", "variadic.c", "globals.cpp",
                                           "vectors.cpp", "atomics.c", "builtins.c", "records.ll"),
                         [](const auto& info) {
                           return info.param.substr(0, info.param.find('.'));
                         });

class OwnSources : public ::testing::TestWithParam<std::string> {};

TEST_P(OwnSources, AreReadAsLlvmDisTells) {
  const std::string includes = " -I" + kRoot + "/kernel_lib/include -I" + kRoot +
                               "/kernel_lib/protocol/include -I" + kRoot + "/kernel_lib -I" +
                               kRoot + "/unikernel/llama -I" + kRoot + "/unikernel/jit";
  for (const std::string level : {" -O0", " -O2"}) {
    hold_against_llvm({kRoot + "/" + GetParam(), includes + level});
  }
}

INSTANTIATE_TEST_SUITE_P(Uniharness, OwnSources,
                         ::testing::Values("unikernel/llama/inference.cpp",
                                           "unikernel/llama/engine/checkpoint.cpp",
                                           "unikernel/llama/engine/tokenizer.cpp",
                                           "kernel_lib/mem/heap.cpp", "kernel_lib/fmt/console.cpp",
                                           "unikernel/jit/bitcode/instructions.cpp"),
                         [](const auto& info) {
                           const std::string path = info.param;
                           return std::regex_replace(path, std::regex("[^a-zA-Z0-9]"), "_");
                         });

}  // namespace
}  // namespace jit
