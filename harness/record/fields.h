// The keys of record.json: each struct of the record with its members, their keys and what they
// mean, declared once. The writer, the reader and the JSON Schema all walk these lists, so they
// cannot disagree. To add a member: one row, with the schema that it is new in: the next one, where
// files of the present one are about (record.h, kRecordSchema).
//
// Raw bytes of the guest (serial, screen, screenshot) have no key: they are files.
#pragma once

#include <span>
#include <string_view>
#include <tuple>

#include "model/record.h"

namespace harness {

template <class Owner, class Member>
struct RecordField {
  std::string_view key;
  Member Owner::* member;
  std::string_view help;
  int since = 1;          // the first schema that has it; older files lack it
  bool embedded = false;  // strings that hold JSON, written as the values they are
  /// The member of this struct, which may be const.
  template <class Struct>
  [[nodiscard]] constexpr auto& of(Struct& owner) const {
    return owner.*member;
  }
};
template <class Owner, class Member>
constexpr RecordField<Owner, Member> field(std::string_view key, Member Owner::* member,
                                           std::string_view help, int since = 1) {
  return {key, member, help, since};
}
template <class Owner, class Member>
constexpr RecordField<Owner, Member> embedded(std::string_view key, Member Owner::* member,
                                              std::string_view help) {
  return {key, member, help, 1, true};
}

/// A member of a member: its key stands among those of the outermost struct.
template <class Owner, class Part, class Member>
struct NestedField {
  std::string_view key;
  Part Owner::* part;
  Member Part::* member;
  std::string_view help;
  int since = 1;
  static constexpr bool embedded = false;
  template <class Struct>
  [[nodiscard]] constexpr auto& of(Struct& owner) const {
    return owner.*part.*member;
  }
};
template <class Owner, class Part, class Member>
constexpr NestedField<Owner, Part, Member> field(std::string_view key, Part Owner::* part,
                                                 Member Part::* member, std::string_view help,
                                                 int since = 1) {
  return {key, part, member, help, since};
}

template <class Owner>
struct Fields;  // one specialisation a struct, with `title` and the tuple `all`
template <class T>
concept HasFields = requires { Fields<T>::all; };

/// Names of the values of an enumeration, counted from 0.
template <class Enum>
struct EnumNames;
template <>
struct EnumNames<wire::Status> {
  static constexpr auto& all = wire::kStatusNames;
};
template <>
struct EnumNames<wire::BootPath> {
  static constexpr auto& all = wire::kBootPathNames;
};
template <>
struct EnumNames<StopReason> {
  static constexpr auto& all = kStopReasonNames;
};
template <>
struct EnumNames<ClockKind> {
  static constexpr const char* all[] = {clock_name(ClockKind::counted),
                                        clock_name(ClockKind::host)};
};
template <>
struct EnumNames<CodeLine::Kind> {
  static constexpr auto& all = kCodeKindNames;
};
template <>
struct EnumNames<FindingStatus> {
  static constexpr const char* all[] = {"pass", "fail", "invalid"};
};

template <>
struct EnumNames<ExitMeaning> {
  static constexpr auto& all = kExitMeaningNames;
};

template <>
struct EnumNames<SampleRule> {
  static constexpr auto& all = kSampleRuleNames;
};

template <>
struct EnumNames<BetterWhen> {
  static constexpr auto& all = kBetterWhenNames;
};

template <>
struct Fields<Verdict> {
  static constexpr std::string_view title = "verdict";
  static constexpr auto all =
      std::tuple{field("kind", &Verdict::kind, "what became of it"),
                 field("reason", &Verdict::reason, "one sentence; empty for pass")};
};
template <>
struct Fields<Fingerprint> {
  static constexpr std::string_view title = "fingerprint";
  static constexpr auto all = std::tuple{
      field("qemu_version", &Fingerprint::qemu_version, "version of QEMU"),
      field("arch", &Fingerprint::arch, "as in qemu-system-ARCH"),
      field("model", &Fingerprint::model, "QEMU machine with its options"),
      field("accel", &Fingerprint::accel, "tcg or kvm"),
      field("cpu", &Fingerprint::cpu, "CPU model; empty for the machine's default"),
      field("firmware", &Fingerprint::firmware, "firmware; empty for the machine's default"),
      field("memory", &Fingerprint::memory, "bytes of RAM"),
      field("smp", &Fingerprint::smp, "processors"),
      field("clock", &Fingerprint::clock, "what the guest's cycle counter shows"),
      field("image_sha256", &Fingerprint::image_sha256, "of the booted file; empty if unknown"),
      field("compiler", &Fingerprint::compiler, "that built the guest; empty if unknown"),
      field("options", &Fingerprint::options, "what the scenario adds to the machine", 3),
      field("host", &Fingerprint::host,
            "the machine that times by the host's clock depend on; empty under the counted clock",
            9)};
};
template <>
struct Fields<Origin> {
  static constexpr std::string_view title = "origin";
  static constexpr auto all = std::tuple{
      field("commit", &Origin::commit, "of the git work tree it was started in, or empty"),
      field("changed", &Origin::changed, "tracked files differed from it"),
      field("ci", &Origin::ci, "name of the CI system, or empty"),
      field("job", &Origin::job, "what that calls it, or empty"),
      field("address", &Origin::address, "of the job, or empty")};
};
template <>
struct Fields<Host> {
  static constexpr std::string_view title = "host";
  static constexpr auto all = std::tuple{
      field("name", &Host::name, "of the machine; empty where it was to be left out"),
      field("node", &Host::node, "what the cluster calls it"),
      field("cpu", &Host::cpu, "model of its processors"),
      field("processors", &Host::processors, "that uniharness might run on"),
      field("quota", &Host::quota, "of processors, by the control group; null: no limit"),
      field("governor", &Host::governor, "of the processors' frequency"),
      field("kernel", &Host::kernel, "of the machine"),
      field("load", &Host::load, "average of the last minute when the run began")};
};
template <>
struct Fields<Sizes> {
  static constexpr std::string_view title = "sizes";
  static constexpr auto all =
      std::tuple{field("loaded", &Sizes::loaded, "bytes of the ELF that are loaded"),
                 field("app", &Sizes::app, "the app's share of them"),
                 field("library", &Sizes::library, "the library's share of them"),
                 field("archive", &Sizes::archive, "the library archive as a file"),
                 field("disk", &Sizes::disk, "the disk image as a file"),
                 field("bss", &Sizes::bss, "zero-initialised memory")};
};
template <>
struct Fields<Place> {
  static constexpr std::string_view title = "place";
  static constexpr auto all =
      std::tuple{field("file", &Place::file, "path as given"),
                 field("line", &Place::line, "counted from 1; 0: the whole file"),
                 field("column", &Place::column, "counted from 1")};
};
template <>
struct Fields<Finding> {
  static constexpr std::string_view title = "finding";
  static constexpr auto all = std::tuple{
      field("check", &Finding::check, "short form of the check"),
      field("status", &Finding::status, "invalid: the data it needs is missing or cannot be"),
      field("figure", &Finding::figure, "what was measured"),
      field("reason", &Finding::reason, "why it is not a pass; empty for a pass"),
      field("at", &Finding::at, "where the scenario asks for it")};
};
template <>
struct Fields<MetricSummary> {
  static constexpr std::string_view title = "metric_summary";
  static constexpr auto all = std::tuple{
      field("name", &MetricSummary::name, "of the number"),
      field("unit", &MetricSummary::unit, "of min, max, median and mad"),
      field("samples", &MetricSummary::samples, "boots that reported it"),
      field("min", &MetricSummary::min, "smallest sample"),
      field("max", &MetricSummary::max, "largest sample"),
      field("median", &MetricSummary::median, "median sample, or mean of the two in the middle"),
      field("mad", &MetricSummary::mad, "median absolute deviation")};
};

// ---- one boot -------------------------------------------------------------------------------

template <>
struct Fields<ResourceUse> {
  static constexpr std::string_view title = "resource_use";
  static constexpr auto all =
      std::tuple{field("user_us", &ResourceUse::user, "processor time in user mode, microseconds"),
                 field("system_us", &ResourceUse::system, "and in the kernel"),
                 field("max_rss_kib", &ResourceUse::max_rss_kib, "largest resident size, KiB")};
};
template <>
struct Fields<Trace> {
  static constexpr std::string_view title = "trace";
  static constexpr auto all = std::tuple{
      field("command", &Trace::command, "argument vector of QEMU"),
      field("bare_command", &Trace::bare_command, "the same machine without the harness"),
      field("started", &Trace::started, "QEMU answered and the guest was let run"),
      field("stop", &Trace::stop, "why the harness ended the boot"),
      field("exit_status", &Trace::exit_status, "of the QEMU process"),
      field("exit_signal", &Trace::exit_signal, "signal that ended it"),
      field("shutdown_reason", &Trace::shutdown_reason, "of QMP's SHUTDOWN event"),
      field("shutdown_by_guest", &Trace::shutdown_by_guest, "of QMP's SHUTDOWN event"),
      field("steps_done", &Trace::steps_done, "steps of the scenario that were done", 3),
      field("qemu_version", &Trace::qemu_version, "from the QMP greeting"),
      field("wall_ns", &Trace::wall, "start to end of QEMU, nanoseconds"),
      field("waited_ns", &Trace::waited,
            "of it, waiting for a processor; 0 where no limit came near", 2),
      field("resumed_ns", &Trace::resumed, "start of QEMU to the guest's first instruction", 2),
      field("tsc_hz", &Trace::tsc_hz, "ticks a second of the host's time stamp counter", 2),
      field("use", &Trace::use, "cost of the QEMU process"),
      field("executed", &Trace::executed,
            "instructions by QEMU's own count, under the counted clock", 7),
      field("halted", &Trace::halted,
            "ticks that the counted clock went on while the guest was halted", 7),
      field("stderr", &Trace::stderr_text, "QEMU's own complaints"),
      field("left_out", &Trace::left_out,
            "serial bytes that came between serial.log and serial-tail.log and were not kept", 2),
      field("disk_sha256", &Trace::disk_sha256,
            "of the first disk after the boot, where it persists; else empty", 7),
      field("marks", &Trace::marks, "when serial bytes arrived")};
};
template <>
struct Fields<Begin> {
  static constexpr std::string_view title = "begin";
  static constexpr auto all =
      std::tuple{field("protocol", &Begin::protocol, "version of the wire protocol"),
                 field("image", &Begin::image, "name of the app"),
                 field("boot", &Begin::boot, "the way it was started"),
                 field("tests", &Begin::tests, "[TEST] lines announced"),
                 field("metrics", &Begin::metrics, "metric lines announced")};
};
template <>
struct Fields<TestResult> {
  static constexpr std::string_view title = "test";
  static constexpr auto all = std::tuple{
      field("name", &TestResult::name, "of the test"),
      field("status", &TestResult::status, "in the guest's words"),
      field("iterations", &TestResult::iterations, "times it ran"),
      field("result", &TestResult::result, "as printed"),
      field("line", &TestResult::line,
            "of its result, counted from 1 in the serial log; one behind the last: it did not end",
            8)};
};
template <>
struct Fields<Timing> {
  static constexpr std::string_view title = "timing";
  static constexpr auto all = std::tuple{field("name", &Timing::name, "of the span"),
                                         field("cycles", &Timing::cycles, "its length")};
};
template <>
struct Fields<Bench> {
  static constexpr std::string_view title = "bench";
  static constexpr auto all =
      std::tuple{field("calls", &Bench::calls, "number of calls"),
                 field("cycles", &Bench::cycles, "of all calls together"),
                 field("per_call", &Bench::per_call, "cycles / calls, truncated")};
};
template <>
struct Fields<Profile> {
  static constexpr std::string_view title = "profile";
  static constexpr auto all =
      std::tuple{field("name", &Profile::name, "of the section"),
                 field("calls", &Profile::calls, "completed calls"),
                 field("total", &Profile::total, "cycles of all calls"),
                 field("self", &Profile::self, "total without sections that ran inside"),
                 field("min", &Profile::min, "cycles of the shortest call"),
                 field("avg", &Profile::avg, "total / calls, truncated"),
                 field("max", &Profile::max, "cycles of the longest call"),
                 field("first", &Profile::first, "cycles of the first call")};
};
template <>
struct Fields<Metric> {
  static constexpr std::string_view title = "metric";
  static constexpr auto all = std::tuple{field("name", &Metric::name, "of the number"),
                                         field("value", &Metric::value, "the number"),
                                         field("unit", &Metric::unit, "as printed")};
};
template <>
struct Fields<FoundMetric> {
  static constexpr std::string_view title = "found_metric";
  static constexpr auto all =
      std::tuple{field("name", &FoundMetric::name, "of the number"),
                 field("value", &FoundMetric::value, "the sample that stands for the boot"),
                 field("unit", &FoundMetric::unit, "of the number"),
                 field("better", &FoundMetric::better, "lower, higher, or empty"),
                 field("samples", &FoundMetric::samples, "all that came"),
                 field("entry", &FoundMetric::entry, "of the scenario's metrics, from 0"),
                 field("rounded", &FoundMetric::rounded,
                       "how many of the samples had more digits than are kept", 5)};
};
template <>
struct Fields<MetricPattern> {
  static constexpr std::string_view title = "metric_pattern";
  static constexpr auto all =
      std::tuple{field("pattern", &MetricPattern::pattern, "what is looked for in each line"),
                 field("name", &MetricPattern::name, "of the number; empty: the group's"),
                 field("unit", &MetricPattern::unit, "of what is kept; empty: the group's"),
                 field("better", &MetricPattern::better, "lower, higher, or empty"),
                 field("scale", &MetricPattern::scale, "what the printed number is multiplied by"),
                 field("samples", &MetricPattern::samples, "which of several stands for the boot"),
                 field("rounds", &MetricPattern::rounds, "digits beyond the scale are rounded", 5),
                 field("comma", &MetricPattern::comma, "it, not a point, is before a fraction", 5),
                 field("absolute", &MetricPattern::absolute, "the size of numbers below 0", 5)};
};
template <>
struct Fields<TestPatterns> {
  static constexpr std::string_view title = "test_patterns";
  static constexpr auto all =
      std::tuple{field("group", &TestPatterns::group, "the tests that follow belong to a name"),
                 field("start", &TestPatterns::start, "a test begins"),
                 field("result", &TestPatterns::result, "of a test, with its status"),
                 field("pass", &TestPatterns::pass, "a test that passed"),
                 field("fail", &TestPatterns::fail, "a test that failed"),
                 field("skip", &TestPatterns::skip, "a test that was skipped"),
                 field("plan", &TestPatterns::plan, "how many are announced"),
                 field("summary", &TestPatterns::summary, "counts at the end"),
                 field("end", &TestPatterns::end, "the closing line")};
};
template <>
struct Fields<Memory> {
  static constexpr std::string_view title = "memory";
  static constexpr auto all =
      std::tuple{field("heap_used", &Memory::heap_used, "bytes in live blocks"),
                 field("heap_peak", &Memory::heap_peak, "largest heap_used so far"),
                 field("heap_largest", &Memory::heap_largest, "largest free block"),
                 field("heap_total", &Memory::heap_total, "bytes of the heap"),
                 field("stack_used", &Memory::stack_used, "high-water mark"),
                 field("stack_total", &Memory::stack_total, "bytes of the stack"),
                 field("image", &Memory::image, "bytes loaded")};
};
template <>
struct Fields<Phase> {
  static constexpr std::string_view title = "phase";
  static constexpr auto all = std::tuple{
      field("name", &Phase::name, "of the phase"), field("cycles", &Phase::cycles, "its duration"),
      field("before_kernel", &Phase::before_kernel, "of [BOOT]")};
};
template <>
struct Fields<CodeLine> {
  static constexpr std::string_view title = "code_line";
  static constexpr auto all =
      std::tuple{field("kind", &CodeLine::kind, "what became of the code"),
                 field("base", &CodeLine::base, "address where it begins"),
                 field("size", &CodeLine::size, "bytes, of load and retire"),
                 field("to", &CodeLine::to, "where it is from now on, of move"),
                 field("tier", &CodeLine::tier, "the compiler that made it, of load"),
                 field("name", &CodeLine::name, "of the function, as written, of load"),
                 field("line", &CodeLine::line, "counted from 1 in the serial log")};
};
template <>
struct Fields<End> {
  static constexpr std::string_view title = "end";
  static constexpr auto all =
      std::tuple{field("status", &End::status, "in the guest's words"),
                 field("lines", &End::lines, "lines from [BEGIN] to the one before [END]"),
                 field("crc", &End::crc, "checksum of them")};
};
template <>
struct Fields<ProtocolError> {
  static constexpr std::string_view title = "damage";
  static constexpr auto all =
      std::tuple{field("line", &ProtocolError::line, "counted from 1 in the serial log"),
                 field("text", &ProtocolError::text, "the line, cut, unprintable bytes as \\xNN"),
                 field("why", &ProtocolError::why, "what is wrong with it")};
};
template <>
struct Fields<Crash> {
  static constexpr std::string_view title = "crash";
  static constexpr auto all =
      std::tuple{field("line", &Crash::line, "counted from 1 in the serial log"),
                 field("name", &Crash::name, "of the signature"),
                 field("text", &Crash::text, "the line, cut, unprintable bytes as \\xNN")};
};
template <>
struct Fields<Allowance> {
  static constexpr std::string_view title = "allowance";
  static constexpr auto all =
      std::tuple{field("crash", &Allowance::crash, "name of the crash that is allowed, or empty"),
                 field("text", &Allowance::text, "in the lines that are allowed, or empty"),
                 field("from", &Allowance::from, "in the line that opens the span, or empty"),
                 field("to", &Allowance::to, "in the line that closes it, or empty")};
};
template <>
struct Fields<Step> {
  static constexpr std::string_view title = "step";
  static constexpr auto all =
      std::tuple{field("wait", &Step::wait, "text that is waited for, or empty"),
                 field("within_ms", &Step::within, "the longest that it may take"),
                 field("send", &Step::send, "bytes that are sent, or empty"),
                 field("send_file", &Step::send_file, "file whose bytes are sent, or empty", 9),
                 field("stop", &Step::stop, "the boot ends here")};
};
template <>
struct Fields<FormatSummary> {
  static constexpr std::string_view title = "format_summary";
  static constexpr auto all =
      std::tuple{field("name", &FormatSummary::name, "of the format"),
                 field("found", &FormatSummary::found, "anything of it came"),
                 field("results", &FormatSummary::results, "that came"),
                 field("status", &FormatSummary::status, "of all of them together"),
                 field("fault", &FormatSummary::fault, "what is missing; empty where nothing is")};
};
template <>
struct Fields<ExitRule> {
  static constexpr std::string_view title = "exit_rule";
  static constexpr auto all =
      std::tuple{field("status", &ExitRule::status, "exit status of QEMU"),
                 field("meaning", &ExitRule::meaning, "what it means for this guest")};
};
template <>
struct Fields<Events> {
  static constexpr std::string_view title = "events";
  static constexpr auto all = std::tuple{
      field("begin", &Events::begin, "the opening line"),
      field("tests", &Events::tests, "[TEST] lines"),
      field("formats", &Events::formats, "what each format found", 3),
      field("timings", &Events::timings, "[TIMING] lines"),
      field("benches", &Events::benches, "[BENCH] lines"),
      field("profiles", &Events::profiles, "[PROFILE] lines"),
      field("metrics", &Events::metrics, "[METRIC] lines"),
      field("found", &Events::found, "numbers that `metrics` found in console text", 4),
      field("memory", &Events::memory, "the [MEMORY] line"),
      embedded("json", &Events::json, "values of [JSON] lines"),
      field("panics", &Events::panics, "texts of [PANIC] lines"),
      field("crash", &Events::crash, "the first line that reports a crash and is not allowed", 2),
      field("phases", &Events::phases, "of [BOOT] and [PHASE] lines, in order of time", 2),
      field("code", &Events::code, "[CODE] lines: machine code that the guest made", 6),
      field("end", &Events::end, "the closing line"),
      field("damage", &Events::protocol_errors, "lines that are not what they claim to be"),
      field("counted_lines", &Events::counted_lines, "lines received from [BEGIN] to before [END]"),
      field("computed_crc", &Events::computed_crc, "checksum of what was received"),
      field("garbage", &Events::garbage, "a byte that is not text"),
      field("garbage_line", &Events::garbage_line, "line of the first, counted from 1"),
      field("timeline", &Events::lines, "when each protocol line arrived")};
};
template <>
struct Fields<CrashFrame> {
  static constexpr std::string_view title = "crash_frame";
  static constexpr auto all =
      std::tuple{field("address", &CrashFrame::address, "as printed"),
                 field("function", &CrashFrame::function, "in which it lies, or empty"),
                 field("offset", &CrashFrame::offset, "from where the function begins"),
                 field("file", &CrashFrame::file, "of the source, or empty"),
                 field("line", &CrashFrame::line, "of the source")};
};
template <>
struct Fields<CrashRegister> {
  static constexpr std::string_view title = "crash_register";
  static constexpr auto all = std::tuple{field("name", &CrashRegister::name, "as printed"),
                                         field("value", &CrashRegister::value, "of it")};
};
template <>
struct Fields<CrashSite> {
  static constexpr std::string_view title = "crash_site";
  static constexpr auto all =
      std::tuple{field("symbols", &CrashSite::symbols, "file whose symbols were used"),
                 field("frames", &CrashSite::frames, "addresses, the innermost first"),
                 field("registers", &CrashSite::registers, "that were printed"),
                 field("instruction", &CrashSite::instruction, "at the innermost, or empty")};
};
template <>
struct Fields<BootRecord> {
  static constexpr std::string_view title = "boot";
  static constexpr auto all = std::tuple{
      field("index", &BootRecord::index, "counted from 1"),
      field("ending", &BootRecord::ending, "how it ended, before any check"),
      field("trace", &BootRecord::trace, "what came back from QEMU"),
      field("events", &BootRecord::events, "what the guest said"),
      field("crash_site", &BootRecord::crash_site, "of a panic, by the symbols of the image", 8)};
};

template <>
struct Fields<CutPoint> {
  static constexpr std::string_view title = "cut_point";
  static constexpr auto all =
      std::tuple{field("event", &CutPoint::event, "writes and flushes that had been made"),
                 field("what", &CutPoint::what, "the last of them"),
                 field("promised", &CutPoint::promised, "highest number that had been said"),
                 field("states", &CutPoint::states, "that were tried"),
                 field("failed", &CutPoint::failed, "of them")};
};
template <>
struct Fields<CutFailure> {
  static constexpr std::string_view title = "cut_failure";
  static constexpr auto all =
      std::tuple{field("event", &CutFailure::event, "writes and flushes that had been made"),
                 field("state", &CutFailure::state, "what was lost and what was torn"),
                 field("verdict", &CutFailure::verdict, "of the boot on it"),
                 field("said", &CutFailure::said, "last lines of the guest there", 10),
                 field("image", &CutFailure::image, "the disk, a file beside this; or empty"),
                 field("command", &CutFailure::command, "boots it")};
};
template <>
struct Fields<PowerCuts> {
  static constexpr std::string_view title = "power_cuts";
  static constexpr auto all = std::tuple{
      field("boot", &PowerCuts::boot, "whose writes were cut"),
      field("writes", &PowerCuts::writes, "that it made"),
      field("flushes", &PowerCuts::flushes, "that it made"),
      field("atomic", &PowerCuts::atomic,
            "bytes that the disk writes as a whole; null: sectors, perhaps by half", 10),
      field("sectors", &PowerCuts::sectors, "that the writes wrote; with `atomic` such pieces"),
      field("lost", &PowerCuts::lost, "of them: that some state lacks, though they had been made"),
      field("torn", &PowerCuts::torn, "of them: that some state has half"),
      field("possible", &PowerCuts::possible, "states that there are; 2^64 - 1: more than that"),
      field("tried", &PowerCuts::tried, "of them"),
      field("disks", &PowerCuts::disks, "that differ among those that were tried"),
      field("failed", &PowerCuts::failed, "of those that were tried"),
      field("seed", &PowerCuts::seed, "of the choice where not all were tried"),
      field("fault", &PowerCuts::fault, "why none could be tried; or empty"),
      field("points", &PowerCuts::points, "the places of the cuts"),
      field("failures", &PowerCuts::failures, "states on which the guest failed"),
      field("at", &PowerCuts::at, "where the scenario asks for it")};
};

template <>
struct Fields<RunRecord> {
  static constexpr std::string_view title = "run";
  static constexpr auto all = std::tuple{
      field("schema", &RunRecord::schema, "version of this format"),
      field("uniharness_version", &RunRecord::uniharness_version, "that wrote this"),
      field("scenario", &RunRecord::scenario, "name of the scenario"),
      field("scenario_file", &RunRecord::scenario_file, "path as given"),
      field("about", &RunRecord::about, "what the scenario is for"),
      field("started_at", &RunRecord::started_at, "UTC, ISO 8601"),
      field("verdict", &RunRecord::verdict, "what became of the run"),
      field("fingerprint", &RunRecord::fingerprint, "what makes records comparable"),
      field("host", &RunRecord::host, "the machine that booted the guests", 9),
      field("origin", &RunRecord::origin, "the sources that were measured, and the CI job", 10),
      field("sizes", &RunRecord::sizes, "in bytes; null where there is no such file"),
      field("stated_ending", &RunRecord::stated_ending,
            "ending that the scenario asks for; null where it asks for none", 5),
      field("findings", &RunRecord::findings, "what each check found"),
      field("compared", &RunRecord::compared,
            "what a gate found of its numbers; empty where none compared them", 8),
      field("allowances", &RunRecord::output_rules, &OutputRules::allowances,
            "lines that were allowed to be bad", 2),
      field("exits", &RunRecord::output_rules, &OutputRules::exits,
            "what exit statuses mean for this guest", 3),
      field("formats", &RunRecord::output_rules, &OutputRules::formats,
            "formats of results that it prints", 3),
      field("steps", &RunRecord::output_rules, &OutputRules::steps, "the conversation with it", 3),
      field("metrics", &RunRecord::output_rules, &OutputRules::metrics,
            "numbers that it prints as custom output", 4),
      field("reboot", &RunRecord::output_rules, &OutputRules::reboot,
            "what a reset after all results means; null: a reset", 5),
      field("tests", &RunRecord::output_rules, &OutputRules::tests,
            "patterns of results in a form of its own", 5),
      field("disk_persists", &RunRecord::disk_persists,
            "each boot began with the disk that the one before left", 7),
      field("power_cuts", &RunRecord::power_cuts, "what came of cutting the power", 7),
      field("boots", &RunRecord::boots, "one entry a boot")};
};

}  // namespace harness
