// A program in bitcode, run as the guest runs it, by a program of 32-bit Linux alone: no libc, no
// boot. What it takes to try many programs on a changed compiler (ci/mutants.sh).
//
//   runner32 FILE [ARGUMENT [t0|t1|s0|s1|adaptive|restored|compile [FUEL]]]
//
// FUEL: instructions of the IR that the program may run; 100,000,000 where not given. t0:
// interpreted; t1, unless said otherwise: compiled. s0 and s1: the same, with all functions
// specialized as far as that goes without knowing anything of their arguments, and verified anew.
// adaptive: what has been interpreted once is compiled, and what has run once as machine code is
// specialized for the calls that come next. restored: the same, for the second time, with what the
// first run has learnt. The exit status and stdout are the program's; stderr has `fuel N` and, of a
// program that was asked to compile (the compiler as bitcode, selfhost/), `hash` of what it
// compiled: FILE itself. compile: nothing is run; the runner's own compiler does that same
// compilation. Exit status 250: the file is refused; 251: the program ended by a fault. stderr says
// which.
//
//   runner32 @LIST [0 [t0|t1|s0|s1|adaptive|restored [FUEL]]]
//
// Runs many, in one process. Each line of LIST: name, argument, file, and a file with the output
// that is right, with tabs between. Of each, a line on stdout: name, status, `right` or `wrong`
// output, and what stderr would have. A program that raises a signal ends with 128 and its number;
// with the third that takes too long, it all ends.
#include "adaptive/adaptive.h"
#include "bitcode/module_reader.h"
#include "compiler/native.h"
#include "compiler/whole.h"
#include "interpreter/machine.h"
#include "ir/verify.h"
#include "selfhost/places.h"
#include "specialize/testing/specialized_bodies.h"
#include "testing/linux32.h"
#include "testing/scribbling.h"
#include "testing/views32.h"

