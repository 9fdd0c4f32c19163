// How one boot ended, from its four signals.
#pragma once

#include "model/record.h"

namespace harness {

/// How one boot ended, from its four signals: the end of the QEMU process, QMP's SHUTDOWN
/// reason, the debug-exit value, and the closing line. Where they disagree, that is the verdict
/// (invalid_data, naming the two). `rules` says what exit statuses mean for a guest that was not
/// written for us. Pure.
Verdict classify(const Trace& trace, const Events& events, const OutputRules& rules = {});

}  // namespace harness
