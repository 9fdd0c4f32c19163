#include "profile/plugin/call_tree.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace harness::plugin {
namespace {

enum : std::uint32_t { kMain, kF, kG, kTrap, kFirmware, kFunctions };
constexpr const char* kNames[] = {"main", "f", "g", "trap", "firmware"};

/// A tree over memory as the harness prepares it, and the counters that QEMU's code adds to.
class CallTreeTest : public testing::Test {
 protected:
  explicit CallTreeTest(std::uint32_t nodes = 64)
      : words_((sizeof(Header) + kFunctions * 8 + nodes * sizeof(Node)) / 8 + 1),
        taken_(kFunctions) {
    header_ = new (words_.data()) Header{};
    header_->function_count = kFunctions;
    header_->node_capacity = nodes;
    header_->functions_at = sizeof(Header);
    header_->nodes_at = header_->functions_at + kFunctions * 8;
    tree_ = std::make_unique<CallTree>(memory(), taken_.data());
  }

  std::byte* memory() { return reinterpret_cast<std::byte*>(words_.data()); }
  void execute(std::uint32_t function, std::uint64_t instructions) {
    reinterpret_cast<std::uint64_t*>(memory() + header_->functions_at)[function] += instructions;
    header_->total += instructions;
  }
  /// A direct call with all that follows from it.
  void call(std::uint64_t slot, std::uint32_t function) {
    tree_->called(slot, function);
    tree_->entered(function);
  }
  /// "main:CALLS:SELF" for each context by its path, in the order they were made.
  std::vector<std::string> contexts() {
    const auto* nodes = reinterpret_cast<const Node*>(memory() + header_->nodes_at);
    std::vector<std::string> lines;
    for (std::uint32_t i = 1; i < header_->node_count; ++i) {
      std::string path;
      for (std::uint32_t up = i; up != 0; up = nodes[up].parent) {
        path = kNames[nodes[up].function] + (path.empty() ? "" : ";" + path);
      }
      lines.push_back(path + ":" + std::to_string(nodes[i].calls) + ":" +
                      std::to_string(nodes[i].self));
    }
    return lines;
  }
  using Lines = std::vector<std::string>;

