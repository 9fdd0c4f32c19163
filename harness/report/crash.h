// Where a guest crashed, as lines of text that every report shows alike. Pure; all text of a guest
// or of its symbols is made printable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"

namespace harness {

/// What the place of a boot's crash_site is: where it crashed, reset the machine, or was ended.
struct CrashWords {
  std::string_view did;    // "crashed here"
  std::string_view title;  // "Where it crashed"
};
CrashWords crash_words(const BootRecord& boot);

/// "#0 0x00100153 run(kernel::System&)+0x13 at guest_panic.cpp:15".
std::string frame_text(const CrashFrame& frame, std::size_t number);

/// "run(kernel::System&) at guest_panic.cpp:15": the innermost frame of a named function; empty
/// where there is none.
std::string crash_place_text(const CrashSite& site);

/// Where to look first: of a crash "in divide() at guest.cpp:16", or "at 0x00100153 (no symbols:
/// ...)"; of a test that failed "at adds.cpp:9: 7 * 6 is 41", and of several the first
/// that names one, "of which adds at adds.cpp:9". Untrusted; empty where no place is known, and of
/// a run that ended well.
std::string first_place(const RunRecord& record);

/// The reason of the verdict without the registers of a crash, where these stand elsewhere: a crash
/// of which nothing else is known keeps them. Untrusted.
std::string reason_beside_crash(const RunRecord& record);

/// Both for the head of a report: "exception 0 (divide error), in divide() at guest.cpp:16". Where
/// a gate found the numbers worse, what that found. Untrusted; empty where there is no reason.
std::string head_reason(const RunRecord& record);

/// Frames, those that follow each other at one address in one line ("(16 times)"), then the
/// instruction where it is known. Where no symbols were found, a line
/// says how to give them.
std::vector<std::string> crash_lines(const CrashSite& site);

/// "eax=0x00000001 ebx=0x00000000 ...": four a line.
std::vector<std::string> register_lines(const CrashSite& site);

/// Both, in this order.
std::vector<std::string> crash_and_register_lines(const CrashSite& site);

}  // namespace harness
