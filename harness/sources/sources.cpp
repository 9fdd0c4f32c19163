#include "sources/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "baseline/baseline.h"
#include "compare/google_benchmark.h"
#include "compare/several_runs.h"
#include "process/command.h"
#include "record/codec.h"
#include "sources/history_access.h"
#include "sources/history_source.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr char kRecordFile[] = "record.json";

/// What --benchmark_out wrote begins with its context, and may be large: it is read at once, and
/// not for its keys first. nullopt where it is anything else, or has a fault.
std::optional<Measurements> from_google_benchmark(std::string_view text, const std::string& name) {
  std::string_view head = trimmed(text.substr(0, 100));
  if (!take(head, "{") || !trimmed(head).starts_with("\"context\"")) return std::nullopt;
  try {
    return measurements_of_google_benchmark(text, name);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// By what the file holds.
Measurements from_text(std::string_view text, const std::string& name) {
  constexpr std::size_t kDeepest = 2 * kMaxJsonDepth;  // a record holds JSON of its guest
  text = without_byte_order_mark(text);
  if (auto known = from_google_benchmark(text, name)) return *std::move(known);
  const JsonRoot root = json_root(text, kDeepest);
  if (is_google_benchmark(root)) return measurements_of_google_benchmark(text, name);
  if (is_baseline(root)) return baseline_from_json(text, name).numbers;
  const std::string fault =
      !root.fault.empty() || root.has("schema") ? root.fault : "is JSON, and no report";
  if (fault.empty()) return measurements_of(record_from_json(text, name), name);
  if (root.has("benchmarks") || root.has("context")) {
    const char* lacks = root.has("context") ? "benchmarks" : "context";
    throw Error(name + ": is like a file of Google Benchmark, and has no '" + lacks + "'",
                "what --benchmark_out wrote has both: write it again, or add \"context\": {} where "
                "a program has left it out",
                ExitStatus::invalid_data);
  }
  throw Error(name + ": " + fault,
              "a side of a comparison is a record.json, a baseline, or what --benchmark_out wrote",
              ExitStatus::invalid_data);
}

std::vector<Measurements> from_folder(const fs::path& folder) {
  std::vector<Measurements> all;
  for (const fs::path& report : report_folders(folder)) {
    const fs::path file = report / kRecordFile;
    all.push_back(from_text(read_file(file), file.string()));
    // Two reports of one scenario (boot and boot-kvm, say) are distinguished by their folders.
    if (report != folder) all.back().scenario = fs::relative(report, folder).string();
  }
  return all;
}

/// "HEAD~1:reports/baselines/x.json", by git itself; no shell reads it.
Measurements from_git(const std::string& source) {
  std::string text;
  const CommandResult result =
      run_command({"git", "show", "--end-of-options", source}, fs::current_path(),
                  [&](std::string_view output) { text += output; });
  if (result.exit_status != 0) {
    const std::string& said = result.output_tail;
    throw UsageError(
        "git does not know '" + source + "': " + said.substr(0, said.find_last_not_of('\n') + 1),
        "REV:path needs a revision and a path from the root of the repository");
  }
  // Of a folder git lists the names.
  if (text.starts_with("tree " + source + "\n")) {
    throw UsageError("'" + source + "' is a folder in that revision",
                     "name a file of it: a record.json or a baseline");
  }
  return from_text(text, source);
}

}  // namespace

std::vector<fs::path> report_folders(const fs::path& folder) {
  if (fs::exists(folder / kRecordFile)) return {folder};
  std::vector<fs::path> all;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().filename() == kRecordFile) all.push_back(at->path().parent_path());
  }
  if (all.empty()) {
    throw Error(folder.string() + " holds no report: there is no record.json in it", "",
                ExitStatus::invalid_data);
  }
  std::ranges::sort(all);
  return all;
}

/// One file twice would be two runs that agree.
void require_different(const std::vector<std::string>& sources) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      std::error_code error;
      if (sources[i] != sources[k] && !fs::equivalent(sources[i], sources[k], error)) continue;
      throw UsageError("BASE names '" + sources[i] + "' twice", "name each run once");
    }
  }
}

std::vector<Measurements> load_base(const std::vector<std::string>& sources,
                                    const std::vector<Measurements>& candidate,
                                    const Rules& rules) {
  require_different(sources);
  std::vector<std::vector<Measurements>> all;
  for (const std::string& source : sources) {
    if (names_runs_of_history(source)) {
      for (Measurements& run : runs_of_history(source)) all.push_back({std::move(run)});
    } else {
      all.push_back(load_measurements(source));
    }
  }
  const bool of_history = std::ranges::any_of(sources, names_runs_of_history);
  if (sources.size() == 1 && !of_history) return std::move(all.front());
  // A run that is in the history already would be held against itself. Counted runs that began in
  // one second are alike: one of them is it.
  for (const Measurements& other : candidate) {
    for (auto runs = all.rbegin(); runs != all.rend(); ++runs) {
      const auto same = std::ranges::find_if(
          *runs, [&](const Measurements& run) { return is_same_run(run, other); });
      if (same == runs->end()) continue;
      runs->erase(same);
      break;
    }
  }
  std::erase_if(all, [](const std::vector<Measurements>& runs) { return runs.empty(); });
  if (all.empty()) {
    throw UsageError("BASE holds no run but NEW itself", "name runs that were before it");
  }
  return sides_of(all, rules);
}

std::optional<Measurements> runs_before(const std::string& scenario, std::size_t count,
                                        const Measurements& candidate, const Rules& rules) {
  std::error_code error;
  if (scenario.empty() || !fs::exists(history_file({}), error)) return std::nullopt;
  try {
    const std::string runs = fmt::format("{}{}@{}", kHistoryPrefix, scenario, count);
    return load_base({runs}, {candidate}, rules).front();
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<Measurements> load_measurements(const std::string& source) {
  if (names_runs_of_history(source)) {
    throw UsageError("'" + source + "' names several runs, which only BASE can be",
                     "write history:SCENARIO for the newest");
  }
  std::vector<Measurements> one;  // moved into: of a large file they are half a gigabyte
  if (source.starts_with(kHistoryPrefix)) {
    one.push_back(measurements_of_history(source));
  } else if (fs::is_directory(source)) {
    return from_folder(source);
  } else if (fs::exists(source)) {
    one.push_back(from_text(read_file(source), source));
  } else if (source.find(':') != std::string::npos) {
    one.push_back(from_git(source));
  }
  if (!one.empty()) return one;
  throw UsageError("there is no '" + source + "' to compare",
                   "name a report folder, a record.json, a baseline, a Google Benchmark file, "
                   "history:SCENARIO, history:SCENARIO@30 (its last 30 runs), or REV:path");
}

}  // namespace harness