  std::vector<std::uint64_t> words_, taken_;
  Header* header_;
  std::unique_ptr<CallTree> tree_;
};

TEST_F(CallTreeTest, InstructionsGoToWhoeverIsActiveBetweenTwoEvents) {
  tree_->entered(kMain);
  execute(kMain, 3);
  call(0x8ff0, kF);
  execute(kF, 5);
  tree_->returned(0x8ff0);
  execute(kMain, 2);
  call(0x8ff0, kF);
  execute(kF, 7);
  tree_->returned(0x8ff0);
  EXPECT_EQ(contexts(), (Lines{"main:1:5", "main;f:2:12"}));
}

TEST_F(CallTreeTest, RecursionIsAContextForEachDepth) {
  tree_->entered(kMain);
  for (const std::uint64_t slot : {0x8ff0U, 0x8fe0U, 0x8fd0U}) {
    call(slot, kF);
    execute(kF, 1);
  }
  for (const std::uint64_t slot : {0x8fd0U, 0x8fe0U, 0x8ff0U}) tree_->returned(slot);
  EXPECT_EQ(contexts(), (Lines{"main:1:0", "main;f:1:1", "main;f;f:1:1", "main;f;f;f:1:1"}));
}

TEST_F(CallTreeTest, FirmwareBeforeTheFirstFunctionStandsBesideIt) {
  execute(kFirmware, 1000);
  tree_->entered(kMain);
  execute(kMain, 1);
  call(0x8ff0, kF);
  EXPECT_EQ(contexts(), (Lines{"firmware:0:1000", "main:1:1", "main;f:1:0"}));
}

TEST_F(CallTreeTest, IndirectCallIsKnownByWhatIsEntered) {
  tree_->entered(kMain);
  call(0x8ff0, kF);
  tree_->called(0x8fe0, kNoFunction);
  tree_->entered(kG);
  execute(kG, 4);
  tree_->returned(0x8fe0);
  execute(kF, 1);
  tree_->returned(0x8ff0);
  EXPECT_EQ(contexts(), (Lines{"main:1:0", "main;f:1:1", "main;f;g:1:4"}));
}

TEST_F(CallTreeTest, TailCallTakesItsCallersPlace) {
  tree_->entered(kMain);
  call(0x8ff0, kF);
  execute(kF, 2);
  tree_->may_jump(kG);
  tree_->entered(kG);
  execute(kG, 3);
  tree_->returned(0x8ff0);
  execute(kMain, 1);
  tree_->called(0x8ff0, kF);
  EXPECT_EQ(contexts(), (Lines{"main:1:1", "main;f:2:2", "main;g:1:3"}));
}

TEST_F(CallTreeTest, ABranchThatWasNotTakenIsNoTailCall) {
  tree_->entered(kMain);
  tree_->may_jump(kG);
  execute(kMain, 2);
  call(0x8ff0, kF);
  execute(kF, 1);
  tree_->returned(0x8ff0);
  EXPECT_EQ(contexts(), (Lines{"main:1:2", "main;f:1:1"}));
}

TEST_F(CallTreeTest, AJumpThatWentElsewhereIsNotRememberedUntilATrap) {
  tree_->entered(kMain);
  execute(kMain, 1);
  tree_->may_jump(kNoFunction, 1);
  execute(kMain, 1);
  EXPECT_TRUE(tree_->expects_entry());
  execute(kMain, 4);  // it went on in main
  EXPECT_FALSE(tree_->expects_entry());
  tree_->entered(kTrap);
  execute(kTrap, 3);
  tree_->trap_returns(kTrap, 0);
  execute(kMain, 1);
  call(0x8ff0, kF);
  EXPECT_EQ(contexts(), (Lines{"main:1:7", "main;trap:1:3", "main;f:1:0"}));
}

TEST_F(CallTreeTest, AHandlerThatJumpsBackIsEnteredEachTime) {
  tree_->entered(kMain);
  call(0x8ff0, kF);
  for (int time = 0; time < 3; ++time) {
    execute(kF, 1);
    tree_->entered(kTrap);
    execute(kTrap, 2);
  }
  execute(kF, 5);
  tree_->returned(0x8ff0);
  execute(kMain, 1);
  call(0x8ff0, kG);
  EXPECT_EQ(contexts(), (Lines{"main:1:1", "main;f:1:8", "main;f;trap:3:6", "main;g:1:0"}));
}

TEST_F(CallTreeTest, ACallIntoTheMiddleOfItsOwnFunctionIsNone) {
  tree_->entered(kMain);
  call(0x8ff0, kF);
  tree_->called_within(0x8fe0);
  execute(kF, 2);
  tree_->returned(0x8fe0);
  execute(kF, 3);
  tree_->returned(0x8ff0);
  execute(kMain, 1);
  call(0x8ff0, kG);
  EXPECT_EQ(contexts(), (Lines{"main:1:1", "main;f:1:5", "main;g:1:0"}));
}

TEST_F(CallTreeTest, EntryFromNowhereIsATrapThatEndsWithItsReturn) {
  tree_->entered(kMain);
  call(0x8ff0, kF);
  execute(kF, 1);
  tree_->entered(kTrap);
  execute(kTrap, 5);
  execute(kTrap, 1);  // the iret itself, counted before its event
  tree_->trap_returns(kTrap, 0);
  execute(kF, 2);
  tree_->returned(0x8ff0);
  EXPECT_EQ(contexts(), (Lines{"main:1:0", "main;f:1:3", "main;f;trap:1:6"}));
}

TEST_F(CallTreeTest, TrapReturnThatIsCountedAfterItsEventStillIsTheTraps) {
  tree_->entered(kMain);
  execute(kMain, 1);
  tree_->entered(kTrap);
  execute(kTrap, 5);
  tree_->trap_returns(kTrap, 1);
  execute(kTrap, 1);
  execute(kMain, 2);
  call(0x8ff0, kF);
  EXPECT_EQ(contexts(), (Lines{"main:1:3", "main;trap:1:6", "main;f:1:0"}));
}

TEST_F(CallTreeTest, CallsThatNeverReturnAreGivenUpWithTheStackTheyStoodOn) {
  tree_->entered(kMain);
  call(0x8ff0, kF);
  call(0x8fe0, kG);
  execute(kG, 1);  // longjmp back to main
  execute(kMain, 2);
  call(0x8ff0, kF);  // main's next call: from the same place of the stack
  execute(kF, 3);
  tree_->returned(0x8ff0);
  execute(kMain, 4);
  tree_->called(0x8ff0, kG);
  // Nothing told that g was left: what main did then stands beside it, until the next call.
  EXPECT_EQ(contexts(),
            (Lines{"main:1:4", "main;f:2:3", "main;f;g:1:1", "main;f;main:0:2", "main;g:1:0"}));
}

TEST_F(CallTreeTest, ReturnToAnOuterSlotLeavesAllInside) {
  tree_->entered(kMain);
  call(0x8ff0, kF);
  call(0x8fe0, kG);
  tree_->returned(0x8ff0);
  execute(kMain, 1);
  call(0x8ff0, kF);
  EXPECT_EQ(contexts(), (Lines{"main:1:1", "main;f:2:0", "main;f;g:1:0"}));
}

TEST_F(CallTreeTest, LoopToItsFirstInstructionIsNoCall) {
  tree_->entered(kMain);
  for (int turn = 0; turn < 3; ++turn) {
    tree_->entered(kMain);
    execute(kMain, 1);
  }
  call(0x8ff0, kF);
  EXPECT_EQ(contexts(), (Lines{"main:1:3", "main;f:1:0"}));
}

TEST_F(CallTreeTest, JumpIntoTheMiddleStandsBesideUnderTheSameCaller) {
  tree_->entered(kMain);
  call(0x8ff0, kF);
  execute(kF, 2);
  execute(kG, 3);  // no event told of it
  execute(kF, 1);
  tree_->returned(0x8ff0);
  EXPECT_EQ(contexts(), (Lines{"main:1:0", "main;f:1:3", "main;g:0:3"}));
}

TEST_F(CallTreeTest, DeeperThanItHasFramesTheSumsStayExact) {
  tree_->entered(kMain);
  const std::uint64_t top = 0x800000;
  const std::size_t deep = kFrames + 100;
  for (std::size_t i = 1; i <= deep; ++i) {
    call(top - 16 * i, i % 2 == 0 ? kF : kG);
    execute(i % 2 == 0 ? kF : kG, 1);
  }
  for (std::size_t i = deep; i > 0; --i) tree_->returned(top - 16 * i);
  execute(kMain, 1);
  call(top - 16, kF);
  EXPECT_EQ(header_->calls_left_out, deep - (kFrames - 1));
  const auto* nodes = reinterpret_cast<const Node*>(memory() + header_->nodes_at);
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < header_->node_count; ++i) sum += nodes[i].self;
  EXPECT_EQ(sum, deep + 1);
  EXPECT_EQ(nodes[1].self, 1u) << "main is active again";
}

