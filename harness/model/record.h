// The record of a run: everything that was learnt, as plain data. Reports, gates and replays read
// this and nothing else. record/codec.h turns it into record.json and back.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wire/protocol.h>

#include "model/crash_site.h"
#include "model/host.h"
#include "model/origin.h"
#include "model/scenario.h"
#include "model/trace.h"

namespace harness {

/// What became of a run, or of one boot. `kVerdictTable` in verdict.h holds names and exit codes.
enum class VerdictKind {
  pass,
  fail,              // the guest said so, or a check failed
  skip,              // the guest said so
  panic,             // [PANIC], or the panic exit value
  reset,             // triple fault, seen as a guest reset
  exit_unsignalled,  // the guest went away without saying how (power-off, unknown exit value)
  timeout,           // wall limit
  idle,              // silent for too long after it had spoken
  no_output,         // never said a byte
  truncated,         // ended before [END], or lines are missing
  invalid_data,      // damaged lines, a wrong checksum, impossible numbers, signals that disagree
  harness_error,     // QEMU could not start, or died by itself
  interrupted,       // Ctrl-C
};

struct Verdict {
  VerdictKind kind = VerdictKind::pass;
  std::string reason;  // one sentence, empty for pass
};

// ---- what one boot said, line by line -------------------------------------------------------

struct TestResult {
  std::string name;
  wire::Status status = wire::Status::pass;
  std::optional<std::uint64_t> iterations;
  std::optional<std::string> result;  // as printed
  /// Where its result stands, counted from 1 in the serial log; one behind the last: the end of the
  /// output ended it. 0: not known.
  std::uint64_t line = 0;
};
struct Timing {
  std::string name;
  std::uint64_t cycles = 0;
};
struct Bench {
  std::uint64_t calls = 0;
  std::uint64_t cycles = 0;
  std::uint64_t per_call = 0;  // as printed; the parser refuses one that is not cycles / calls
};
struct Profile {
  std::string name;
  std::uint64_t calls = 0, total = 0, min = 0, avg = 0, max = 0;
  std::optional<std::uint64_t> self = std::nullopt, first = std::nullopt;  // where they are printed
};
struct Metric {
  std::string name;
  std::uint64_t value = 0;
  std::string unit;
};
/// A number that an entry of `metrics:` found in console text.
struct FoundMetric {
  std::string name;
  std::uint64_t value = 0;  // of the samples, the one that stands for the boot
  std::string unit;
  BetterWhen better = BetterWhen::by_unit;
  std::vector<std::uint64_t> samples;  // all that came, in order
  std::uint64_t entry = 0;             // of OutputRules::metrics, counted from 0
  std::uint64_t rounded = 0;           // how many of the samples had more digits than are kept
};
struct Memory {
  std::uint64_t heap_used = 0, heap_peak = 0, heap_largest = 0, heap_total = 0;
  std::uint64_t stack_used = 0, stack_total = 0, image = 0;
};
/// One part of the time from power-on: of [PHASE], or of [BOOT] where it came before the kernel.
struct Phase {
  std::string name;
  std::uint64_t cycles = 0;  // its duration
  bool before_kernel = false;
};
inline constexpr const char* kCodeKindNames[] = {wire::kCodeLoad, wire::kCodeMove,
                                                 wire::kCodeRetire};
/// What a guest said of machine code that it made (wire::kCode).
struct CodeLine {
  enum class Kind : std::uint8_t { load, move, retire };
  Kind kind = Kind::load;
  std::uint64_t base = 0;
  std::uint64_t size = 0;            // of load and retire
  std::uint64_t to = 0;              // of move
  std::string tier = {}, name = {};  // of load; as written
  std::uint64_t line = 0;            // counted from 1 in the serial log
};
struct Begin {
  std::uint64_t protocol = 0;
  std::string image;
  wire::BootPath boot = wire::BootPath::disk;
  std::uint64_t tests = 0, metrics = 0;  // the plan
};
struct End {
  wire::Status status = wire::Status::pass;
  std::uint64_t lines = 0;
  std::uint32_t crc = 0;
};
/// A line that claims to be protocol and is not well-formed, or numbers that cannot be.
enum class ProtocolErrorKind {
  malformed,    // the line, or a number in it
  line_limit,   // more lines came than are kept
  value_limit,  // more tests, numbers or texts came than are kept
};
struct ProtocolError {
  std::uint64_t line = 0;  // counted from 1 in the serial log
  std::string text;        // the line, cut to 200 bytes, raw
  std::string why;
  /// Not in record.json: load_record() collects the events again.
  ProtocolErrorKind kind = ProtocolErrorKind::malformed;
};
/// A line that reports a crash in words other than [PANIC] (stream/crash.h).
struct Crash {
  std::uint64_t line = 0;  // counted from 1 in the serial log
  std::string name;        // of the signature
  std::string text;        // the line, cut to 200 bytes, raw
};
/// Lines that a scenario allows although they report a crash or are forbidden: those with the
/// signature `crash`, or with `text` in them, from a line that holds `from` to one that holds `to`;
/// where these are empty, from the first and to the last.
struct Allowance {
  std::string crash, text, from, to;  // exactly one of crash and text is given
  friend bool operator==(const Allowance&, const Allowance&) = default;
};
/// What one of `formats:` found in a boot. Its results stand among the tests.
struct FormatSummary {
  std::string name;           // of the format
  bool found = false;         // a version, a plan, a result: anything of it
  std::uint64_t results = 0;  // that came
  wire::Status status = wire::Status::pass;
  std::string fault;  // what is missing or contradicts itself; empty where nothing is
  // The one fault is that the closing line did not come. Not kept in record.json: only the verdict
  // asks.
  bool end_missing = false;
};
/// What of a scenario decides how the output and the end of a guest are read. Kept in the record,
/// so that a replay reads them the same way.
struct OutputRules {
  std::vector<Allowance> allowances = {};
  std::vector<ExitRule> exits = {};
  std::optional<ExitMeaning> reboot = {};
  std::vector<std::string> formats = {};
  std::vector<Step> steps = {};
  std::vector<MetricPattern> metrics = {};
  TestPatterns tests = {};
  /// Whether this is a third-party guest: it may end without [END], and before a [BEGIN] only
  /// well-formed lines of the protocol are taken for such.
  [[nodiscard]] bool foreign() const {
    return !exits.empty() || !formats.empty() || !tests.empty() || !steps.empty();
  }
  friend bool operator==(const OutputRules&, const OutputRules&) = default;
};
/// One line of serial output. Offsets are into Trace::serial, so nothing is copied.
struct Line {
  std::size_t begin = 0, end = 0;  // [begin, end), without "\n" and without a "\r" before it
  std::chrono::nanoseconds at{0};  // when its last byte arrived, since QEMU's start
  bool protocol = false;           // a well-formed protocol line
  bool terminated = true;          // false for a last line without "\n"
};

/// All that one boot said. Made by stream/collector.h from bytes, live or from a file.
struct Events {
  std::vector<Line> lines;
  std::optional<Begin> begin;
  std::vector<TestResult> tests;
  std::vector<FormatSummary> formats;  // in the order of OutputRules::formats
  std::vector<Timing> timings;
  std::vector<Bench> benches;
  std::vector<Profile> profiles;
  std::vector<Metric> metrics;
  std::vector<FoundMetric> found;  // by OutputRules::metrics
  std::optional<Memory> memory;
  std::vector<Phase> phases;        // in order of time
  std::vector<CodeLine> code;       // [CODE] lines, in order; only such as fit those before
  std::vector<std::string> json;    // texts of [JSON] lines, each valid JSON
  std::vector<std::string> panics;  // texts after "[PANIC] "
  std::optional<Crash> crash;       // the first that was not allowed
  std::optional<End> end;
  std::vector<ProtocolError> protocol_errors;
  std::uint64_t counted_lines = 0;  // [BEGIN] up to the line before [END], as received
  std::uint32_t computed_crc = 0;   // over the same, as received
  bool garbage = false;             // a byte that is neither printable ASCII, tab nor line end
  std::uint64_t garbage_line = 0;   // where the first stood
};

struct BootRecord {
  std::uint64_t index = 1;  // counted from 1
  Trace trace;
  Events events;
  Verdict ending;                            // how this boot ended, before any check
  std::optional<CrashSite> crash_site = {};  // of a panic, where the image has symbols
};

/// What makes two records comparable, or not.
struct Fingerprint {
  std::string qemu_version, arch, model, accel, cpu, firmware;
  std::uint64_t memory = 0, smp = 1;
  ClockKind clock = ClockKind::counted;
  std::string image_sha256;  // of the file that was booted; empty where unknown
  std::string compiler;      // that built the guest, e.g. "Clang 19.1.7"; empty where unknown
  // What the scenario adds to the machine: command line, modules, flash, devices, fw_cfg,
  // arguments. As shell words, files by their checksums.
  std::string options = {};
  // Where times are the host's: the machine that they depend on, in words (run/host_facts.h). Empty
  // where it does not matter, and where it is not known.
  std::string host = {};
};

/// Sizes in bytes, each from a file of the build; unset where there is no such file.
struct Sizes {
  std::optional<std::uint64_t> loaded;   // text + rodata + data of the ELF: what is loaded
  std::optional<std::uint64_t> app;      // the app's own share of it (object files of the app)
  std::optional<std::uint64_t> library;  // the library's share of it
  std::optional<std::uint64_t> archive;  // the library archive as a file
  std::optional<std::uint64_t> disk;     // the disk image as a file
  std::optional<std::uint64_t> bss;      // zero-initialised memory
};

enum class FindingStatus { pass, fail, invalid };

/// What one check found. `invalid`: the data the check needs is missing or cannot be.
struct Finding {
  std::string check;  // short form for the table, e.g. "profile fibonacci"
  FindingStatus status = FindingStatus::pass;
  std::string figure;  // what was measured, e.g. "calls 10, avg 412 instructions"
  std::string reason;  // why it is not a pass; empty for a pass
  Place at;            // where the scenario asks for it
};

/// A place where the power was cut, and what came of it.
struct CutPoint {
  std::uint64_t event = 0;                     // writes and flushes that had been made
  std::string what = {};                       // the last of them
  std::optional<std::uint64_t> promised = {};  // the highest number that the guest had said
  std::uint64_t states = 0;                    // tried
  std::uint64_t failed = 0;
};
/// A state on which the guest failed, reduced to what it takes.
struct CutFailure {
  std::uint64_t event = 0;
  std::string state = {};  // in words: what was lost, what was torn
  Verdict verdict = {};
  std::string said = {};     // the last lines that the guest printed there, made printable
  std::string image = {};    // file in the report folder; empty where it was not kept
  std::string command = {};  // boots it
};
/// What came of cutting the power in one boot.
struct PowerCuts {
  std::uint64_t boot = 1;  // whose writes were cut
  std::uint64_t writes = 0, flushes = 0;
  // Bytes that the disk writes as a whole; unset: sectors, which a cut may leave half written.
  std::optional<std::uint64_t> atomic = {};
  std::uint64_t sectors = 0;   // that the writes wrote, one by one; with `atomic` such pieces
  std::uint64_t lost = 0;      // of them: that some state lacks, though they had been made
  std::uint64_t torn = 0;      // and that some state has half
  std::uint64_t possible = 0;  // states that there are; UINT64_MAX: more than can be counted
  std::uint64_t tried = 0;     // of them
  std::uint64_t disks = 0;     // of those that were tried: that differ. Each was booted once
  std::uint64_t failed = 0;    // of those that were tried
  std::uint64_t seed = 1;      // of the choice, where not all were tried
  std::string fault = {};      // why none could be tried; empty where they were
  std::vector<CutPoint> points = {};
  std::vector<CutFailure> failures = {};  // the first kCutFailuresKept
  Place at;                               // where the scenario asks for it
};
inline constexpr std::size_t kCutFailuresKept = 3;

/// One named number over all boots, for reports: min, median, spread. Made by record/summary.h.
struct MetricSummary {
  std::string name;  // "Init", "fibonacci avg", "10000 calls per call", ...
  std::string unit;
  std::uint64_t samples = 0;
  std::uint64_t min = 0, max = 0;
  double median = 0;
  double mad = 0;  // median absolute deviation
};

/// Version of record.json. Each key says since when it is there (record/fields.h); older files are
/// read, newer ones refused.
inline constexpr int kRecordSchema = 12;

struct RunRecord {
  int schema = kRecordSchema;
  std::string uniharness_version;
  std::string scenario, scenario_file, about;
  std::string started_at;  // UTC, ISO 8601
  Fingerprint fingerprint;
  Host host = {};
  Origin origin = {};
  Sizes sizes;
  OutputRules output_rules;                  // of the scenario that judged it last
  bool disk_persists = false;                // each boot began with the disk that the last one left
  std::vector<BootRecord> boots;             // never empty
  std::vector<PowerCuts> power_cuts;         // one for each boot that was asked for
  std::optional<VerdictKind> stated_ending;  // by the check `ending:`; nullopt without one
  std::vector<Finding> findings;
  Verdict verdict;
  /// What a gate found of its numbers beside the verdict: "unchanged", "improvement", "regression",
  /// "not_comparable", "inconclusive"; empty where none compared them.
  std::string compared = {};
  /// Why, in a sentence: the function and the number that moved first. Empty where nothing is to be
  /// explained, or nobody knows.
  std::string compared_why = {};
};

/// Whether the guest was halted in some boot: then its clock is no count of instructions.
inline bool was_halted(const RunRecord& record) {
  return std::ranges::any_of(
      record.boots, [](const BootRecord& boot) { return boot.trace.halted.value_or(0) != 0; });
}

/// The unit of what the guest's clock shows: "instructions" or "cycles", or "ticks" where the clock
/// counts instructions and goes on while the guest is halted.
inline const char* unit_of(const RunRecord& record) {
  const bool counted = record.fingerprint.clock == ClockKind::counted;
  return counted && was_halted(record) ? kTicks : unit_of(record.fingerprint.clock);
}

}  // namespace harness
