// What a user may call the numbers of a run: `--metric`, `--tolerance`. Pure.
//
// A number has one name everywhere: what it is called, "sum_to_n"; and the kind of line behind it
// where two kinds share the name, "sum_to_n [PROFILE]".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// Whether `word` may stand for several numbers: it has a `*` or a `?`.
bool is_pattern(std::string_view word);

/// Those of `names` that `word` is about, in their order; none where it fits nothing. The number of
/// that very name goes first. Then `timing NAME` (bench, profile, metric) is NAME, of that kind of
/// line where two kinds share it. Then a `*` is any characters and a `?` one.
std::vector<std::string_view> numbers_called(std::string_view word,
                                             std::span<const std::string_view> names);

/// ": did you mean 'fibonacci avg'?", or else ": there are 'a', 'b' and 20 more". Safe to print.
std::string other_numbers(std::string_view word, std::span<const std::string_view> names);

}  // namespace harness
