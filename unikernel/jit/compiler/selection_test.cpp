// Which roles values get, where following them must end: chains of aliases, and values that are
// defined by themselves where nobody comes.
#include "compiler/selection.h"

#include <gtest/gtest.h>

#include <string>

#include "bitcode/testing/tools.h"
#include "ir/verify.h"

namespace jit {
namespace {

/// The only function of LLVM's text, and the roles of its values.
struct Selected {
  explicit Selected(const std::string& text)
      : opened(testing::assemble(text)),
        memory(1U << 24),
        arena(memory.data(), memory.size()),
        module(opened.file.module) {
    EXPECT_EQ(testing::string_of(opened.fault), "");
    EXPECT_EQ(testing::string_of(verify_module(module, arena)), "");
    FunctionId id = 0;
    while (module.functions[id].body_bit == 0) ++id;
    EXPECT_EQ(testing::string_of(bitcode::read_verified_body(&opened.file, id, arena, body)), "");
    EXPECT_TRUE(select_roles(module, body, {}, arena, selection));
  }
  [[nodiscard]] uint32_t count(Role role) const {
    uint32_t found = 0;
    for (const Role r : selection.roles) found += r == role ? 1 : 0;
    return found;
  }
  /// The longest way behind_aliases() goes.
  [[nodiscard]] uint32_t longest() const {
    uint32_t most = 0;
    for (ValueId id = body.base; id < body.base + body.values.size; ++id) {
      uint32_t length = 0;
      ValueId at = id;
      while (at >= body.base && selection.roles[at - body.base] == Role::alias && length < 10'000) {
        const Instruction& i = body.instructions[body.values[at - body.base].index];
        at = body.operands[i.first + (i.op == Opcode::call ? 1 : 0)];
        ++length;
      }
      most = length > most ? length : most;
    }
    return most;
  }

  testing::Opened opened;
  std::vector<char> memory;
  Arena arena;
  const Module& module;
  Body body;
  Selection selection;
};

/// A function of one chain: `step` with % for the value before and @ for the next, `count` times.
std::string chain(const std::string& step, uint32_t count, bool backwards = false) {
  std::string steps;
  for (uint32_t n = 0; n < count; ++n) {
    std::string one = " " + step + "\n";
    for (size_t at = 0; (at = one.find_first_of("%@", at)) != std::string::npos; ++at) {
      const std::string name = "%v" + std::to_string(one[at] == '@' ? n + 1 : n);
      // Names of others keep theirs.
      if (at + 1 < one.size() && one[at + 1] == '_') {
        one.replace(at, 2, name + ".");
      } else {
        one.replace(at, 1, name);
      }
    }
    const std::string label = "l" + std::to_string(n), next = "l" + std::to_string(n + 1);
    if (backwards) {
      steps = label + ":\n" + one + " br label %" + next + "\n" + steps;
    } else {
      steps += one;
    }
  }
  const std::string last = " ret i32 %v" + std::to_string(count) + "\n}\n";
  return "define i32 @f(i32 %v0) {\n" + (backwards
                                             ? " br label %l0\nl" + std::to_string(count) + ":\n" +
                                                   last.substr(0, last.size() - 2) + steps + "}\n"
                                             : steps + last);
}

TEST(Selection, ChainsOfAliasesAreCut) {
  for (const char* const step :
       {"@ = freeze i32 %", "@ = call i32 asm \"\", \"=r,0\"(i32 %)",
        "@_p = inttoptr i32 % to ptr\n @ = ptrtoint ptr @_p to i32",
        "@_p = inttoptr i32 % to ptr\n @_q = getelementptr i8, ptr @_p, i32 0\n"
        " @ = ptrtoint ptr @_q to i32",
        "@_s = trunc i32 % to i8\n @_f = freeze i8 @_s\n @ = zext i8 @_f to i32"}) {
    for (const bool backwards : {false, true}) {
      const Selected selected(chain(step, 1000, backwards));
      EXPECT_LE(selected.longest(), 32U) << step << backwards;
      EXPECT_GE(selected.longest(), 1U) << step << backwards;
    }
  }
}

TEST(Selection, AssemblyWithoutInstructionsIsItsInput) {
  EXPECT_EQ(Selected(chain("@ = call i32 asm \"\", \"=r,0\"(i32 %)", 3)).count(Role::alias), 3U);
}

TEST(Selection, ChainsThatProgramsHaveStay) {
  EXPECT_EQ(Selected(chain("@ = freeze i32 %", 31)).count(Role::alias), 31U);
}

// Whoever follows a role of any kind would not come back.
TEST(Selection, NobodyFollowsWhatIsDefinedByItself) {
  for (const char* const dead :
       {"%x = freeze i32 %x\n store i32 %x, ptr %p",
        "%x = bitcast ptr %x to ptr\n store i32 1, ptr %x",
        "%x = inttoptr i32 %y to ptr\n %y = ptrtoint ptr %x to i32\n store i32 %y, ptr %x",
        "%x = getelementptr i8, ptr %x, i32 4\n store i32 1, ptr %x",
        "%x = getelementptr i8, ptr %y, i32 4\n %y = getelementptr i8, ptr %x, i32 4\n"
        " store i32 1, ptr %x",
        "%x = xor i1 %x, true\n br i1 %x, label %dead, label %more\nmore:"}) {
    const Selected selected("define i32 @f(ptr %p) {\n ret i32 7\ndead:\n " + std::string(dead) +
                            "\n br label %dead\n}\n");
    for (const Role role : {Role::alias, Role::address, Role::condition, Role::operand}) {
      EXPECT_EQ(selected.count(role), 0U) << dead;
    }
  }
}

}  // namespace
}  // namespace jit
