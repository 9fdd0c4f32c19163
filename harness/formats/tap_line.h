// One line of TAP or KTAP, taken apart: what stands in a line is told here, what it means among the
// others in tap.cpp.
//   TAP 13 and 14: testanything.org; KTAP 1: the kernel's Documentation/dev-tools/ktap.rst.
// Where TAP 14 leaves the form of a directive open, TAP::Parser 3.44 decides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/results.h"

namespace harness {

enum class TapKind {
  text,      // none of those below
  version,   // "TAP version 14", "KTAP version 1"
  plan,      // "1..5", "1..0 # SKIP reason", "1..5 todo 2 3;" of Perl's Test.pm
  odd_plan,  // "1..5 of something": what it announces is not known
  result,    // "ok", "not ok 3 - name # TODO reason"
  comment,   // "# ..."
  pragma,    // "pragma +strict"
  bail_out,  // "Bail out! reason", in any case
  yaml,      // "---", which opens a block of YAML
  brace,     // "}", which closes a buffered subtest
};

/// A level below a comment: kselftest's runner puts "# " before what a test prints. It counts as so
/// many columns, more than any indentation has.
inline constexpr std::size_t kCommentColumns = 1'000'000;

struct TapLine {
  TapKind kind = TapKind::text;
  std::size_t indent = 0;               // columns before the text; tabs stop at every 8th
  std::string_view text;                // without indentation; of a comment, what is behind "# "
  bool failed = false;                  // of a result: "not ok"
  std::optional<std::uint64_t> number;  // of a result, where it has one
  std::uint64_t count = 0;              // of a plan; of a version, its number
  bool known_version = false;           // TAP 13, TAP 14, KTAP 1; readers of both refuse others
  bool of_the_kernel = false;           // of a version: KTAP
  std::string_view rest;                // of a result, a plan, a pragma, a bail-out: what is behind
};

/// Takes a line without its line end and without the prefixes of logs (console_text/prefix.h). Any
/// bytes; numbers of more than 9 digits are none.
TapLine read_tap_line(std::string_view line);
/// Whether a plan ("todo 2 3;" is its rest) excuses the failure of the result with this number.
bool plan_excuses(std::string_view rest, std::uint64_t number);
/// Failures in the middle of a line, right behind another message: "init donenot ok 2 b".
struct GluedFailure {
  std::uint64_t number = 0;
  std::string_view text;  // behind the number
};
/// Those of `text`, at most `most` of them, from left to right. Behind a blank it is a sentence:
/// "the link is not ok 2 times"; in quotes it is a quotation.
std::vector<GluedFailure> glued_failures(std::string_view text, std::size_t most);
/// Whether one of them has that number, in what stands behind the "ok" of a result that has it,
/// too: "ok 2not ok 2 b".
bool holds_glued_failure(std::string_view text, std::uint64_t number);

enum class TapDirective { none, skip, todo, xfail, timeout, error };

/// What stands behind the number of a result.
struct TapDescription {
  std::string
      name;  // unescaped, ended by the first unescaped "#" that begins a word or a directive
  TapDirective directive = TapDirective::none;
  std::string_view note;  // the directive with its reason, or another remark: "time=10ms"
};
/// `failed`: of a "not ok" only the first "#" can excuse it; of an "ok" any SKIP is believed, for
/// that makes nothing better.
TapDescription read_tap_description(std::string_view text, bool failed);
/// What a result counts as. A "not ok" with SKIP is a skip here; where it fails, the caller knows.
wire::Status status_of(bool failed, TapDirective directive);

/// The counts of "# Totals: pass:95 fail:0 skip:5 total:100" (KUnit, kselftest) and of "# suite:
/// pass:5 ..." (KUnit).
struct TapTotals {
  std::string_view name;  // "Totals", or of a suite or a test
  ResultCounts counts = {};
  std::optional<std::uint64_t> total = {};
};
/// `comment` is the text of a comment. nullopt: it counts nothing.
std::optional<TapTotals> read_tap_totals(std::string_view comment);

}  // namespace harness
