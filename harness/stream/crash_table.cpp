// To add a signature: one row. It must be what the source of that kernel or runtime prints, so far
// to the left of the line as possible, and long enough that no sentence starts with it.
#include "stream/crash.h"

namespace harness {
namespace {

constexpr auto kStart = CrashAnchor::start;
constexpr auto kCounted = CrashAnchor::counted;
constexpr auto kAddress = CrashAnchor::address;
constexpr auto kWhole = CrashAnchor::whole;
constexpr auto kEnd = CrashAnchor::end;
constexpr auto kPlace = CrashAnchor::place;
constexpr auto kFunction = CrashAnchor::function;
constexpr auto kWord = CrashAnchor::word;

constexpr CrashSignature kSignatures[] = {
    // Linux (kernel/panic.c, arch/*/kernel/traps.c, arch/*/mm/fault.c), and what follows its forms.
    {"linux", kStart, "Kernel panic - not syncing"},
    {"linux", kStart, "---[ end Kernel panic"},
    {"linux", kStart, "BUG: unable to handle "},
    {"linux", kStart, "BUG: Unable to handle "},  // PowerPC
    {"linux", kStart, "BUG: kernel NULL pointer dereference"},
    {"linux", kStart, "BUG: stack guard page was hit"},
    {"linux", kStart, "BUG: ", " stack guard page was hit at "},  // since 5.16: which stack
    {"linux", kStart, "Unable to handle kernel "},
    {"linux", kCounted, "Oops: "},
    {"linux", kCounted, "Oops - "},      // RISC-V
    {"linux", kStart, "Oops [#"},        // RISC-V
    {"linux", kStart, "Kernel BUG [#"},  // RISC-V
    {"linux", kStart, "Oops[#"},         // MIPS, LoongArch
    {"linux", kStart, "Kernel bug detected[#"},
    {"linux", kCounted, "Internal error: "},
    {"linux", kCounted, "invalid opcode: "},
    {"linux", kCounted, "divide error: "},
    {"linux", kCounted, "divide_error: "},
    {"linux", kCounted, "double fault: "},
    {"linux", kCounted, "stack segment: "},
    {"linux", kCounted, "segment not present: "},
    {"linux", kCounted, "invalid TSS: "},
    {"linux", kCounted, "alignment check: "},
    {"linux", kCounted, "int3: "},
    {"linux", kCounted, "bounds: "},
    {"linux", kCounted, "device not available: "},
    {"linux", kStart, "traps: PANIC: "},
    {"linux", kStart, "general protection fault: "},
    {"linux", kStart, "general protection fault, "},
    {"linux", kCounted, "general protection fault for non-canonical address "},
    {"linux", kCounted, "segment-related general protection fault: "},
    {"linux", kCounted, "illegal operation: ", " ilc:"},  // s390
    {"linux", kCounted, "specification exception: ", " ilc:"},
    {"linux", kCounted, "addressing exception: ", " ilc:"},
    {"linux", kCounted, "protection exception: ", " ilc:"},
    {"linux", kPlace, "Oops [#"},  // SPARC
    {"linux", kStart, "kernel BUG at "},
    {"linux", kStart, "watchdog: BUG: soft lockup"},
    {"linux", kStart, "NMI watchdog: BUG: soft lockup"},  // before 4.19
    {"linux", kStart, "BUG: soft lockup - CPU#"},         // before 3.16
    {"linux", kStart, "watchdog: Watchdog detected hard LOCKUP"},
    {"linux", kStart, "watchdog: CPU", ": Watchdog detected hard LOCKUP"},
    {"linux", kStart, "NMI watchdog: Watchdog detected hard LOCKUP"},
    {"linux", kStart, " -- System halted"},  // the decompressor
    {"linux", kStart, "systemd[1]: Freezing execution"},
    // BSD, Go, xv6; Rust before and since 1.91; Zig; LK; Asterinas; RIOT; NuttX.
    {"panic", kStart, "panic: "},
    {"panic", kStart, "lapicid ", ": panic: "},
    {"panic", kStart, "cpu with apicid ", ": panic: "},  // xv6 before 2018
    {"panic", kStart, "(sys_whoami failed): panic: "},   // MINIX
    {"panic", kStart, "panic {cpu", "} "},               // GNU Mach
    {"panic", kStart, "panic ../", ": "},                // for one processor
    {"panic", kStart, "kernel: panic: "},
    {"panic", kStart, "Kernel: panic: "},
    {"panic", kStart, "KERNEL: panic: "},
    {"panic", kStart, "panicked at "},
    {"panic", kStart, "thread '", "' panicked at "},
    {"panic", kStart, "thread '", ") panicked at "},
    {"panic", kStart, "thread ", " panic: "},
    {"panic", kStart, "panic (caller "},
    {"panic", kStart, "panic(cpu ", " caller "},  // XNU
    {"panic", kStart, "panic[cpu", "]/thread="},  // illumos
    {"panic", kPlace, "panic: "},
    {"panic", kStart, "Panicked at ", ".rs:"},  // rCore and what follows it
    {"panic", kStart, "Panicked: "},
    {"panic", kStart, "[rustsbi-panic] ", "panicked at "},  // RustSBI
    {"panic", kStart, "Kernel Panic Occurred."},            // DragonOS
    {"panic", kStart, "thread panicked while "},            // Rust: a panic in a panic
    {"panic", kStart, "thread caused non-unwinding panic."},
    {"panic", kStart, "ERROR panicked at "},  // defmt
    {"panic", kStart, "Uncaught panic:"},
    {"panic", kStart, "*** RIOT kernel panic:"},
    {"panic", kEnd, "*** RIOT kernel panic:", "> "},  // behind a place, or its shell's prompt
    {"panic", kFunction, "PANIC!!!"},
    // A kernel's own log: "mm: PANIC: ...", "[mm] Kernel panic: ...".
    {"panic", kFunction, "PANIC: "},
    {"panic", kFunction, "KERNEL PANIC: "},
    {"panic", kFunction, "KERNEL PANIC!"},
    {"panic", kFunction, "Kernel panic: "},
    {"panic", kFunction, "Panic! "},  // Managarm
    {"panic", kStart, "Solo5: ABORT: "},
    {"panic", kStart, "(XEN) ", "Panic on CPU "},
    {"panic", kStart, "(XEN) ", "Xen BUG at "},
    {"panic", kStart, "(XEN) ", "crashed: rebooting machine in "},
    {"panic", kStart, "Panic on CPU "},
    {"panic", kStart, "ZIRCON KERNEL PANIC"},
    {"panic", kWhole, "STARNIX KERNEL PANIC"},
    {"panic", kStart, "PANIC at PC : "},    // TF-A
    {"panic", kStart, "PANIC in EL3"},      // TF-A
    {"panic", kStart, "E/TC:", " Panic "},  // OP-TEE
    // "PANIC: ...", "KERNEL PANIC!", "*** kernel panic ***": MentOS, SerenityOS, Redox, IncludeOS,
    // Limine, Haiku and many more.
    {"panic", kWord, "panic"},
    {"panic", kWord, "kernel panic"},
    {"panic", kWord, "kernel_panic"},
    {"panic", kWord, "kpanic"},
    // Faults that end a kernel, a monitor or a firmware.
    {"fatal", kStart, ">>> ZEPHYR FATAL ERROR "},
    {"fatal", kStart, "Fatal trap ", ": "},           // FreeBSD
    {"fatal", kStart, "Fatal double fault"},          // FreeBSD
    {"fatal", kStart, "*** Fatal System Error: 0x"},  // ReactOS, Windows
    {"fatal", kStart, "Entered debugger on last-chance exception"},
    {"fatal", kStart, "fatal ", " in supervisor mode"},  // NetBSD
    {"fatal", kStart, "kernel: ", " trap, code="},       // OpenBSD
    {"fatal", kStart, "!!!! ", " Exception Type - "},    // EDK2
    {"fatal", kStart, "Synchronous Exception at 0x"},    // EDK2 on ARM
    {"fatal", kAddress, "SError Exception at 0x"},
    {"fatal", kAddress, "IRQ Exception at 0x"},
    {"fatal", kAddress, "FIQ Exception at 0x"},
    {"fatal", kStart, "Data Abort Exception PC at 0x"},  // of 32 bits
    {"fatal", kStart, "Prefetch Abort Exception PC at 0x"},
    {"fatal", kStart, "Undefined OpCode Exception PC at 0x"},
    {"fatal", kStart, "\"Synchronous Abort\" handler"},  // U-Boot on aarch64
    {"fatal", kStart, "\"Error\" handler, esr"},
    {"fatal", kWhole, "data abort"},  // U-Boot on arm
    {"fatal", kWhole, "prefetch abort"},
    {"fatal", kWhole, "undefined instruction"},
    {"fatal", kStart, "Unhandled exception: "},  // U-Boot on RISC-V
    {"fatal", kStart, "### ERROR ### Please RESET the board ###"},
    {"fatal", kStart, "initcall failed at "},  // U-Boot
    {"fatal", kStart, "sbi_trap_error: "},     // OpenSBI
    {"fatal", kStart, "init_coldboot: ", " init failed (error "},
    {"fatal", kStart, "Unhandled Exception "},  // TF-A
    {"fatal", kStart, "seL4 called fail at "},
    {"fatal", kStart, "seL4 root server abort()ed"},
    {"fatal", kWhole, "while trying to handle:"},  // seL4
    {"fatal", kStart, "Found thread has no fault handler while trying to handle:"},
    {"fatal", kStart, "KERNEL DATA ABORT!"},  // seL4 on ARM
    {"fatal", kStart, "KERNEL PREFETCH ABORT!"},
    {"fatal", kStart, "Init function at ", " returned error "},  // Unikraft, behind its place
    {"fatal", kStart, "ERR:", "Init function at "},
    {"fatal", kStart, "CRIT: [", "] <"},              // Unikraft's level of a crash
    {"fatal", kStart, "CRIT: <", "] <"},              // with its thread
    {"fatal", kStart, "CRIT: {r:", "] <"},            // with its caller
    {"fatal", kEnd, "(); halt", " failed at "},       // Nanos
    {"fatal", kStart, "no fault handler for frame"},  // Nanos
    {"fatal", kEnd, ", halting", "unhandled "},       // LK
    {"fatal", kEnd, " abort, halting"},
    {"fatal", kEnd, " fault, halting"},
    {"fatal", kEnd, "exception, halting"},
    // Kernels of tutorials, and many that followed them: Bran's, JamesM's, "Writing an OS in Rust".
    {"fatal", kEnd, "xception. System Halted!"},
    {"fatal", kEnd, "xception. System halted!"},
    {"fatal", kWhole, "EXCEPTION: PAGE FAULT"},
    {"fatal", kWhole, "EXCEPTION: GENERAL PROTECTION FAULT"},
    {"fatal", kWhole, "EXCEPTION: DOUBLE FAULT"},
    {"fatal", kStart, "Uncaught exception of type '"},  // Genode
    {"fatal", kStart, "L4Re[", "]: unhandled "},
    {"fatal", kStart, "Guru Meditation Error: "},  // ESP-IDF
    {"fatal", kStart, "abort() was called at PC 0x"},
    {"fatal", kStart, "hard fault on thread: "},  // RT-Thread
    {"fatal", kStart, "***ERROR*** A stack overflow in task "},
    {"fatal", kStart, "++ MbedOS ", "++"},                      // Mbed OS
    {"fatal", kStart, "fatal source: ", "_SOURCE_EXCEPTION)"},  // RTEMS
    {"fatal", kStart, "fatal source: ", "_SOURCE_ASSERT)"},
    {"fatal", kStart, "fatal source: ", "_SOURCE_BSP)"},
    {"fatal", kStart, "fatal source: ", "_STACK_CHECKER)"},
    {"fatal", kStart, "fatal source: ", "_API)"},
    {"fatal", kStart, "fatal source: ", "(INTERNAL_ERROR_CORE)"},
    {"fatal", kStart, "Unhandled interrupt (", "), exception sp 0x"},  // Mynewt
    {"fatal", kStart, "Unexpected Exception: ", " - Halting"},         // coreboot
    {"fatal", kStart, "Unhandled exception ", " at ip "},              // kvm-unit-tests on x86
    {"fatal", kStart, "Unhandled cpu exception ", " at ip "},
    {"fatal", kStart, "Unhandled exception ec=0x", " ("},  // on arm64
    {"fatal", kStart, "Unhandled vector ", " (el"},
    {"fatal", kStart, "BUG at ", "()!"},                           // U-Boot and what took its bug.h
    {"fatal", kStart, "Page fault at linear address ", ", rip "},  // Mini-OS
    {"fatal", kStart, "page fault outside application, addr"},     // OSv
    {"fatal", kWhole, "[backtrace]"},                              // OSv
    {"fatal", kStart, "Failed to load object: ", ". Powering off."},  // OSv
    {"fatal", kStart, "Aborted. Press any key to exit."},             // GRUB
    {"fatal", kStart, "fatal error: all goroutines are asleep"},
    {"fatal", kStart, "fatal error: unexpected signal"},  // Go
    {"fatal", kStart, "fatal error: stack overflow"},
    {"fatal", kStart, "fatal error: concurrent map "},
    {"fatal", kStart, "fatal error: runtime: "},
    {"fatal", kStart, "fatal error: sync: "},
    {"fatal", kStart, "fatal error: morestack on "},
    {"fatal", kStart, "fatal error: found bad pointer in Go heap"},
    {"fatal", kStart, "[signal SIG", " code=0x"},
    {"fatal", kStart, "unexpected fault address 0x"},
    {"fatal", kStart, "PC=0x", " sigcode="},
    {"fatal", kStart, "runtime: failed to create new OS thread"},
    {"fatal", kWhole, "fatal error: fault"},
    {"fatal", kWhole, "fatal error: out of memory"},
    {"fatal", kStart, "fatal runtime error: "},  // Rust
    {"fatal", kStart, "memory allocation of ", " bytes failed"},
    {"fatal", kStart, "Fatal Python error: "},
    {"fatal", kStart, "Fatal error: exception "},       // OCaml: MirageOS
    {"fatal", kPlace, "Fatal error: "},                 // Swift
    {"fatal", kStart, "raised ", "_ERROR : "},          // Ada
    {"fatal", kStart, "Runtime error ", " at $"},       // Free Pascal
    {"fatal", kStart, "Error: unhandled exception: "},  // Nim
    {"fatal", kStart, "SIGSEGV: Illegal storage access."},
    {"fatal", kStart, "core.exception.", "@"},           // D
    {"fatal", kStart, "Exception in thread \"main\" "},  // Java
    {"fatal", kStart, "# A fatal error has been detected by the Java Runtime Environment"},
    {"fatal", kStart, "Unhandled exception. "},                              // .NET
    {"fatal", kStart, "Kernel pid terminated ("},                            // Erlang
    {"fatal", kStart, "FATAL ERROR: ", " - JavaScript heap out of memory"},  // V8
    {"fatal", kStart, "gem5 has encountered a segmentation fault!"},
    {"fatal", kPlace, "fatal: "},        // gem5
    {"fatal", kStart, "qemu: fatal: "},  // QEMU's own, in a log of both
    {"fatal", kStart, "qemu: hardware error: "},
    {"fatal", kStart, "terminate called "},  // libstdc++
    {"fatal", kStart, "libc++abi: terminating"},
    {"fatal", kWhole, "pure virtual method called"},
    {"fatal", kStart, "*** Check failure stack trace: ***"},  // glog, Abseil
    {"fatal", kStart, "Fatal glibc error: "},
    {"fatal", kStart, "double free or corruption ("},  // glibc
    {"fatal", kStart, "free(): invalid "},
    {"fatal", kStart, "free(): double free detected "},
    {"fatal", kStart, "realloc(): invalid "},
    {"fatal", kStart, "malloc(): corrupted "},
    {"fatal", kStart, "malloc(): invalid "},
    {"fatal", kStart, "malloc(): unaligned "},
    {"fatal", kStart, "malloc_consolidate(): "},
    {"fatal", kWhole, "corrupted double-linked list"},
    {"fatal", kStart, "corrupted size vs. prev_size"},
    {"fatal", kStart, "munmap_chunk(): invalid pointer"},
    // Assertions: the C libraries, Rust, and kernels with a form of their own.
    {"assert", kEnd, "' failed.", ": Assertion `"},   // glibc
    {"assert", kEnd, "' failed.", ": Assertion '"},   // libstdc++
    {"assert", kEnd, "' failed!", ": Assertion '"},   // mlibc
    {"assert", kEnd, "\" failed", ": assertion \""},  // Bionic
    {"assert", kPlace, "Assertion failed: "},         // LLVM's libc
    {"assert", kPlace, "assertion ", " failed: "},    // libc++
    {"assert", kPlace, "assertion failed: "},
    {"assert", kEnd, "(). Aborting.", "Assertion '"},          // systemd
    {"assert", kStart, "Assertion \"", "\" failed at line "},  // lwIP
    {"assert", kStart, "Assert @ 0x"},                         // Mynewt
    {"assert", kStart, "ASSERTION-FAILED(", ") at "},          // JamesM's tutorial
    {"assert", kStart, "ERROR:", ": assertion failed"},        // GLib
    {"assert", kStart, "*** Assertion failed: "},              // ReactOS
    {"assert", kStart, "Assertion failed: "},                  // musl, BSD, OSv
    {"assert", kStart, "assertion \"", "\" failed: file"},     // newlib
    {"assert", kStart, "assertion failed: "},                  // Rust
    {"assert", kStart, "Assertion failure: "},                 // Unikraft
    {"assert", kStart, "ASSERTION FAILED: "},                  // SerenityOS
    {"assert", kStart, "ASSERTION FAIL [", "] @ "},            // Zephyr
    {"assert", kStart, "ASSERT FAILED at ("},                  // LK, Zircon
    {"assert", kStart, "DEBUG ASSERT FAILED at ("},
    {"assert", kStart, "ASSERT [", "] "},               // EDK2
    {"assert", kStart, "ASSERT_EFI_ERROR (Status = "},  // EDK2
    {"assert", kStart, "ASSERT_RETURN_ERROR (Status = "},
    {"assert", kStart, "ASSERT: ", ".c:"},           // TF-A
    {"assert", kStart, "ASSERT: File "},             // TF-A before 2.9
    {"assert", kStart, "ASSERT! Line ", ", file "},  // FreeRTOS's demos
    {"assert", kStart, "ASSERTION ERROR: file '"},   // coreboot
    {"assert", kStart, "assert failed: ", " ("},     // ESP-IDF
    {"assert", kStart, "(XEN) ", "Assertion '"},
    {"assert", kStart, "seL4 failed assertion '"},
    {"assert", kFunction, "Assertion failed ", "at file:"},      // NuttX
    {"assert", kStart, "(", ") assertion failed at function:"},  // RT-Thread
    {"stack", kStart, "*** stack smashing detected ***"},
    {"stack", kStart, "*** buffer overflow detected ***"},
    {"stack", kStart, "*** bit out of range ", " ***: terminated"},
    {"stack", kStart, "*** longjmp causes uninitialized stack frame ***"},
    {"stack", kStart, "*** invalid %N$ use detected ***"},
    {"stack", kStart, "*** %n in writable segment detected ***"},
    // The compiler's sanitizers, in programs and in kernels.
    {"sanitizer", kPlace, "runtime error: "},
    {"sanitizer", kStart, "==", "==ERROR: AddressSanitizer"},
    {"sanitizer", kStart, "==", "==ERROR: HWAddressSanitizer"},
    {"sanitizer", kStart, "==", "==ERROR: ThreadSanitizer"},
    {"sanitizer", kStart, "==", "==ERROR: LeakSanitizer"},
    {"sanitizer", kStart, "==", "==ERROR: UndefinedBehaviorSanitizer"},
    {"sanitizer", kStart, "==", "==WARNING: MemorySanitizer"},
    {"sanitizer", kStart, "WARNING: ThreadSanitizer: "},
    {"sanitizer", kWhole, "WARNING: DATA RACE"},        // Go
    {"sanitizer", kStart, "BUG ", " (Not tainted): "},  // Linux's slabs
    {"sanitizer", kStart, "BUG ", " (Tainted: "},
    {"sanitizer", kStart, "BUG: KASAN: "},
    {"sanitizer", kStart, "BUG: KMSAN: "},
    {"sanitizer", kStart, "BUG: KCSAN: "},
    {"sanitizer", kStart, "BUG: KFENCE: "},
    {"sanitizer", kStart, "UBSAN: ", " in "},
    {"sanitizer", kStart, "UBSan: Undefined Behavior in "},  // NetBSD
    {"sanitizer", kStart, "ubsan: ", " by 0x"},              // the minimal runtime
    // Monitors that tell of a guest's triple fault in the same stream.
    {"triple_fault", kStart, "(XEN) ", "Triple fault - invoking HVM shutdown action"},
    {"triple_fault", kStart, "KVM internal error. Suberror: "},
    {"triple_fault", kStart, "KVM exit reason: ", "KVM_EXIT_SHUTDOWN"},
};

}  // namespace

std::span<const CrashSignature> crash_signatures() { return kSignatures; }

}  // namespace harness