namespace {

using namespace jit;
using linux32::address_of;

enum Status : int { kSignalled = 128, kUsage = 249, kRefused = 250, kFaulted = 251 };

// ---- memory: of the program's image, so that it begins as zeros and costs nothing until used

constexpr uint32_t kMegabyte = 1024 * 1024;
constexpr uint32_t kPage = 4096;

alignas(16) char file_memory[8 * kMegabyte];
alignas(16) char module_memory[32 * kMegabyte];
alignas(16) char code_memory[16 * kMegabyte];
alignas(16) char scratch_memory[128 * kMegabyte];
uint32_t slot_memory[kMegabyte];
alignas(kPage) uint8_t program_memory[8 * kMegabyte];
alignas(kPage) uint8_t machine_code[8 * kMegabyte];
alignas(kPage) uint8_t machine_data[kMegabyte];
uint8_t learned_memory[8 * kMegabyte];
constexpr uint32_t kStackBytes = kMegabyte;
int32_t fuel_of_each = 100'000'000;  // many times what a program of the corpus takes
constexpr uint64_t kFuelToCompile = (uint64_t{1} << 40) + 12345;  // two words, the lower soon spent

// What a program that compiles writes to.
alignas(16) uint8_t compiled_code[selfhost::kCodeBytes];
alignas(16) uint8_t compiled_data[selfhost::kDataBytes];
alignas(16) uint8_t compiled_globals[selfhost::kMemoryBytes];
alignas(16) uint8_t work_memory[selfhost::kWorkBytes];

template <class T, size_t N>
Span<T> span_of(T (&array)[N]) {
  return {array, N};
}
template <class T, size_t N>
Arena arena_of(T (&array)[N]) {
  return Arena(array, sizeof array);
}

// ---- what a program says

/// FNV-1a of 64 bits (Fowler, Noll, Vo).
uint64_t hash_of(const uint8_t* bytes, uint32_t size, uint64_t from) {
  for (uint32_t i = 0; i < size; ++i) from = (from ^ bytes[i]) * 0x0000'0100'0000'01B3ULL;
  return from;
}
constexpr uint64_t kHashBegin = 0xCBF2'9CE4'8422'2325ULL;

/// To the process's own, or kept for its line among many.
struct Said {
  bool is_kept = false;
  uint64_t output = kHashBegin;
  Line messages;
} said;

void say_output(Text text) {
  if (said.is_kept) {
    said.output = hash_of(reinterpret_cast<const uint8_t*>(text.data), text.size, said.output);
  } else {
    linux32::write(linux32::kOutput, text);
  }
}
void say(const Line& line) {
  if (said.is_kept) {
    if (!said.messages.empty()) said.messages.add(", ");
    said.messages.add(line.text());
  } else {
    linux32::write(linux32::kErrors, line.text());
    linux32::write(linux32::kErrors, "\n");
  }
}

int refuse(const Fault& fault) {
  Line line = fault.what;
  if (fault.unsupported) line.add(" (not supported)");
  say(line);
  return kRefused;
}

// ---- the program's world

/// The one compilation that a program, or `compile`, is asked for.
CompileRequest request;

/// Of code, table of functions and globals, as the guest `selfhost` has it.
void say_hash() {
  char digits[Sha256::kDigits];
  selfhost::digest_of(request, digits);
  say(Line().add("hash ").add(Text(digits, sizeof digits)));
}

Outcome exit_program(State& state, uint32_t* arguments) {
  state.status = static_cast<int32_t>(arguments[0]);
  return Outcome::exited;
}
Outcome write(State& state, uint32_t* arguments) {
  if (arguments[1] == 0) return Outcome::returned;
  const uint8_t* const bytes = state.at(arguments[0], arguments[1]);
  if (bytes == nullptr) return Outcome::wild_access;
  say_output({reinterpret_cast<const char*>(bytes), arguments[1]});
  return Outcome::returned;
}
Outcome give_request(State&, uint32_t* arguments) {
  arguments[0] = static_cast<uint32_t>(address_of(&request));
  return Outcome::returned;
}
constexpr Text kRequest = "compiler_request";
constexpr Provided kProvided[] = {
    {"guest_exit", exit_program}, {"guest_write", write}, {kRequest, give_request}};

bool compiles(const Module& module) {
  for (const Function& function : module.functions) {
    if (function.name == kRequest) return true;
  }
  return false;
}

// ---- one program

struct Way {
  enum : uint8_t { interpret, compile_and_run, adapt, compile } what = compile_and_run;
  bool specialized = false;
  bool again = false;  // with what was learnt
};

constexpr HotPathOptions kEarlyAndOften = {.share = 17,
                                           .break_even = 1,
                                           .loop_samples = 1,
                                           .machine_share = 101,
                                           .machine_break_even = 1,
                                           .watched = 4,
                                           .watch_share = 1,
                                           .version_ticks = 1'000'000,
                                           .trial_samples = 1,
                                           .chances = 1'000'000,
                                           .slice = 5'000};
struct Changes {
  uint32_t versions = 0, restored = 0, whole = 0;
} changes;

/// By the last run that could learn.
Span<const uint8_t> learned;

int compile_only() {
  Fault fault;
  if (!compile_whole(request, fault)) return refuse(fault);
  say_hash();
  return 0;
}

Resources resources(Arena& code, Arena& scratch) {
  Resources r;
  r.low = static_cast<uint32_t>(address_of(program_memory));
  r.high = r.low + sizeof program_memory;
  r.stack_bytes = kStackBytes;
  r.slots = span_of(slot_memory);
  r.code = &code;
  r.scratch = &scratch;
  r.fuel = static_cast<uint64_t>(fuel_of_each);
  return r;
}

template <size_t N>
Region region_of(uint8_t (&memory)[N]) {
  return {memory, static_cast<uint32_t>(address_of(memory)), N};
}

/// Its exit status.
int run(Span<const uint8_t> bytes, int32_t argument, Way way) {
  Arena module = arena_of(module_memory), code = arena_of(code_memory);
  Arena scratch = arena_of(scratch_memory);
  bitcode::BitcodeFile file;
  Fault fault = bitcode::open_module(bytes, module, file);
  if (!fault) fault = verify_module(file.module, scratch);
  if (fault) return refuse(fault);

  Resources given = resources(code, scratch);
  if (compiles(file.module)) given.fuel = kFuelToCompile;
  Machine machine;
  SpecializedBodies specialized = {file, machine};
  fault = machine.load(file.module,
                       way.specialized ? BodySource{SpecializedBodies::read, &specialized}
                                       : BodySource{bitcode::read_verified_body, &file},
                       given, span_of(kProvided), nullptr);
  if (fault) return refuse(fault);
  if (compiles(file.module)) {  // the request's buffers are not among its own memory
    machine.mutable_state().low = 0;
    machine.mutable_state().high = ~15U;
  }

  Native native(machine, region_of(machine_code), region_of(machine_data), {.fuel = true});
  if (way.what == Way::compile_and_run) {
    if (!native.compile()) fault.what.add("no memory for machine code");
    if (native.refused() > 0) fault = native.fault();
    if (fault) say(Line().add(fault.function).add(": ").add(fault.what.text()));
    native.install();
  }

  const auto note = [](void*, const Module& module, const Native&, const TierChange& change) {
    changes.versions += change.what == TierChange::version && change.bytes > 0 ? 1 : 0;
    changes.restored += change.what == TierChange::restored && change.bytes > 0 ? 1 : 0;
    changes.whole += change.test.whole ? 1 : 0;
    const Text name = module.functions[change.id].name;
    // The compiler compiles all that is interpreted.
    if (change.what == TierChange::calls && change.bytes == 0) {
      say(Line().add(name).add(" stays t0: ").add(change.why));
    }
    if (change.test.result != SelfTest::differs) return;
    say(Line().add(name).add(": it does something else than t0"));
  };
  changes = {};
  Adaptive adaptive(machine, native, kEarlyAndOften, nullptr, &views32::kProtection,
                    {note, nullptr});
  if (way.what == Way::adapt && !adaptive.start()) {
    say(Line().add("no memory for machine code"));
    return kRefused;
  }
  if (way.what == Way::adapt) scribbling::begin(scratch, machine.mutable_state());
  Text why;
  if (way.again && !adaptive.restore(learned, why)) say(Line().add("nothing restored: ").add(why));
  const Outcome outcome = machine.run("guest_main", argument);
  if (way.what == Way::adapt) adaptive.complete();
  if (way.what == Way::adapt) learned = {learned_memory, adaptive.save(span_of(learned_memory))};
  say(Line().add("fuel ").add(machine.fuel_used()));
  if (way.what == Way::adapt) say(Line().add("versions ").add(changes.versions));
  if (changes.whole > 0) say(Line().add("not cut ").add(changes.whole));
  if (way.again) say(Line().add("restored ").add(changes.restored));
  if (specialized.unsound) {
    say(Line().add("specialized: ").add(specialized.unsound.what.text()));
  }
  if (way.specialized) {
    say(Line()
            .add("specialized ")
            .add(specialized.made)
            .add(", inlined ")
            .add(specialized.inlined)
            .add(", refused ")
            .add(specialized.refused));
  }
  if (request.code_used > 0) say_hash();
  if (outcome == Outcome::returned || outcome == Outcome::exited) {
    return machine.state().status & 0xFF;
  }
  Line end = Line().add(text_of(outcome));
  const Fault& refused = machine.state().fault;
  if (refused) end.add(": ").add(refused.function).add(": ").add(refused.what.text());
  say(end);
  return kFaulted;
}

/// Once, or first without a word.
int run_as(Span<const uint8_t> bytes, int32_t argument, Way way) {
  if (way.again) {
    const Said before = said;
    said.is_kept = true;
    run(bytes, argument, {Way::adapt});
    linux32::clear_pages(program_memory, sizeof program_memory);
    said = before;
  }
  return run(bytes, argument, way);
}

// ---- many

/// The list, and how far it is done.
struct Work {
  char list[kMegabyte];  // its tabs and line ends become the ends of texts
  char* next = nullptr;
  Way way;
  const char* name = "";
  uint64_t right = 0;  // hash of the output that is right
  uint32_t overdue = 0;
} work;
constexpr int kSecondsForOne = 3;
constexpr uint32_t kMostOverdue = 3;

Text text_at(const char* begin) {
  uint32_t size = 0;
  while (begin[size] != 0) ++size;
  return {begin, size};
}

bool number_at(const char* text, int32_t& number) {
  const bool negative = *text == '-';
  uint32_t value = 0;
  for (text += negative ? 1 : 0; *text != 0; ++text) {
    if (*text < '0' || *text > '9') return false;
    value = value * 10 + static_cast<uint32_t>(*text - '0');
  }
  number = static_cast<int32_t>(negative ? 0U - value : value);
  return true;
}

char* next_field() {
  char* const field = work.next;
  while (*work.next != 0 && *work.next != '\t' && *work.next != '\n') ++work.next;
  if (*work.next != 0) *work.next++ = 0;
  return field;
}

void end_line(int status) {
  Line line;
  line.add(text_at(work.name)).add(" ").add(static_cast<uint64_t>(status));
  line.add(said.output == work.right ? " right " : " wrong ").add(said.messages.text());
  linux32::write(linux32::kOutput, line.text());
  linux32::write(linux32::kOutput, "\n");
}

void run_line() {
  views32::reset();
  work.name = next_field();
  int32_t argument = 0;
  (void)number_at(next_field(), argument);
  const char* const file = next_field();
  const Span<const uint8_t> right = linux32::read_file(next_field(), span_of(file_memory));
  work.right = hash_of(right.data, right.size, kHashBegin);
  said = {};
  said.is_kept = true;
  linux32::clear_pages(program_memory, sizeof program_memory);
  linux32::set_timer(kSecondsForOne);
  end_line(run_as(linux32::read_file(file, span_of(file_memory)), argument, work.way));
}

extern "C" [[noreturn]] void run_rest() {
  while (*work.next != 0) run_line();
  linux32::exit(0);
}

/// The program is over. The rest begins anew, with a stack that nobody has harmed.
alignas(16) uint8_t rest_stack[kMegabyte], signal_stack[16 * kPage];
void take_signal(int signal, const linux32::SignalInfo* info) {
  if (signal == linux32::kSegmentation && views32::is_allowed(info->address)) return;
  if (work.next == nullptr) linux32::exit(kSignalled + signal);
  end_line(kSignalled + signal);
  if (signal == linux32::kTimeIsOver && ++work.overdue == kMostOverdue) linux32::exit(0);
  asm volatile("movl %0, %%esp\n call run_rest" : : "r"(rest_stack + sizeof rest_stack));
  __builtin_unreachable();
}

[[noreturn]] void run_list(const char* name, Way way) {
  (void)linux32::read_file(name, {work.list, sizeof work.list - 1});
  work.next = work.list;
  work.way = way;
  run_rest();
}

// ---- the command line

constexpr struct {
  Text word;
  Way way;
} kWays[] = {{"t0", {Way::interpret, false}},        {"t1", {Way::compile_and_run, false}},
             {"s0", {Way::interpret, true}},         {"s1", {Way::compile_and_run, true}},
             {"adaptive", {Way::adapt, false}},      {"compile", {Way::compile, false}},
             {"restored", {Way::adapt, false, true}}};

bool parse_way(const char* text, Way& way) {
  for (const auto& row : kWays) {
    if (!(text_at(text) == row.word)) continue;
    way = row.way;
    return true;
  }
  return false;
}

}  // namespace

extern "C" [[noreturn]] void start(int count, char** arguments) {
  int32_t argument = 1;
  Way way;
  linux32::catch_signals(take_signal, span_of(signal_stack));
  if (count < 2 || count > 5 || (count > 2 && !number_at(arguments[2], argument)) ||
      (count > 3 && !parse_way(arguments[3], way)) ||
      (count > 4 && (!number_at(arguments[4], fuel_of_each) || fuel_of_each <= 0))) {
    say(Line().add(
        "usage: runner32 FILE|@LIST [ARGUMENT [t0|t1|s0|s1|adaptive|restored|compile [FUEL]]]"));
    linux32::exit(kUsage);
  }
  linux32::make_executable(machine_code, sizeof machine_code);
  const char* const name = arguments[1];
  if (*name == '@') run_list(name + 1, way);
  const Span<const uint8_t> file = linux32::read_file(name, span_of(file_memory));
  request =
      selfhost::request_for(file, {compiled_code, compiled_data, compiled_globals, work_memory});
  linux32::exit(way.what == Way::compile ? compile_only() : run_as(file, argument, way));
}
