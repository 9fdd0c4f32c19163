// The guest whose program is changed while it answers. A timer's interrupt asks; the function
// `answer` of a program in bitcode says the answer, as machine code. New versions of the program
// arrive (arrivals.h), are read, verified, compiled and tried on questions that were asked before
// (trial.h), all of it while the old one answers, and take its place by one store (requests.h).
// What is broken or wrong is refused, and the old one goes on.
//
//   reload: NAME answers
//   reload: NAME is refused: WHY
//   reload: NAME is replaced by NAME: WHY
//   reload: ready for N more   by the serial port
//
//   [TEST] NAME: pass   it answers, or did until it was replaced by another arrival.
//                       iterations=<bytes of its machine code>
//               skip    it was refused, or did not answer what it was asked later, and may (`pack
//                       --may-refuse`); fail: it must not
//   [TEST] reload.requests     iterations=<requests answered> result=<lost>
//   [TEST] reload.answers      iterations=<answers that were checked> result=<wrong ones>
//   [TEST] reload.freed_page   the negative control: the code of the version that answers is taken
//                              away too early, and the next request finds that out
//   [METRIC] reload.longest_gap       from one answer to the next
//   [METRIC] reload.swap              instructions of the last swap
//   [METRIC] NAME.to_first_answer     from its last byte
//
// Options, each a fw_cfg file opt/uniharness/reload/NAME, a number:
//   period   of requests, in 1/1,193,182 of a second: 12 where not given
//   settle   requests that are waited for behind each arrival: 1,100 where not given
//   serial   so many versions come by COM1, behind those of update.1, update.2, ...
#include "app/options.h"
#include "app/results.h"
#include "app/workplace.h"
#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/system.h"
#include "reload/arrivals.h"
#include "reload/trial.h"

namespace {

using namespace jit;
using namespace jit::reload;

constexpr uint32_t kPlaces = 3;  // who answers, who did before, who comes
constexpr uint32_t kMostUpdates = 32;
constexpr uint32_t kMostBytes = 64 * 1024;
constexpr uint32_t kPage = 4096;

struct Options {
  uint64_t period = 12, settle = 1100, serial = 0;
};

bool read_options(kernel::Console& out, Options& options) {
  const bool good = app::read_number(out, "opt/uniharness/reload/period", options.period) &&
                    app::read_number(out, "opt/uniharness/reload/settle", options.settle) &&
                    app::read_number(out, "opt/uniharness/reload/serial", options.serial);
  if (!good) return false;
  if (options.period > 0 && options.period <= UINT16_MAX && options.settle > 0 &&
      options.settle <= UINT32_MAX && options.serial <= kMostUpdates) {
    return true;
  }
  out.text("opt/uniharness/reload/: period must be 1 to 65535, settle at least 1, serial at most ");
  out.decimal(kMostUpdates).newline();
  return false;
}

/// What the answers of programs that the guest knows must be, by their names; said in another way
/// than they say it.
uint32_t ones(uint32_t question) {
  uint32_t count = 0;
  for (uint32_t bit = 0; bit < 32; ++bit) count += question >> bit & 1;
  return count;
}
uint32_t zeros(uint32_t question) { return 32 - ones(question); }
constexpr struct {
  Text name;
  Reference reference;
} kReferences[] = {{"ones", ones}, {"zeros", zeros}};

Reference reference_of(Text name) {
  for (const auto& known : kReferences) {
    if (name.starts_with(known.name)) return known.reference;
  }
  return nullptr;
}

/// The `index`-th of kPlaces workplaces that share one, none larger than a version needs.
Workplace part_of(const Workplace& whole, uint32_t index) {
  const auto part = [&](auto span, uint32_t most) {
    const uint32_t share = span.size / kPlaces & ~15U, size = share < most ? share : most;
    return decltype(span){span.data + size_t{share} * index, size};
  };
  const auto pages = [&](const Region& region) {
    const uint32_t share = region.size / kPlaces & ~(kPage - 1);
    return Region{region.bytes + size_t{share} * index, region.address + share * index, share};
  };
  constexpr uint32_t kProgram = 256 * 1024, kStack = 64 * 1024, kMost = 2 * 1024 * 1024;
  Workplace place = whole;
  place.module = part(whole.module, kMost);
  place.code = part(whole.code, kMost);
  place.scratch = part(whole.scratch, kMost);
  place.slots = part(whole.slots, whole.slots.size);
  place.low = ((whole.low + kPage - 1) & ~(kPage - 1)) + index * kProgram;
  place.high = place.low + kProgram;
  place.stack_bytes = kStack;
  place.machine_code = pages(whole.machine_code);
  place.machine_data = pages(whole.machine_data);
  return place;
}

Requests g_requests;
uint8_t g_delivery[kMostBytes], g_file[4 * kMostBytes];

/// What became of an arrival.
struct Update {
  char name[bundle::kNameBytes] = {};
  bool must_pass = true;
  bool answers = false;
  uint32_t code_bytes = 0;
  uint64_t to_first_answer = 0;
};

class Reload {
 public:
  Reload(kernel::System& system, const app::Prepared& prepared, const Options& options)
      : out_(system.console),
        emit_(system.emit),
        places_{part_of(prepared.workplace, 0), part_of(prepared.workplace, 1),
                part_of(prepared.workplace, 2)},
        versions_{{places_[0], prepared.protection},
                  {places_[1], prepared.protection},
                  {places_[2], prepared.protection}},
        options_(options) {}

