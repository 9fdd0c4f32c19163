// The part of classify() that reads third-party guests: by the exit table, the
// formats and the steps of their scenario. All pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/record.h"

namespace harness {

/// What a reset of the machine means by the scenario's `reboot`, where the results that came are
/// complete; nullopt: it is a reset.
std::optional<Verdict> reboot_verdict(const Trace& trace, const Events& events,
                                      const OutputRules& rules, const std::string& failed);

/// What the exit table says of the status with which QEMU ended; nullopt where it says nothing.
std::optional<ExitMeaning> listed_meaning(const Trace& trace, const OutputRules& rules);

/// The status of a session that a meaning stands for; a panic is none.
std::optional<wire::Status> status_of(ExitMeaning meaning);

/// "ended with status 35, which the scenario lists as a fail"; before it, what the guest said of
/// that, where its last 64 KiB have such a line: 'said "SKIP: no such device" and ended with ...'.
std::string listed_text(const Trace& trace, ExitMeaning meaning);

/// The step that was not done: "step 3 ('=> ')".
std::string open_step(const Trace& trace, const OutputRules& rules);

/// The names of the tests that failed, of many the first; "" where none did. Of one that did not
/// end, or whose status nobody knows, that is said: "a, b (did not end)".
std::string failed_tests(const Events& events);

/// The worse of what the guest left (`status`, unset where nothing is known) and of what it
/// printed: `failed` names its failed tests.
Verdict foreign_verdict(const Trace& trace, const Events& events, const OutputRules& rules,
                        std::optional<wire::Status> status, const std::string& failed);

}  // namespace harness
