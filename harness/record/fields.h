// The keys of record.json: each struct of the record with its members, their keys and what they
// mean, declared once. The writer, the reader and the JSON Schema all walk these lists, so they
// cannot disagree. To add a member: one row, with the schema that it is new in: the next one, where
// files of the present one are about (record.h, kRecordSchema).
//
// Raw bytes of the guest (serial, screen, screenshot) have no key: they are files.
#pragma once

#include <string_view>
#include <tuple>

#include "record/boot_fields.h"
#include "record/field.h"

namespace harness {

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
      field("compared_why", &RunRecord::compared_why, "the cause of that in a sentence, or empty",
            12),
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