  bool run(const bundle::Program& first) {
    if (const Fault fault = versions_[0].make(first)) {
      app::say(out_, first.name, fault);
      return false;
    }
    Answered nothing[Requests::kRecorded];
    if (const Line why = try_version(versions_[0], nothing, false); !why.empty()) {
      say(first.name, " is refused: ", why.text());
      return false;
    }
    say(first.name, " answers", {});
    g_requests.start(versions_[0], reference_of(first.name),
                     static_cast<uint16_t>(options_.period));
    g_requests.wait_for(static_cast<uint32_t>(options_.settle));
    Arrivals arrivals({g_delivery, kMostBytes}, {g_file, sizeof g_file},
                      static_cast<uint32_t>(options_.serial));
    while (count_ < kMostUpdates) {
      const Arrivals::Arrival arrival = arrivals.next(say_ready, this);
      if (arrival.state == Delivery::arriving) break;
      Update& update = updates_[count_++];
      take(arrivals.delivery(), arrival, update);
      g_requests.wait_for(static_cast<uint32_t>(options_.settle));
      if (update.answers) look_back(update, arrival.last_byte);
    }
    const bool found = free_too_early(first);
    g_requests.stop();
    return report(found);
  }

 private:
  void text(Text t) { out_.text(t.data, t.size); }
  void say(Text name, Text what, Text why) {
    text("reload: ");
    text(name);
    text(what);
    text(why);
    out_.newline();
  }

  static void say_ready(void* context, uint32_t left) {
    static_cast<Reload*>(context)->out_.text("reload: ready for ").decimal(left).text(" more\n");
  }

  /// Pages in which nobody is: a request is over before who waited for it goes on.
  Version& free_place() {
    uint32_t k = 0;
    while (&versions_[k] == g_requests.current() || &versions_[k] == g_requests.previous()) ++k;
    versions_[k].give_back();
    return versions_[k];
  }

  static Line why_of(const Fault& fault) {
    Line line = fault.what;
    if (fault.function.size > 0) line.add(" in ").add(fault.function);
    return line;
  }

  void take(const Delivery& delivery, const Arrivals::Arrival& arrival, Update& update) {
    Line name;
    if (arrival.state == Delivery::refused) {
      name.add("update.").add(uint64_t{count_});
      keep_name(update, name.text());
      return say(name.text(), " is refused: ", delivery.why());
    }
    const bundle::Program program = delivery.program();
    keep_name(update, program.name);
    update.must_pass = (program.flags & bundle::kFlagMustPass) != 0;
    const bool same = (program.flags & bundle::kFlagSameAnswers) != 0;
    Version& version = free_place();
    if (const Fault fault = version.make(program)) {
      return say(program.name, " is refused: ", why_of(fault).text());
    }
    Answered recorded[Requests::kRecorded];
    g_requests.record(recorded);
    const Reference before = g_requests.reference();
    if (const Line why = try_version(version, recorded, same); !why.empty()) {
      return say(program.name, " is refused: ", why.text());
    }
    g_requests.swap(version, same ? before : reference_of(program.name));
    update.answers = true;
    update.code_bytes = version.code_bytes();
    say(program.name, " answers", {});
  }

