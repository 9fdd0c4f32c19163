// What was made of what in a boot, such as a compiler that compiles itself: from the lines of
// wire/stage.h, for every report to draw. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/record.h"
#include "page/markup.h"

namespace harness {

/// Texts are untrusted, and short.
struct Stage {
  std::string name, what;
  std::optional<std::size_t> by, from;                          // stages before this one
  std::uint64_t ticks = 0, bytes = 0;                           // 0: not said
  std::string sha256 = {};                                      // 64 digits, or empty
  std::optional<std::chrono::nanoseconds> time = std::nullopt;  // since the line before
  std::optional<std::size_t> same = std::nullopt;               // of what was made: its group
  std::size_t depth = 0;                                        // steps from what nobody made
  bool material = false;  // nobody made it, it made nothing, and it goes into others
};

/// A maker, what it made, what that made, and so on.
using StageChain = std::vector<std::size_t>;

struct Stages {
  std::vector<Stage> list;         // in the order in which they were told
  std::vector<StageChain> chains;  // together all but the materials; a second thing that one stage
                                   // made begins a chain of its own
  std::vector<StageChain> groups;  // stages with the same SHA-256, by Stage::same
  std::size_t left_out = 0;        // beyond kMaxStages
};
inline constexpr std::size_t kMaxStages = 40;
/// Of a name and of what explains it, bytes.
inline constexpr std::size_t kStageNameBytes = 12, kStageWhatBytes = 100;

Stages stages_of(const BootRecord& boot);

/// "M1, M2, MT are the same bytes. M3 is different." Empty where nothing has a digest.
std::string stages_summary(const Stages& stages);

/// Lines that draw the chains from left to right, or none where they would be wider than `width`:
///
///   bitcode ─┬─▶ S0 ─▶ M1 ─▶ M2 ─┐
///            └─▶ T0 ─▶ MT ───────┴─ the same bytes
std::vector<std::string> stages_drawing(const Stages& stages, std::size_t width);

/// The first digits of a digest.
std::string short_digest(const Stage& stage);

/// A row for each stage, of those alone that somebody made unless `whole`. Cells are untrusted
/// text.
struct StageTable {
  std::vector<html::Column> columns;
  std::vector<std::vector<std::string>> rows;
};
/// `whole`: with what explains them, and the digests to the last digit.
StageTable stages_table(const Stages& stages, ClockKind clock, bool whole);

}  // namespace harness
