// What the guest said that is nearly what was asked for: a name or a text is misspelt more often
// than a guest is broken. Bounded, whatever the guest says. Pure.
#pragma once

#include <string>
#include <string_view>

#include "model/record.h"

namespace harness {

/// Of a row `tag` 'name' that did not arrive: "; did you mean 'heap'?", or "; a [PROFILE] of that
/// name arrived" where the guest says it by another kind of line; else "".
std::string near_name(const BootRecord& boot, std::string_view tag, std::string_view name);

/// Of a text that no line shows: "; nearest is line 7: 'Hello, wrold'", else "". Upper and lower
/// case are the same, and of every four characters one may be wrong.
std::string near_line(const BootRecord& boot, std::string_view text);

}  // namespace harness
