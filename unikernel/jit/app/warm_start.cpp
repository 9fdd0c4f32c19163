// The guest that goes on where the boot before it ended. Each program of a bundle is run adaptive
// (docs/ADAPTIVE.md); at its end, what was learnt goes to the disk: machine code, and for which
// calls there are versions. The next boot begins with that. What it knows is told by `store: ` and
// `found N`, the number of the last commit; `kept N` is a new one.
//
//   [TEST] NAME: pass  iterations=<instructions of the IR that were run> result=<exit status>
//   [METRIC] NAME.cold.first_text   ticks until the program writes, from where its file is read; of
//                                   a boot that knows something NAME.warm.first_text
//   [METRIC] NAME.cold.run          ticks that the program took
//   [METRIC] NAME.first_text_ratio  warm by cold, in hundredths
//   [METRIC] NAME.run_ratio
//
// How long reading the disk takes depends on the host, so it is in no metric; a line says what the
// first ratio is with it.
//
// Options: those of adaptive/hot_paths.h (app/options.h).
#include "app/learned_store.h"
#include "app/options.h"
#include "app/results.h"
#include "app/tier_lines.h"
#include "app/workplace.h"
#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"

namespace {

using jit::Text;
namespace app = jit::app;

constexpr uint32_t kMetricsOfProgram = 4;

app::TierLines g_lines;

uint64_t now() { return x86::read_tsc_ordered(); }

/// What a program writes, and when it begins to.
struct Speech {
  kernel::Console& out;
  uint64_t first = 0;  // ticks; 0: not yet
  static void write(void* context, const char* bytes, uint32_t size) {
    Speech& speech = *static_cast<Speech*>(context);
    if (speech.first == 0) speech.first = now();
    speech.out.text(bytes, size);
  }
};

class WarmStart {
 public:
  WarmStart(kernel::System& system, const app::Prepared& prepared,
            const jit::HotPathOptions& options)
      : system_(system),
        prepared_(prepared),
        options_(options),
        store_(system, prepared),
        results_(system.emit) {}

  bool open() {
    const uint64_t begin = now();
    const bool good = store_.open();
    open_ticks_ = now() - begin;
    return good;
  }

  bool run(uint32_t index) {
    const jit::bundle::Program program = jit::bundle::program(prepared_.bundle, index);
    app::FirstRun first;
    Speech speech = {system_.console};
    const uint64_t begin = now();
    const jit::Span<const uint8_t> learned = store_.find(index, first);
    g_lines.clear();
    const jit::ProgramResult result =
        jit::run_program(program.file, program.argument, prepared_.workplace,
                         {.tier = jit::Tier::adaptive,
                          .protection = &prepared_.protection,
                          .clock = now,
                          .hot_paths = options_,
                          .tier_listener = {note, nullptr},
                          .learned = learned,
                          .learned_to = store_.room()},
                         {Speech::write, &speech});
    const app::FirstRun ran = {speech.first != 0 ? speech.first - begin : 0, result.run_ticks};
    g_lines.tell(system_.console);
    const bool warm = !learned.empty() && result.learned_refused.size == 0;
    if (!warm) first = ran;
    if (!learned.empty() && !warm) refuse(program.name, result.learned_refused);
    if (!result.ended()) app::say(system_.console, program, result);
    const bool good = result.ended() && kept(index, first, result.learned_bytes);
    tell(program.name, warm, ran, first);
    results_.test(program.name, "", app::status_of(good), result.fuel,
                  static_cast<uint32_t>(result.status) & 0xFF);
    return good;
  }

 private:
  static void note(void*, const jit::Module& module, const jit::Native&,
                   const jit::TierChange& change) {
    g_lines.add(module, change);
  }

  void refuse(Text name, Text why) {
    system_.console.text(name.data, name.size).text(": what was learnt is not used: ");
    system_.console.text(why.data, why.size).newline();
  }

  bool kept(uint32_t index, const app::FirstRun& first, uint32_t size) {
    if (size > 0) return store_.keep(index, first, size);
    system_.console.text("not kept: there is more than there is room for\n");
    return false;
  }

  void tell(Text name, bool warm, const app::FirstRun& ran, const app::FirstRun& first) {
    const Text state = warm ? Text(".warm") : Text(".cold");
    results_.metric(name, state, ".first_text", ran.first_text, "ticks");
    results_.metric(name, state, ".run", ran.run, "ticks");
    results_.metric(name, ".first_text_ratio", percent(ran.first_text, first.first_text),
                    "percent");
    results_.metric(name, ".run_ratio", percent(ran.run, first.run), "percent");
    if (!warm) return;
    system_.console.text(name.data, name.size).text(": first text after ");
    system_.console.decimal(percent(ran.first_text + open_ticks_, first.first_text));
    system_.console.text(" % of the first boot's ticks, with reading the disk in ");
    system_.console.decimal(open_ticks_).newline();
  }
  static uint64_t percent(uint64_t ticks, uint64_t of) { return of > 0 ? ticks * 100 / of : 0; }

  kernel::System& system_;
  const app::Prepared& prepared_;
  const jit::HotPathOptions& options_;
  app::LearnedStore store_;
  app::Results results_;
  uint64_t open_ticks_ = 0;
};

wire::Status run(kernel::System& system) {
  jit::HotPathOptions options;
  app::Prepared prepared;
  if (!app::read_hot_paths(system.console, options) || !app::prepare(system, prepared)) {
    return wire::Status::fail;
  }
  kernel::emit_plan(system.console, prepared.count, prepared.count * kMetricsOfProgram);
  WarmStart start(system, prepared, options);
  wire::Status status = app::status_of(prepared.count > 0 && start.open());
  for (uint32_t i = 0; i < prepared.count && status == wire::Status::pass; ++i) {
    status = app::status_of(start.run(i));
  }
  return status;
}

}  // namespace

extern "C" const kernel::App kernel_app = {"warm_start", 0, 0, &run};
