#include "commands/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "base/files.h"
#include "base/format.h"
#include "base/text.h"
#include "doctor/probe.h"
#include "machine/machine.h"
#include "onboarding/kvm_unit_case.h"
#include "output/finish.h"
#include "run/auto_accel.h"
#include "suite/select.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using onboarding::KvmUnitCase;

constexpr std::size_t kMaxCfgLength = 1 << 20;

std::string read_cfg(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    throw UsageError(file.string() + " is not a file",
                     "name unittests.cfg of a checkout, beside its "
                     "tests: x86/unittests.cfg");
  }
  return read_file(file, kMaxCfgLength);
}

/// The first line of an ordinary file, of which no more than this is looked at.
std::optional<std::string> first_line(const fs::path& file) {
  constexpr std::size_t kMaxCount = 4096;
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxCount, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad() || (!stream && !stream.eof())) return std::nullopt;
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text.substr(0, text.find('\n'));
}

/// The checkout's config.mak, beside or above the file; empty where there is none.
onboarding::Configuration configuration_of(const fs::path& folder) {
  constexpr std::size_t kMostBytes = 256 << 10;
  std::error_code error;
  for (const fs::path& place : {folder, folder / ".."}) {
    if (!fs::is_regular_file(place / "config.mak", error)) continue;
    return onboarding::parse_configuration(beginning_of(place / "config.mak", kMostBytes));
  }
  return {};
}

std::string arch_of(const ImportOptions& options, const onboarding::Configuration& config) {
  if (!options.arch.empty()) return options.arch;
  const auto configured = config.find("ARCH");
  if (configured == config.end() || configured->second.empty()) return "x86_64";
  const std::string& name = configured->second;
  const std::string_view known = onboarding::known_architecture(name);
  if (!known.empty()) return std::string(known);
  throw UsageError("config.mak says ARCH=" + printable(name) + ", which is not known here",
                   "name what the tests were built for: --arch x86_64");
}

/// Why tests that need KVM cannot run; empty where they can. Looks only where one of them asks.
std::string kvm_fault(const ImportOptions& options, const std::string& arch) {
  if (options.accel == "kvm") return "";
  if (options.accel == "tcg") return "only for kvm, but tcg is requested";
  Scenario scenario;
  scenario.machine.arch = arch;
  scenario.machine.accel = "auto";
  scenario.clock = ClockKind::host;
  Progress progress(progress_style(options.suite.run.output.quiet));
  choose_accel(scenario, progress);
  if (scenario.machine.accel == "kvm") return "";
  return "only for kvm, which does not work here, or is slower than tcg (uniharness doctor; "
         "--accel kvm uses it anyway)";
}

/// Boots a guest of some milliseconds on each processor that is asked for, once.
std::function<std::string(const std::string&)> cpu_prober(const std::string& arch) {
  return [arch, guest = std::make_shared<doctor::ProbeGuest>(),
          known = std::map<std::string, std::string>()](const std::string& cpu) mutable {
    const auto [at, is_new] = known.try_emplace(cpu);
    if (is_new) {
      QemuMachine machine;
      at->second = doctor::cpu_fault(machine, guest->file(), arch, cpu);
    }
    return at->second;
  };
}

bool is_ours(const fs::path& file) {
  const auto line = first_line(file);
  return line && line->starts_with(onboarding::kImportMark);
}

/// Writes the scenarios; what an earlier import left and this one does not have goes away.
std::vector<std::string> write_cases(const fs::path& folder,
                                     const std::vector<KvmUnitCase>& cases) {
  std::set<fs::path> written;
  for (const KvmUnitCase& one : cases) {
    if (!one.yaml.empty()) written.insert(folder / (one.name + ".yaml"));
  }
  for (const fs::path& file : written) {
    if (!fs::exists(fs::symlink_status(file)) || is_ours(file)) continue;
    throw UsageError(file.string() + " already exists and was not written by an import",
                     "write elsewhere: -o OTHER_FOLDER");
  }
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path& file = entry.path();
    if (file.extension() == ".yaml" && !written.contains(file) && is_ours(file)) fs::remove(file);
  }
  std::vector<std::string> files;
  for (const KvmUnitCase& one : cases) {
    if (one.yaml.empty()) continue;
    files.push_back((folder / (one.name + ".yaml")).string());
    write_atomically(files.back(), one.yaml);
  }
  return files;
}

onboarding::KvmUnitHost host_of(const ImportOptions& options, const fs::path& tests,
                                const std::vector<onboarding::UnitTest>& all) {
  onboarding::KvmUnitHost host;
  host.config = configuration_of(tests);
  host.arch = arch_of(options, host.config);
  host.accel = options.accel;
  host.groups = options.groups;
  if (std::ranges::any_of(all, onboarding::wants_kvm))
    host.kvm_fault = kvm_fault(options, host.arch);
  host.first_line = [](const std::string& path) { return first_line(path); };
  host.exists = [tests](const std::string& file) {
    std::error_code error;
    return fs::is_regular_file(tests / file, error);
  };
  if (host.arch == "x86_64" || host.arch == "i386") host.cpu_fault = cpu_prober(host.arch);
  return host;
}

}  // namespace

ExitStatus import_kvm_unit_tests(ImportOptions options) {
  const fs::path tests = fs::absolute(options.file).parent_path();
  const unsigned processors = std::clamp(std::thread::hardware_concurrency(), 1u, 255u);
  const auto all =
      onboarding::parse_unit_tests(read_cfg(options.file), options.file.string(), processors);
  const fs::path folder = options.out.empty() ? "kvm-unit-tests" : options.out;
  const fs::path from = fs::weakly_canonical(fs::absolute(folder));
  std::vector<KvmUnitCase> cases = kvm_unit_cases(
      all, options.file.string(), fs::canonical(tests).lexically_proximate(from).string(),
      host_of(options, tests, all));
  std::erase_if(cases,
                [&](const KvmUnitCase& one) { return !chosen(options.suite.patterns, one.name); });

  std::string skips;
  for (const KvmUnitCase& one : cases) {
    if (one.skip.empty()) continue;
    const std::string source = fmt::format("{}:{}", options.file.string(), one.test.line);
    skips += fmt::format("  skip {}: {}\n", one.name, printable(one.skip));
    options.suite.skipped.push_back({one.name, source, one.skip});
  }
  require_writable(folder);
  options.suite.scenarios = write_cases(folder, cases);
  print_text(fmt::format("{}: {} written, {} skipped\n{}", printable(folder.string()),
                         count_of(options.suite.scenarios.size(), "scenario"),
                         options.suite.skipped.size(), skips));
  if (options.suite.scenarios.empty()) {
    throw Error("none of the tests in " + options.file.string() + " can run here",
                "the reasons are listed above; `make` in the checkout builds the tests",
                ExitStatus::invalid_data);
  }
  if (!options.run) {
    print_text(fmt::format("next: uniharness run {}\n", printable(folder.string())));
    return ExitStatus::pass;
  }
  options.suite.run.build.build = false;  // there is nothing to build
  return run_suite(options.suite);
}

}  // namespace harness
