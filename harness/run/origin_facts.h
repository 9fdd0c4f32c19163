// What a record says of where a run comes from: its commit, and the CI job that it runs in.
#pragma once

#include <functional>
#include <string>

#include "model/origin.h"

namespace harness {

/// The value of an environment variable; empty where it is not set.
using Environment = std::function<std::string(const char* name)>;

/// The CI job that this environment tells of, and the commit that it says it has checked out. Texts
/// are cut to 200 bytes and made printable; an address that is none stays empty. Pure.
Origin origin_of(const Environment& environment);

/// Begins to ask git, and the environment of this process, beside whatever runs meanwhile. A
/// process asks once, however often this is called.
void begin_origin_search();
/// What it found; waits for it. Never fails: what is not known stays empty.
Origin this_origin();

}  // namespace harness
