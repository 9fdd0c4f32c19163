#include "run/profiled_boot.h"

#include <utility>

#include "machine/machine.h"
#include "process/interrupt.h"
#include "profile/made_code.h"
#include "profile/plugin_file.h"
#include "run/boots.h"
#include "run/plan.h"

namespace harness::profile {
namespace {

/// A machine whose serial output `made` hears, too.
struct OverheardMachine final : Machine {
  explicit OverheardMachine(MadeCode& listener) : made(&listener) {}
  Trace run(const Job& job, const SerialSink& sink) override {
    return real.run(job, [&](std::string_view bytes, std::chrono::nanoseconds at) {
      made->add(bytes);
      return sink(bytes, at);
    });
  }
  QemuMachine real;
  MadeCode* made;
};

Job job_to_profile(const Scenario& scenario, const Image& image,
                   const std::filesystem::path& plugin, SharedMemory& memory,
                   const MadeCode& made) {
  Job job = make_job(scenario, image, 1);
  // A guest that is held at its end waits, and the loop that it waits in would be counted.
  job.capture_screen = job.screenshot = false;
  job.plugin =
      PluginSpec{plugin, memory.descriptor(), [&memory, &made] { memory.set_made(made.alive()); }};
  return job;
}

void require_counts(const SharedMemory& memory, const Trace& trace) {
  if (memory.attached() && trace.started) return;
  throw Error("QEMU did not run with the profiler plugin" +
                  (trace.stderr_text.empty() ? std::string() : ":\n" + trace.stderr_text),
              "it needs a QEMU with TCG plugins (Debian's have them); "
              "try `uniharness doctor`");
}

/// QEMU was killed between two of its additions: the last piece is in the total, and not yet in its
/// function.
void drop_unfinished_piece(Counts& counts, const Trace& trace) {
  constexpr std::uint64_t kMaxPieceLength = 512;  // QEMU's own limit for a translation block
  std::uint64_t booked = 0;
  for (const std::uint64_t self : counts.functions) booked += self;
  if (trace.stop != StopReason::none && counts.total - booked <= kMaxPieceLength) {
    counts.total = booked;
  }
}

/// One boot with its plugin's memory.
struct ProfilingBoot {
  explicit ProfilingBoot(const GuestCode& code)
      : memory(code), made(static_cast<std::uint32_t>(code.functions.size()), Capacity().made) {}

  BootRecord run(const Scenario& scenario, const Image& image, const std::filesystem::path& plugin,
                 Progress& progress) {
    OverheardMachine machine(made);
    BootRecord boot = boot_once(machine, job_to_profile(scenario, image, plugin, memory, made), 1,
                                scenario, false, progress);
    if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
    return boot;
  }

  [[nodiscard]] ProfiledBoot finish(GuestCode code, BootRecord boot) const {
    require_counts(memory, boot.trace);
    ProfiledBoot result;
    result.boot = std::move(boot);
    for (Function& function : made.functions()) code.functions.push_back(std::move(function));
    Counts counts = memory.read(static_cast<std::uint32_t>(made.functions().size()));
    counts.made_left_out = made.left_out();
    drop_unfinished_piece(counts, result.boot.trace);
    result.profile = make_profile(std::move(code), std::move(counts));
    if (const auto why = disagreement(result.profile)) {
      throw Error("the profile does not add up: " + *why, "please report it",
                  ExitStatus::invalid_data);
    }
    return result;
  }

  SharedMemory memory;
  MadeCode made;
};

}  // namespace

Scenario scenario_to_profile(Scenario scenario) {
  if (scenario.machine.smp > 1) {
    throw UsageError(scenario.file + ": a profile is of one processor, and this scenario has " +
                         std::to_string(scenario.machine.smp),
                     "copy the scenario with smp: 1");
  }
  scenario.clock = ClockKind::counted;
  scenario.machine.accel = "tcg";  // nothing else can count
  scenario.boots = 1;
  return scenario;
}

std::vector<std::filesystem::path> symbol_files(const Image& image,
                                                const std::vector<std::filesystem::path>& named) {
  if (!named.empty()) return named;
  if (std::filesystem::path file = symbols_of(image); !file.empty()) return {std::move(file)};
  throw UsageError("this image has no symbols of its own: it is a disk or a CD",
                   "name the ELF file it was made from: image.symbols, or --elf FILE");
}

ProfiledBoot boot_and_profile(const Scenario& scenario, const Image& image,
                              const std::vector<std::filesystem::path>& elf, Progress& progress) {
  GuestCode code = read_code(symbol_files(image, elf));
  const std::vector<std::filesystem::path> plugins = find_plugins();
  for (const std::filesystem::path& plugin : plugins) {
    ProfilingBoot attempt(code);
    BootRecord boot = attempt.run(scenario, image, plugin, progress);
    // A QEMU that does not take this one has ended before the guest ran.
    if (!attempt.memory.attached() && !boot.trace.started && plugin != plugins.back()) continue;
    return attempt.finish(std::move(code), std::move(boot));
  }
  throw Error("there is no profiler plugin");  // find_plugins() is never empty
}

LoadedPlugin try_plugins(const std::filesystem::path& guest) {
  LoadedPlugin result;
  for (const std::filesystem::path& plugin : find_plugins()) {
    SharedMemory memory(GuestCode{});
    Job job;
    job.machine.vga = false;
    job.clock = ClockKind::counted;
    job.kernel = guest;
    job.plugin = PluginSpec{plugin, memory.descriptor(), [] {}};
    QemuMachine machine;
    const Trace trace =
        machine.run(job, [](std::string_view, std::chrono::nanoseconds) { return true; });
    if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
    result.file = plugin;
    result.why.clear();
    if (memory.attached() && trace.started) return result;
    result.why = trace.stderr_text.empty()
                     ? "QEMU did not load " + plugin.string()
                     : trace.stderr_text.substr(0, trace.stderr_text.find('\n'));
  }
  return result;
}

}  // namespace harness::profile
