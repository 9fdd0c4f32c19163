// The keys of one boot in record.json: fields.h says how.
#pragma once

#include <string_view>
#include <tuple>

#include "record/field.h"

namespace harness {

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

}  // namespace harness
