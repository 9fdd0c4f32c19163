// What every rendering of a comparison needs to know of its rows. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compare/compare.h"

namespace harness {

/// Bytes of one reason, note or fault in a text for people.
inline constexpr std::size_t kDetailBytes = 600;

/// Of the functions that moved, that many where there is little room.
inline constexpr std::size_t kMovedShown = 3;

struct RowStyle {
  const char* mark;
  std::string_view color;
};
RowStyle style_of(const ComparedNumber& row);

/// Whether there is more to say of it than that it is unchanged.
bool is_shown(const ComparedNumber& row);

/// All rows, what went wrong before what changed for the better, and the unchanged last; those that
/// are shown stand before those that are not. Regressions, and improvements, by their share: what
/// moved by most of itself is the cause, and what holds it follows. Otherwise in their order.
std::vector<const ComparedNumber*> worst_first(const Comparison& one);

/// "14 unchanged, 4 regressions, 3 shown only"; in the order of Change.
std::string tally_of(const Comparison& one);

/// "commit 0123456789 → abcdef0123+" where a number moved and the commit of a side is known; else
/// empty. A "+" says that files differed from the commit.
std::string commits_of(const Comparison& one);

/// "boot: reports/a → reports/b".
std::string title_of(const Comparison& one);

}  // namespace harness
