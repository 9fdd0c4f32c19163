// A version is tried on questions that were asked before it is given any.
#pragma once

#include "reload/requests.h"

namespace jit::reload {

/// Asks `version` what was asked: its interpreter and its machine code must give the same answers,
/// after as many instructions, and the same again in the other order. With `same_answers` they must
/// be those that were given. Empty, or what is wrong. A version whose interpreter does not come to
/// an answer, or strays from its memory, does not run as machine code.
Line try_version(Version& version, const Answered (&recorded)[Requests::kRecorded],
                 bool same_answers);

}  // namespace jit::reload
