#include "kernel/recovery.h"

#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "recovery/trap_record.h"
#include "trap_frame.h"

namespace kernel {

extern "C" {
// recovery_stubs.asm
extern const uint32_t recovery_stubs[];
extern char double_fault_stack_end[];
extern uint32_t guarded_esp;  // where the run that is on goes back
bool enter_guarded(void (*code)(void*), void* context, uint32_t stack_top);
[[noreturn]] void leave_returned();
void leave_trapped();
void double_fault_entry();
}

namespace {

constexpr unsigned kVectors = 32;
constexpr unsigned kNmi = 2, kMachineCheck = 18;  // not of the code that was interrupted
constexpr uint16_t kTaskSelector = 24, kDoubleFaultSelector = 32;
constexpr uint32_t kNoFlags = 2;  // bit 1 is always set

// An exception has no one to hand it these, so they are global. The alignment keeps each task's
// state within a page, as Intel SDM volume 3, 7.2.1 asks.
alignas(128) x86::TaskState run_task, double_fault_task;
bool installed = false;
struct Run {
  bool on;
  Trap* trap;
  CodeRange range;
} run;
WriteHandler write_handler;

/// What recovery_stubs.asm does next.
enum class Next : uint8_t { panic, leave, resume };

template <class T>
uint32_t address_of(T* pointer) {
  return reinterpret_cast<uint32_t>(pointer);
}

uint32_t read_cr2() {
  uint32_t value;
  asm volatile("mov %%cr2, %0" : "=r"(value));
  return value;
}

/// A task that begins at `eip` with interrupts off. CR3 and the rest that does not change stays.
void begin_at(x86::TaskState& task, uint32_t eip, uint32_t esp) {
  task.eip = eip;
  task.esp = esp;
  task.eflags = kNoFlags;
  task.cs = x86::kCodeSelector;
  task.es = task.ss = task.ds = task.fs = task.gs = x86::kDataSelector;
  task.port_map = sizeof task;  // none
}

/// A task switch loads CR3 and never saves it, so both tasks must have the present one.
void take_cr3() {
  uint32_t cr3;
  asm volatile("mov %%cr3, %0" : "=r"(cr3));
  run_task.cr3 = double_fault_task.cr3 = cr3;
}

/// Ends the run, which an exception in its handling must find ended. True where `trap` is its.
bool take(const Trap& trap) {
  const bool is_ours = run.on && covers(run.range, trap);
  run.on = false;
  if (is_ours) *run.trap = trap;
  return is_ours;
}

/// A double fault that is no one's. The interrupted stack cannot hold the frame: the esp of the
/// [PANIC] line is that of this copy.
[[noreturn]] void panic_from(const x86::TaskState& task) {
  const x86::TrapFrame frame = {task.edi,   task.esi, task.ebp,     0, task.ebx, task.edx,
                                task.ecx,   task.eax, kDoubleFault, 0, task.eip, task.cs,
                                task.eflags};
  x86::handle_trap(&frame);
}

}  // namespace

extern "C" Next catch_trap(uint32_t vector, const uint32_t* pushed) {
  const Trap trap = trap_of(vector, pushed, address_of(pushed), read_cr2());
  if (write_handler.write != nullptr && is_forbidden_write(trap)) {
    const WriteHandler handler = write_handler;
    write_handler = {};  // an exception in it is nobody's
    const Run outer = run;
    run.on = false;
    const bool again = handler.write(handler.context, trap.address);
    run = outer;
    write_handler = handler;
    if (again) return Next::resume;
  }
  return take(trap) ? Next::leave : Next::panic;
}

void use(const WriteHandler& handler) { write_handler = handler; }

// The processor says that eip is undefined here (Intel SDM volume 3, 6.15, interrupt 8); it is that
// of the instruction on all that we have run.
extern "C" void catch_double_fault() {
  if (!take({kDoubleFault, 0, run_task.eip, run_task.esp, read_cr2()})) panic_from(run_task);
  // leave_trapped needs no stack before it has its own.
  begin_at(run_task, address_of(&leave_trapped), address_of(double_fault_stack_end));
}

void install_recovery() {
  take_cr3();
  if (installed) return;
  installed = true;
  begin_at(double_fault_task, address_of(&double_fault_entry), address_of(double_fault_stack_end));
  run_task.port_map = sizeof run_task;

  static uint64_t segments[] = {0, x86::kFlatCode, x86::kFlatData, 0, 0};
  segments[kTaskSelector / 8] = x86::task_descriptor(address_of(&run_task));
  segments[kDoubleFaultSelector / 8] = x86::task_descriptor(address_of(&double_fault_task));
  const x86::TableRegister gdt = x86::table_of(segments);
  asm volatile("lgdt %0; ltr %1" : : "m"(gdt), "r"(kTaskSelector) : "memory");

  static x86::Gate gates[kVectors];
  for (unsigned i = 0; i < kVectors; ++i) {
    const bool is_of_machine = i == kNmi || i == kMachineCheck;
    const uint32_t panics = address_of(x86::trap_stubs) + i * x86::kTrapStubBytes;
    gates[i] = x86::interrupt_gate(is_of_machine ? panics : recovery_stubs[i]);
  }
  gates[kDoubleFault] = x86::task_gate(kDoubleFaultSelector);
  const x86::TableRegister idt = x86::table_of(gates);
  asm volatile("lidt %0" : : "m"(idt) : "memory");
}

bool run_guarded(void (*code)(void*), void* context, uint32_t stack_top, Trap& trap,
                 CodeRange range) {
  install_recovery();
  const Run outer = run;
  const uint32_t outer_esp = guarded_esp;
  run = {true, &trap, range};
  const bool returned = enter_guarded(code, context, stack_top);
  run = outer;
  guarded_esp = outer_esp;
  return returned;
}

void leave_guarded() {
  if (!run.on) panic("leave_guarded without a guarded run");
  leave_returned();
}

}  // namespace kernel