/// Random events, sane or not: whatever a guest does, nothing is lost and nothing is made up.
TEST_F(CallTreeTest, AnyEventsInAnyOrderAddUp) {
  std::uint64_t state = 1;
  const auto random = [&state](std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % below;
  };
  std::uint64_t ahead = 0;
  std::uint32_t ahead_of = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto function = static_cast<std::uint32_t>(random(kFunctions));
    if (ahead != 0) execute(ahead_of, ahead);
    ahead = 0;
    switch (random(6)) {
      case 0:
        tree_->called(0x8000 + 8 * random(64), random(3) == 0 ? kNoFunction : function);
        break;
      case 1:
        tree_->returned(0x8000 + 8 * random(64));
        break;
      case 2:
        tree_->may_jump(random(2) == 0 ? kNoFunction : function);
        break;
      case 3:
        tree_->entered(function);
        break;
      case 4:
        ahead = random(2);
        ahead_of = function;
        tree_->trap_returns(function, static_cast<std::uint32_t>(ahead));
        break;
      default:
        execute(function, random(9));
        break;
    }
  }
  if (ahead != 0) execute(ahead_of, ahead);
  tree_->called(0, kNoFunction);  // takes the rest
  const auto* nodes = reinterpret_cast<const Node*>(memory() + header_->nodes_at);
  std::vector<std::uint64_t> sums(kFunctions);
  for (std::uint32_t i = 1; i < header_->node_count; ++i) {
    ASSERT_LT(nodes[i].parent, i);
    sums[nodes[i].function] += nodes[i].self;
  }
  const auto* counters = reinterpret_cast<const std::uint64_t*>(memory() + header_->functions_at);
  for (std::uint32_t f = 0; f < kFunctions; ++f) EXPECT_EQ(sums[f], counters[f]) << kNames[f];
  EXPECT_GT(header_->nodes_left_out, 0u) << "64 contexts were to be too few for this";
}

}  // namespace
}  // namespace harness::plugin
