// A state on which a guest fails, made as plain as it can be. Pure but for the boots that `fails`
// makes.
#pragma once

#include <cstddef>
#include <functional>

#include "power_cuts/write_history.h"

namespace harness {

/// Tries what leaves less to explain, and keeps it where the guest still fails: one lost sector
/// fewer, a sector torn no longer, an event fewer. Ends where none of these does, or after
/// `most_tries` calls.
DiskState reduce(const WriteHistory& history, DiskState state, std::size_t most_tries,
                 const std::function<bool(const DiskState&)>& fails);

}  // namespace harness
