// history, calibrate: what past runs show.
#include <memory>

#include "cli/cli.h"
#include "commands/calibrate.h"
#include "commands/history.h"

namespace harness::cli {

void add_history(Cli& cli) {
  CLI::App* command =
      cli.add("history", "numbers of past runs: where they changed level, and at which commit");
  command->footer(
      "\n`uniharness run --record` adds a run. A number is shown with its levels, and each change "
      "of level with the commits between which it fell.\n\n"
      "  uniharness history\n"
      "  uniharness history 'fibonacci avg' --html fibonacci.html\n"
      "  uniharness history add reports/nightly --commit none");
  const auto show = std::make_shared<HistoryOptions>();
  command->add_option("metric", show->metric, "number to show (default: list all)")
      ->type_name("METRIC");
  command->add_option("--scenario", show->scenario, "only the scenario of this name")
      ->type_name("NAME");
  whole_number(
      command->add_option("--last", show->last, "only the last N runs of each environment"), 1,
      1'000'000);
  command->add_flag("--json", show->json, "print it as JSON");
  command->add_option("--html", show->html, "also write a page with charts to this file")
      ->type_name("FILE");
  command->add_option("--db", show->db, kDatabase)->type_name("FILE");

  const auto reports = std::make_shared<HistoryAddOptions>();
  CLI::App* add = command->add_subcommand("add", "add the runs of report folders");
  add->footer("\n  uniharness history add reports/session20 reports/nightly");
  add->add_option("reports", reports->reports, "report folders, or folders of them")
      ->type_name("REPORT")
      ->required();
  add->add_option("--commit", reports->commit,
                  "the commit that was run (default: the working directory's), or none")
      ->type_name("COMMIT");
  add->add_option("--db", reports->db, kDatabase)->type_name("FILE");

  const auto file = std::make_shared<HistoryFileOptions>();
  CLI::App* out = command->add_subcommand("export", "write all runs as lines of JSON");
  CLI::App* in = command->add_subcommand("import", "add exported runs, all or none");
  out->footer("\n  uniharness history export runs.jsonl");
  in->footer("\n  uniharness history import runs.jsonl --db other.db");
  for (CLI::App* one : {out, in}) {
    one->add_option("file", file->file, "- for standard input or output")
        ->type_name("FILE")
        ->capture_default_str();
    one->add_option("--db", file->db, kDatabase)->type_name("FILE");
  }
  // An option that stands before the word of the subcommand is the outer command's.
  const auto database = [show](const std::filesystem::path& inner) {
    const HistoryOptions plain;
    if (!show->metric.empty() || !show->scenario.empty() || show->last != plain.last ||
        show->json || !show->html.empty()) {
      throw UsageError("only --db may stand before add, export or import",
                       "see: uniharness history --help");
    }
    return inner.empty() ? show->db : inner;
  };
  cli.on(add, [reports, database] {
    reports->db = database(reports->db);
    return add_to_history(*reports);
  });
  cli.on(out, [file, database] {
    file->db = database(file->db);
    return export_history(*file);
  });
  cli.on(in, [file, database] {
    file->db = database(file->db);
    return import_history(*file);
  });
  cli.on(command, [show] { return show_history(*show); });
}

void add_calibrate(Cli& cli) {
  const auto options = std::make_shared<CalibrateOptions>();
  CLI::App* command = cli.add("calibrate",
                              "replay the rules of a gate over past runs: what it would have "
                              "flagged, and how much wrongly");
  command->footer(
      "\nTwenty runs of a program that did not change tell how noisy this machine is.\n\n"
      "  uniharness calibrate\n"
      "  uniharness calibrate reports/nightly");
  command
      ->add_option("reports", options->reports,
                   "report folders, or folders of them (default: the history)")
      ->type_name("REPORT");
  command->add_flag("--json", options->json, "print it as JSON");
  command->add_option("--db", options->db, kDatabase)->type_name("FILE");
  cli.on(command, [options] { return calibrate(*options); });
}

}  // namespace harness::cli
