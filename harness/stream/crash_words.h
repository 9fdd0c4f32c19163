// Words by which many kernels tell of their end, each with signs and a message of its own around
// them; and those that stand there when all is well.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

#include "base/text.h"

namespace harness {

/// Whether `word` is one of `words`, in any case.
bool is_one_of(std::string_view word, std::span<const std::string_view> words);

/// "panic: disabled", "Kernel panic: none": what counts or sets panics, and tells of none. Behind
/// an assertion stands an expression: "Assertion failed: ok" is one.
bool tells_of_none(std::string_view text);

/// What a module of that name says of itself: "handler installed", "screen driver loaded",
/// "reboot=on", "OK". Both ends must be known words: "[panic] interrupts enabled" is a panic.
bool says_all_is_well(std::string_view text);

/// Whether what begins so may name one: most lines do not.
constexpr bool may_name_processor(char first) {
  return first == '(' || first == 'c' || first == 'C' || first == 'h' || first == 'H' ||
         first == 'k' || first == 'K';
}
/// Behind "cpu 0 ", "hart1: ", "(core 2) ", "kernel 0: ", who speaks; else the line itself.
std::string_view behind_processor(std::string_view line);

/// "panic", "*** Kernel Panic! ***", "PANIC @ file.c:3", "cpu 0 PANIC! x": the words in any case,
/// behind a processor or a row of signs ("# panic: x" is a comment, "- panic: x" an item), and
/// behind them only signs, or what begins a message; or in brackets. `line` is not empty.
bool stands_alone(std::string_view line, std::string_view words);

}  // namespace harness
