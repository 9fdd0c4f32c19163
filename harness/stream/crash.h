// Texts by which a crash is known that is not announced by a [PANIC] of ours: other kernels,
// runtimes and virtual machine monitors have their own.
#pragma once

#include <span>
#include <string_view>

namespace harness {

/// Where in a line a signature must stand. The beginning of a log line ("[    1.234567] ") does not
/// count. A text that only quotes a crash ("no Kernel panic so far") has it elsewhere.
enum class CrashAnchor {
  start,  // the line starts with `text`; `also`, if any, follows somewhere behind it
  end,    // the line ends with `text`; `also` stands somewhere before it
  place,  // behind the first word, which is a place in a source file: "main.c:12:5: "
};

struct CrashSignature {
  std::string_view name;  // what `allow: {crash: NAME}` calls it; several rows may share one
  CrashAnchor anchor;
  std::string_view text;
  std::string_view also = {};
};

/// All signatures; those of one name stand together.
std::span<const CrashSignature> crash_signatures();

/// The signature that a line of text bears, or nullptr. The line must not be of the protocol.
const CrashSignature* find_crash(std::string_view line);

}  // namespace harness
