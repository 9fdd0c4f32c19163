// report: documents written from measurements.
#include <memory>

#include "cli/cli.h"
#include "commands/report.h"
#include "report/exports/exports.h"

namespace harness::cli {
namespace {

void add_report_comparison(CLI::App* family, Cli& cli) {
  const auto options = std::make_shared<ComparisonReportOptions>();
  CLI::App* command =
      family->add_subcommand("comparison", "boot several images and write a comparison of them");
  command->footer(
      "\n  uniharness report comparison scenarios/comparison.yaml\n"
      "  uniharness report comparison scenarios/comparison.yaml --check");
  command->add_option("file", options->file, "comparison file")->type_name("SCENARIO")->required();
  add_build_options(command, options->build);
  command->add_option("--out", options->out, "folder of the report")
      ->type_name("FOLDER")
      ->capture_default_str();
  whole_number(command->add_option(
                   "--host-boots", options->host_boots,
                   "measure host time again, with this many boots of each image; without this "
                   "option the last series is used (comparison-host.jsonl beside the report)"),
               5, 10000);
  command->add_flag("--check", options->check,
                    "write nothing; exit status 4 if the report is out of date");
  command->add_flag("--quiet,-q", options->quiet, "no progress");
  cli.on(command, [options] { return report_comparison(*options); });
}

void add_report_summary(CLI::App* family, Cli& cli) {
  const auto options = std::make_shared<SummaryReportOptions>();
  CLI::App* command = family->add_subcommand(
      "summary", "one page about a run: what was built, measured and changed, and what is next");
  command->footer("\n  uniharness report summary reports/session20 --out SUMMARY.md");
  command->add_option("report", options->report, "report folder of a counted run")
      ->type_name("REPORT")
      ->required();
  command->add_option("--baseline", options->baseline, "baseline to compare with")
      ->type_name("FILE");
  command->add_option("--roadmap", options->roadmap, "Markdown file with task lists")
      ->type_name("FILE");
  command->add_option("--out", options->out, "Markdown file to write")
      ->type_name("FILE")
      ->required();
  command->add_flag("--check", options->check,
                    "write nothing; exit status 4 if the summary is out of date");
  cli.on(command, [options] { return report_summary(*options); });
}

void add_report_export(CLI::App* family, Cli& cli) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command = family->add_subcommand("export", "write a run in the form of another tool");
  command->footer(
      "\n  uniharness report export reports/session20 --as ctrf\n"
      "  uniharness report export reports/session20 --as trace -o boot.json");
  command->add_option("report", options->report, "report folder of a run")
      ->type_name("REPORT")
      ->required();
  std::vector<std::string> names;
  std::string help = "the form";
  for (const ExportFormat& format : export_formats()) {
    names.emplace_back(format.name);
    help += "\n" + std::string(format.name) + ": " + std::string(format.help);
  }
  choice(command->add_option("--as", options->as, help)->required(), "KIND", names);
  command->add_option("--out,-o", options->out, "file to write, in place of the standard output")
      ->type_name("FILE");
  cli.on(command, [options] { return report_export(*options); });
}

}  // namespace

void add_report(Cli& cli) {
  CLI::App* family = cli.add("report", "write documents from measurements");
  family->require_subcommand(1);
  add_report_comparison(family, cli);
  add_report_summary(family, cli);
  add_report_export(family, cli);
}

}  // namespace harness::cli