  /// Behind a while of answers.
  void look_back(Update& update, uint64_t last_byte) {
    if (const Version* const version = g_requests.replaced()) {
      update.answers = false;
      Line why;
      why.add(g_requests.current()->name()).add(": it does not answer ");
      why.add(uint64_t{g_requests.failed_on()}).add(": ").add(text_of(g_requests.failed_by()));
      return say(version->name(), " is replaced by ", why.text());
    }
    update.to_first_answer = g_requests.first_answer() - last_byte;
  }

  static void keep_name(Update& update, Text name) {
    for (uint32_t i = 0; i < name.size && i + 1 < sizeof update.name; ++i) {
      update.name[i] = name.data[i];
    }
  }

  /// The next request must run into what the page was filled with, and be answered by the one
  /// before.
  bool free_too_early(const bundle::Program& program) {
    Version& version = free_place();
    if (version.make(program)) return false;
    g_requests.swap(version, nullptr);
    version.give_back();
    g_requests.wait_for(2);
    return g_requests.replaced() == &version && g_requests.failed_by() == Outcome::trapped;
  }

  bool report(bool found) {
    uint32_t taken = 0;
    for (uint32_t i = 0; i < count_; ++i) taken += updates_[i].answers ? 1 : 0;
    kernel::emit_plan(out_, count_ + 3, taken + 2);
    app::Results results(emit_);
    bool good = true;
    for (uint32_t i = 0; i < count_; ++i) {
      const Update& u = updates_[i];
      const wire::Status status = u.answers     ? wire::Status::pass
                                  : u.must_pass ? wire::Status::fail
                                                : wire::Status::skip;
      good = good && status != wire::Status::fail;
      const Text name(u.name, length_of(u.name));
      results.test(name, "", status, u.code_bytes, 0);
      if (u.answers) results.metric(name, ".to_first_answer", u.to_first_answer, "ticks");
    }
    const RequestCounts& counts = g_requests.counts();
    const uint64_t lost = counts.asked - counts.answered;
    const bool all_right = counts.wrong == 0;
    emit_.test("reload.requests", app::status_of(lost == 0), counts.answered, lost);
    emit_.test("reload.answers", app::status_of(all_right), counts.checked, counts.wrong);
    emit_.test("reload.freed_page", app::status_of(found), 1, 0);
    emit_.metric("reload.longest_gap", counts.longest_gap, "ticks");
    emit_.metric("reload.swap", counts.boundaries, "instructions");
    return good && lost == 0 && all_right && found;
  }
  static uint32_t length_of(const char* text) {
    uint32_t length = 0;
    while (text[length] != 0) ++length;
    return length;
  }

  kernel::Console& out_;
  kernel::Emitter& emit_;
  Workplace places_[kPlaces];
  Version versions_[kPlaces];
  const Options& options_;
  Update updates_[kMostUpdates];
  uint32_t count_ = 0;
};

wire::Status run(kernel::System& system) {
  Options options;
  app::Prepared prepared;
  if (!read_options(system.console, options) || !app::prepare(system, prepared)) {
    return wire::Status::fail;
  }
  static_assert(sizeof(Reload) < 16384, "on the stack");
  Reload reload(system, prepared, options);
  if (prepared.count != 1) {
    system.console.text("a bundle of one program is expected, which answers first\n");
    return wire::Status::fail;
  }
  return app::status_of(reload.run(bundle::program(prepared.bundle, 0)));
}

}  // namespace

extern "C" const kernel::App kernel_app = {"reload", 0, 0, &run};
