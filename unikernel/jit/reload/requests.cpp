// Sources: Intel 8259A data sheet (231468), initialization command words; Intel 8254 data sheet
// (231164), mode 2; Intel SDM volume 3, 18.3.1.4 (single steps).
#include "reload/requests.h"

#include "kernel/cpu.h"
#include "kernel/descriptors.h"

namespace jit::reload {
namespace {

Requests* g_requests = nullptr;

constexpr uint16_t kFirstController = 0x20, kSecondController = 0xA0;  // the data port is one above
constexpr uint16_t kCounter = 0x40, kCounterControl = 0x43;
constexpr uint8_t kEndOfInterrupt = 0x20;
constexpr uint8_t kDebug = 1, kTimer = 32, kVectors = 48;

x86::Gate g_gates[kVectors];
x86::TableRegister g_before;

extern "C" {
[[gnu::used]] void reload_timer() {
  g_requests->ask();
  x86::out8(kFirstController, kEndOfInterrupt);
}
[[gnu::used]] void reload_boundary() { g_requests->at_boundary(); }
void reload_timer_entry();
void reload_boundary_entry();
void reload_spurious_entry();
}
// Whoever is interrupted may use all registers, those of the FPU and SSE, too, and any stack: what
// answers has a stack of its own. Both come with interrupts off and TF clear, so never one in the
// other.
asm(R"(
.bss
.balign 16
  .skip 32768
reload_stack_end:
.text
.macro RELOAD_ENTRY name, function
.globl \name
\name:
  pushal
  cld
  movl %esp, %ebx
  movl $reload_stack_end - 512, %esp
  fxsave (%esp)
  fninit
  call \function
  fxrstor (%esp)
  movl %ebx, %esp
  popal
  iret
.endm
RELOAD_ENTRY reload_timer_entry, reload_timer
RELOAD_ENTRY reload_boundary_entry, reload_boundary
.globl reload_spurious_entry
reload_spurious_entry:
  iret
)");

uint32_t address_of(void (*entry)()) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(entry));
}

/// Vectors from 32 on for interrupts of devices, and the debug exception; the others as they are.
void take_interrupts() {
  asm volatile("sidt %0" : "=m"(g_before));
  const auto* const old = reinterpret_cast<const x86::Gate*>(static_cast<uintptr_t>(g_before.base));
  const uint32_t count = (g_before.limit + 1U) / sizeof(x86::Gate);
  for (uint32_t v = 0; v < kVectors; ++v) {
    g_gates[v] =
        v < kTimer && v < count ? old[v] : x86::interrupt_gate(address_of(reload_spurious_entry));
  }
  g_gates[kDebug] = x86::interrupt_gate(address_of(reload_boundary_entry));
  g_gates[kTimer] = x86::interrupt_gate(address_of(reload_timer_entry));
  const x86::TableRegister table = x86::table_of(g_gates);
  asm volatile("lidt %0" : : "m"(table) : "memory");
}

/// Both controllers from `vector` on, with nothing but what `mask` leaves of the first.
void set_up_controllers(uint8_t vector, uint8_t mask) {
  constexpr uint8_t kBegin = 0x11, kMode8086 = 1, kSecondAtLine2 = 4, kIsAtLine2 = 2, kNone = 0xFF;
  const auto both = [](uint16_t offset, uint8_t first, uint8_t second) {
    x86::out8(kFirstController + offset, first);
    x86::out8(kSecondController + offset, second);
  };
  both(0, kBegin, kBegin);
  both(1, vector, static_cast<uint8_t>(vector + 8));
  both(1, kSecondAtLine2, kIsAtLine2);
  both(1, kMode8086, kMode8086);
  both(1, mask, kNone);
}

void start_timer(uint16_t period) {
  constexpr uint8_t kBothBytesModeTwo = 0x34;
  x86::out8(kCounterControl, kBothBytesModeTwo);
  x86::out8(kCounter, static_cast<uint8_t>(period));
  x86::out8(kCounter, static_cast<uint8_t>(period >> 8));
}

}  // namespace

void Requests::start(Version& first, Reference reference, uint16_t period) {
  g_requests = this;
  *current_ = {&first, reference, nullptr, 0, 0, {}};
  last_answer_ = x86::read_tsc_ordered();
  take_interrupts();
  constexpr uint8_t kTimerAlone = 0xFE;
  set_up_controllers(kTimer, kTimerAlone);
  start_timer(period);
  asm volatile("sti" : : : "memory");
}

void Requests::stop() {
  asm volatile("cli" : : : "memory");
  constexpr uint8_t kNothing = 0xFF;
  x86::out8(kFirstController + 1, kNothing);
  asm volatile("lidt %0" : : "m"(g_before) : "memory");
}

void Requests::swap(Version& next, Reference reference) {
  Side* const old = current_;
  Side* side = sides_;
  while (side == old || side == old->before) ++side;
  *side = {&next, reference, old, 0, 0, {}};
  replaced_ = nullptr;
  counts_.boundaries = 0;
  stepping_ = true;
  asm volatile("pushf\n orl $0x100, (%%esp)\n popf" : : : "memory", "cc");
  current_ = side;
  asm volatile("pushf\n andl $~0x100, (%%esp)\n popf" : : : "memory", "cc");
  stepping_ = false;
  // Whose pages are those that come next.
  old->before = nullptr;
}

void Requests::ask() {
  ++counts_.asked;
  random_ = random_ * 1'664'525 + 1'013'904'223;
  const uint32_t question = random_;
  Side* side = current_;
  Answer answer = side->version->ask(question);
  if (!answer.is_there() && side->before != nullptr) {
    replaced_ = side->version;
    failed_on_ = question;
    failed_by_ = answer.outcome;
    current_ = side = side->before;
    answer = side->version->ask(question);
  }
  if (answer.is_there()) {
    const uint64_t now = x86::read_tsc_ordered();
    if (now - last_answer_ > counts_.longest_gap) counts_.longest_gap = now - last_answer_;
    last_answer_ = now;
    if (side->answered == 0) side->first_answer = now;
    side->last[side->answered++ % kRecorded] = {question, answer.value};
    ++counts_.answered;
    if (side->reference != nullptr) {
      ++counts_.checked;
      if (side->reference(question) != answer.value) ++counts_.wrong;
    }
  }
  asked_ = asked_ + 1;
}

void Requests::at_boundary() {
  if (!stepping_) return;
  ++counts_.boundaries;
  ask();
}

void Requests::wait_for(uint32_t count) const {
  const uint32_t begin = asked_;
  // Without `pause`, which costs an emulator more than what goes on here.
  while (asked_ - begin < count) {
  }
}

void Requests::record(Answered (&answers)[kRecorded]) const {
  // Not volatile: read where no request comes.
  for (bool enough = false; !enough; x86::pause()) {
    asm volatile("cli" : : : "memory");
    const Side& side = *current_;
    enough = side.answered >= kRecorded;
    for (uint32_t i = 0; enough && i < kRecorded; ++i) answers[i] = side.last[i];
    asm volatile("sti" : : : "memory");
  }
}

}  // namespace jit::reload
