#include "traps.h"

#include "exit.h"
#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "layout.h"
#include "trap_frame.h"

namespace x86 {
namespace {

constexpr unsigned kVectors = 32;
constexpr unsigned kMaxFrames = 16;

// Intel SDM volume 3, table 6-1.
constexpr const char* kNames[kVectors] = {"divide error",
                                          "debug",
                                          "NMI",
                                          "breakpoint",
                                          "overflow",
                                          "bound range",
                                          "invalid opcode",
                                          "no FPU",
                                          "double fault",
                                          "FPU segment overrun",
                                          "invalid TSS",
                                          "segment not present",
                                          "stack segment",
                                          "general protection",
                                          "page fault",
                                          "reserved",
                                          "FPU error",
                                          "alignment check",
                                          "machine check",
                                          "SIMD error",
                                          "virtualization",
                                          "control protection",
                                          "reserved",
                                          "reserved",
                                          "reserved",
                                          "reserved",
                                          "reserved",
                                          "reserved",
                                          "hypervisor injection",
                                          "VMM communication",
                                          "security",
                                          "reserved"};

// A panic comes from anywhere and has no one to hand it its output, so this is global.
kernel::SerialAndScreen* panic_output = nullptr;
bool panicking = false;

/// Starts the line, or exits at once when this is a panic inside a panic or there is no output.
kernel::Console begin_panic() {
  if (panicking || panic_output == nullptr) kernel::exit_machine(wire::Exit::panic);
  panicking = true;
  kernel::Console out(*panic_output);
  // The line must be found, so it never continues another. It stands outside the checksum: [END]
  // does not follow.
  if (!panic_output->at_line_start()) out.newline();
  return out.color(kernel::Color::light_red).text(wire::kPanic).text(" ");
}

void hex(kernel::Console& out, const char* name, uint32_t value) {
  out.text(" ").text(name).text("=0x").hex(value);
}

bool is_code(uint32_t address) {
  return address >= reinterpret_cast<uint32_t>(text_start) &&
         address < reinterpret_cast<uint32_t>(text_end);
}

/// eip, then the return addresses up the chain of frame pointers. Each link is checked before it is
/// followed, so a ruined stack shortens the trace and does no more.
void trace(kernel::Console& out, uint32_t eip, uint32_t frame) {
  out.text(" trace=0x").hex(eip);
  uint32_t lowest = kStackBottom;
  for (unsigned i = 0; i < kMaxFrames; ++i) {
    if (frame < lowest || frame > kStackTop - 8 || frame % 4 != 0) break;
    const auto* link = reinterpret_cast<const uint32_t*>(frame);
    if (!is_code(link[1])) break;
    out.text(",0x").hex(link[1]);
    lowest = frame + 8;
    frame = link[0];
  }
}

[[noreturn]] void end_panic(kernel::Console& out) {
  out.newline();
  exit_when_screen_was_read(wire::Exit::panic);
}

}  // namespace

extern "C" [[noreturn]] void handle_trap(const TrapFrame* frame) {
  uint32_t cr2;
  asm volatile("mov %%cr2, %0" : "=r"(cr2));
  kernel::Console out = begin_panic();
  out.text("exception ").decimal(frame->vector);
  out.text(" (").text(kNames[frame->vector % kVectors]).text("):");
  hex(out, "error", frame->error);
  hex(out, "eip", frame->eip);
  hex(out, "cs", frame->cs & 0xFFFF);
  hex(out, "eflags", frame->eflags);
  hex(out, "cr2", cr2);
  hex(out, "eax", frame->eax);
  hex(out, "ebx", frame->ebx);
  hex(out, "ecx", frame->ecx);
  hex(out, "edx", frame->edx);
  hex(out, "esi", frame->esi);
  hex(out, "edi", frame->edi);
  hex(out, "ebp", frame->ebp);
  hex(out, "esp", reinterpret_cast<uint32_t>(frame + 1));
  trace(out, frame->eip, frame->ebp);
  end_panic(out);
}

void install_traps(kernel::SerialAndScreen& output) {
  panic_output = &output;
  static Gate table[kVectors];
  for (unsigned i = 0; i < kVectors; ++i) {
    const uint32_t stub = reinterpret_cast<uint32_t>(trap_stubs) + i * kTrapStubBytes;
    table[i] = interrupt_gate(stub);
  }
  const TableRegister idt = table_of(table);
  asm volatile("lidt %0" : : "m"(idt), "m"(table));
}

}  // namespace x86

// Not inlined, so that its caller's address and frame are those of whoever panicked.
[[gnu::noinline]] void kernel::panic(const char* reason) {
  const uint32_t eip = reinterpret_cast<uint32_t>(__builtin_return_address(0));
  const uint32_t* frame = static_cast<const uint32_t*>(__builtin_frame_address(0));
  Console out = x86::begin_panic();
  out.text(reason).text(":");
  x86::hex(out, "eip", eip);
  x86::trace(out, eip, frame[0]);
  x86::end_panic(out);
}
