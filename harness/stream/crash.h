// Texts by which a crash is known that is not announced by a [PANIC] of ours: other kernels,
// runtimes and virtual machine monitors have their own.
#pragma once

#include <span>
#include <string_view>

namespace harness {

/// Where in a line a signature must stand. The line is in its normal form (console_text/): colours,
/// the prefixes of logs ("[    1.234567] ", "<0>", "ERROR: ") and a prompt before it do not count.
/// A text that only quotes a crash ("no Kernel panic so far") has it elsewhere. Linux's own last
/// words are found at other places, too, where nothing says that they are a quotation.
enum class CrashAnchor {
  start,    // the line starts with `text`; `also`, if any, follows somewhere behind it
  counted,  // the line starts with `text`; `also` and a counter ("[#1]") follow somewhere behind it
  address,  // the line starts with `text` and at least eight digits of an address
  whole,    // the line is `text`
  end,      // the line ends with `text`; `also` stands somewhere before it
  place,    // behind the first word, which is a place in a source file: "main.c:12:5: "
  function,  // at the start, or behind the name of a function: "arm_hardfault: "; `also` follows
  word,      // at the start, in any case, alone or before punctuation: "*** KERNEL PANIC! ***"
};

struct CrashSignature {
  std::string_view name;  // what `allow: {crash: NAME}` calls it; several rows may share one
  CrashAnchor anchor;
  std::string_view text;
  std::string_view also = {};
};

/// All signatures; those of one name stand together.
std::span<const CrashSignature> crash_signatures();

struct FoundCrash {
  const CrashSignature* signature = nullptr;  // nullptr: there is none
  std::size_t at = 0;                         // where in the text
};
/// The signature that a text bears which a line shows (PlainLine::parts). The line must not be of
/// the protocol; any bytes. `from_start`: the text begins where a line or a text of it does, else
/// somewhere within.
FoundCrash find_crash_in(std::string_view text, bool from_start = true);
/// The first of a line as it came, or nullptr.
const CrashSignature* find_crash(std::string_view line);

}  // namespace harness
