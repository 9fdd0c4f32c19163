// What a record says of the machine that boots its guests.
#pragma once

#include <string>
#include <string_view>

#include "model/record.h"

namespace harness {

/// This machine, now. Never fails: what cannot be read stays empty.
Host this_host();

/// The processor's model in the text of /proc/cpuinfo, or empty. Pure.
std::string cpu_model(std::string_view cpuinfo);

/// Puts this machine into the record and, where it counts time by the host's clock, into its
/// fingerprint. `hide_name`: its name and its node's are left out.
void note_host(RunRecord& record, bool hide_name);

}  // namespace harness
