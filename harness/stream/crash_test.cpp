#include "stream/crash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "stream/collector.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

std::string name_of(std::string_view line) {
  const CrashSignature* crash = find_crash(line);
  return crash ? std::string(crash->name) : "";
}

struct Known {
  const char* line;
  const char* name;
};
// As the kernels, runtimes and monitors print them.
constexpr Known kCrashes[] = {
    {"[    0.912345] Kernel panic - not syncing: VFS: Unable to mount root fs", "linux"},
    {"Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100", "linux"},
    {"[    1.000001][    T1] BUG: unable to handle page fault for address: ffff8800", "linux"},
    {"[    1.000001] BUG: unable to handle kernel NULL pointer dereference at 0000", "linux"},
    {"[   12.345678] Oops: 0002 [#1] PREEMPT SMP NOPTI", "linux"},
    {"[    3.141592] Internal error: Oops - undefined instruction: 0 [#1] SMP ARM", "linux"},
    {"[    1.500000] general protection fault, probably for non-canonical address 0xdead", "linux"},
    {"general protection fault: 0000 [#1] SMP", "linux"},
    {"[    2.000000] kernel BUG at mm/slub.c:305!", "linux"},
    {"invalid opcode: 0000 [#1] SMP", "linux"},
    {"divide error: 0000 [#1] SMP", "linux"},
    {"[  100.000000] watchdog: BUG: soft lockup - CPU#0 stuck for 22s!", "linux"},
    {"[    0.000000] Unable to handle kernel paging request at virtual address 0", "linux"},
    {"panic: runtime error: index out of range [5] with length 3", "panic"},
    {"panicked at src/main.rs:12:5:", "panic"},
    {"thread 'main' panicked at src/main.rs:2:5:", "panic"},
    {"Solo5: ABORT: virtio_net.c:123: bad", "panic"},
    {"prog: main.c:12: main: Assertion `x == 1' failed.", "assert"},
    {"Assertion failed: x == 1 (main.c: main: 12)", "assert"},
    {"assertion \"x == 1\" failed: file \"main.c\", line 12, function: main", "assert"},
    {"assertion failed: x == 1", "assert"},
    {"*** stack smashing detected ***: terminated", "stack"},
    {"*** buffer overflow detected ***: terminated", "stack"},
    {"main.c:12:5: runtime error: signed integer overflow: 1 + 2147483647", "sanitizer"},
    {"==123==ERROR: AddressSanitizer: heap-use-after-free on address 0x60", "sanitizer"},
    {"==123==ERROR: LeakSanitizer: detected memory leaks", "sanitizer"},
    {"==123==ERROR: UndefinedBehaviorSanitizer: SEGV on unknown address", "sanitizer"},
    {"==123==WARNING: MemorySanitizer: use-of-uninitialized-value", "sanitizer"},
    {"WARNING: ThreadSanitizer: data race (pid=9)", "sanitizer"},
    {"[    4.000000] BUG: KASAN: slab-out-of-bounds in foo+0x1/0x2", "sanitizer"},
    {"BUG: KMSAN: uninit-value in foo", "sanitizer"},
    {"BUG: KCSAN: data-race in a / b", "sanitizer"},
    {"BUG: KFENCE: use-after-free read in foo", "sanitizer"},
    {"[    4.000000] UBSAN: shift-out-of-bounds in lib/x.c:12:3", "sanitizer"},
    {"[   15.123456] ---[ end Kernel panic - not syncing: x ]---", "linux"},
    {"BUG: kernel NULL pointer dereference, address: 0000000000000000", "linux"},
    {"BUG: stack guard page was hit at 00000000 (stack is 0..1)", "linux"},
    {"[    1.0] Oops - illegal instruction [#1]", "linux"},
    {"double fault: 0000 [#1] SMP", "linux"},
    {"PANIC: Page fault!", "panic"},
    {"*** KERNEL PANIC! ***", "panic"},
    {"lapicid 0: panic: kerneltrap", "panic"},
    {"thread 'main' (1) panicked at src/main.rs:3:5:", "panic"},
    {"thread 1 panic: reached unreachable code", "panic"},
    {"panic (caller 0xffffffff80101234): bad", "panic"},
    {"Uncaught panic:", "panic"},
    {"*** RIOT kernel panic:", "panic"},
    {"core/msg.c:42 => *** RIOT kernel panic:", "panic"},
    {"arm_hardfault: PANIC!!! Hard Fault!:", "panic"},
    {"Panic on CPU 0:", "panic"},
    {"ZIRCON KERNEL PANIC", "panic"},
    {"PANIC at PC : 0x0000000004023e64", "panic"},
    {"PANIC in EL3.", "panic"},
    {"E/TC:0 0 Panic 'x' at core/a.c:12 <f>", "panic"},
    {"[00:00:00.010,000] <err> os: >>> ZEPHYR FATAL ERROR 4: Kernel panic on CPU 0", "fatal"},
    {"Fatal trap 12: page fault while in kernel mode", "fatal"},
    {"fatal page fault in supervisor mode", "fatal"},
    {"kernel: page fault trap, code=0", "fatal"},
    {"!!!! X64 Exception Type - 0E(#PF - Page-Fault)  CPU Apic ID - 00000000 !!!!", "fatal"},
    {"Synchronous Exception at 0x00000000BF5C2F3C", "fatal"},
    {"SError Exception at 0x000000004A6F1000", "fatal"},
    {"IRQ Exception at 0x000000004A6F1000", "fatal"},
    {"FIQ Exception at 0x000000004A6F1000", "fatal"},
    {"Data Abort Exception PC at 0x5F4C1A30  CPSR 0x6000013F nZCveAIFTsvc", "fatal"},
    {"Prefetch Abort Exception PC at 0x5F4C1A30  CPSR 0x6000013F", "fatal"},
    {"Undefined OpCode Exception PC at 0x5F4C1A30  CPSR 0x6000013F", "fatal"},
    {"Unhandled exception ec=0x25 (DABT_EL1)", "fatal"},
    {"Unhandled vector 4 (el1h_sync)", "fatal"},
    {"BUG at drivers/mmc/x.c:214/mmc_go()!", "fatal"},
    {"Page fault at linear address 10, rip 3f2a, regs 0x9fe8, sp 9ff0, our_sp 0x9fb0, code 0",
     "fatal"},
    {"fatal error: sync: unlock of unlocked mutex", "fatal"},
    {"fatal error: fault", "fatal"},
    {"fatal error: out of memory", "fatal"},
    {"[    4.2] BUG: IRQ stack guard page was hit at 00000000a1 (stack is 00000000b2..00000000c3)",
     "linux"},
    {"[    4.201000] Oops[#1]:", "linux"},
    {"Kernel bug detected[#1]:", "linux"},
    {"[rustsbi-panic] hart 0 panicked at 'no monitor', platform/a.rs:71:25", "panic"},
    {"\x15\x07\t**** PANIC ****", "panic"},
    {"> *** RIOT kernel panic:", "panic"},
    {"hard fault on thread: tshell", "fatal"},
    {"(mutex != RT_NULL) assertion failed at function:rt_mutex_take, line number:812", "assert"},
    {"\"Synchronous Abort\" handler, esr 0x96000010", "fatal"},
    {"\"Error\" handler, esr 0xbf000002", "fatal"},
    {"data abort", "fatal"},
    {"prefetch abort", "fatal"},
    {"undefined instruction", "fatal"},
    {"Unhandled exception: Load access fault", "fatal"},
    {"### ERROR ### Please RESET the board ###", "fatal"},
    {"initcall failed at call 00000000 (err=-19)", "fatal"},
    {"sbi_trap_error: hart0: trap0: illegal instruction handler failed (error -2)", "fatal"},
    {"Unhandled Exception in EL3.", "fatal"},
    {"seL4 called fail at src/a.c:12 in function f, saying \"x\"", "fatal"},
    {"while trying to handle:", "fatal"},
    {"Found thread has no fault handler while trying to handle:", "fatal"},
    {"KERNEL DATA ABORT!", "fatal"},
    {"KERNEL PREFETCH ABORT!", "fatal"},
    {"Init function at 0x10f8a0 returned error -12", "fatal"},
    {"[    0.1] ERR:  [libukboot] <boot.c @  500> Init function at 0x10 returned error -12",
     "fatal"},
    {"[    0.2] CRIT: [libkvmplat] <trap.c @  120> page fault at linear address 0", "fatal"},
    {"Guru Meditation Error: Core  0 panic'ed (LoadProhibited).", "fatal"},
    {"page fault outside application, addr: 0x0", "fatal"},
    {"Aborted. Press any key to exit.", "fatal"},
    {"fatal error: all goroutines are asleep - deadlock!", "fatal"},
    {"fatal error: unexpected signal during runtime execution", "fatal"},
    {"Fatal error: exception Failure(\"x\")", "fatal"},
    {"terminate called after throwing an instance of 'std::bad_alloc'", "fatal"},
    {"libc++abi: terminating due to uncaught exception", "fatal"},
    {"Assertion failure: x == 1", "assert"},
    {"ASSERTION FAILED: x == 1", "assert"},
    {"ASSERTION FAIL [x == 1] @ WEST_TOPDIR/zephyr/kernel/a.c:12", "assert"},
    {"ASSERT FAILED at (kernel/a.c:12): x == 1", "assert"},
    {"DEBUG ASSERT FAILED at (kernel/a.c:12): x == 1", "assert"},
    {"ASSERT [PeiCore] /src/a.c(12): x == 1", "assert"},
    {"ASSERT_EFI_ERROR (Status = Not Found)", "assert"},
    {"seL4 failed assertion 'x' at src/a.c:12 in function f", "assert"},
    {"dump_assert_info: Assertion failed : at file: armv7-m/a.c:115 task: x", "assert"},
    {"(XEN) Panic on CPU 0:", "panic"},
    {"(XEN) [2026-11-25 21:00:00] Xen BUG at mm.c:1290", "panic"},
    {"(XEN) d5v0 Triple fault - invoking HVM shutdown action 1", "triple_fault"},
    {"KVM internal error. Suberror: 1", "triple_fault"},
    {"[    1.0] Oops [#1]", "linux"},
    {"Kernel BUG [#1]", "linux"},
    {"stack segment: 0000 [#1] SMP", "linux"},
    {"segment not present: 0018 [#1] SMP", "linux"},
    {"invalid TSS: 0000 [#1]", "linux"},
    {"alignment check: 0000 [#1] SMP", "linux"},
    {"int3: 0000 [#1] SMP", "linux"},
    {"[   12.0] traps: PANIC: double fault, error_code: 0x0", "linux"},
    {"[   12.0] NMI watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [a:1]", "linux"},
    {"BUG: soft lockup - CPU#1 stuck for 67s! [b:2]", "linux"},
    {"watchdog: Watchdog detected hard LOCKUP on cpu 1", "linux"},
    {"[  164.964389] watchdog: CPU3: Watchdog detected hard LOCKUP on cpu 3", "linux"},
    {"NMI watchdog: Watchdog detected hard LOCKUP on cpu 1", "linux"},
    {" -- System halted", "linux"},
    {"panic(cpu 0 caller 0xffffff8001234567): Kernel trap", "panic"},
    {"panic[cpu0]/thread=fffffffffbc2f260: BAD TRAP", "panic"},
    {"kernel/trap.c:12: panic: x", "panic"},
    {"[kernel] Panicked at src/task/mod.rs:12 none is left", "panic"},
    {"[ERROR] [kernel] Panicked: none is left", "panic"},
    {"[ ERROR ] (src/debug/panic/mod.rs:43)\t Kernel Panic Occurred. raw_pid: 0", "panic"},
    {"thread panicked while processing panic. aborting.", "panic"},
    {"Fatal double fault:", "fatal"},
    {"*** Fatal System Error: 0x0000007b", "fatal"},
    {"[    0.1] CRIT: <init> [libkvmplat] <traps.c @  182> page fault", "fatal"},
    {"[    0.1] CRIT: {r:0x1,f:0x2} [libkvmplat] <traps.c @  182> page fault", "fatal"},
    {"assertion x == 1 failed at /src/a.c:12  in f(); halt", "fatal"},
    {"abort() was called at PC 0x400d1234 on core 0", "fatal"},
    {"***ERROR*** A stack overflow in task main has been detected.", "fatal"},
    {"++ MbedOS Fault Handler ++", "fatal"},
    {"fatal source: 9 (RTEMS_FATAL_SOURCE_EXCEPTION)", "fatal"},
    {"fatal source: 7 (RTEMS_FATAL_SOURCE_ASSERT)", "fatal"},
    {"fatal source: 0 (INTERNAL_ERROR_CORE)", "fatal"},
    {"Unexpected Exception: 6 @ 10:000a1234 - Halting", "fatal"},
    {"Unhandled exception 13 #GP at ip 0000000000401234", "fatal"},
    {"Unhandled cpu exception 14 #PF at ip 00000000004012f8", "fatal"},
    {"fatal error: stack overflow", "fatal"},
    {"fatal error: concurrent map writes", "fatal"},
    {"fatal error: runtime: out of memory", "fatal"},
    {"fatal runtime error: stack overflow", "fatal"},
    {"memory allocation of 4096 bytes failed", "fatal"},
    {"Fatal Python error: Segmentation fault", "fatal"},
    {"pure virtual method called", "fatal"},
    {"double free or corruption (out)", "fatal"},
    {"free(): invalid pointer", "fatal"},
    {"free(): double free detected in tcache 2", "fatal"},
    {"malloc(): corrupted top size", "fatal"},
    {"malloc(): invalid size (unsorted)", "fatal"},
    {"malloc(): unaligned tcache chunk detected", "fatal"},
    {"corrupted size vs. prev_size", "fatal"},
    {"munmap_chunk(): invalid pointer", "fatal"},
    {"ASSERT_RETURN_ERROR (Status = Not Found)", "assert"},
    {"ASSERT: drivers/arm/gic/v3/gicv3_main.c:123", "assert"},
    {"ASSERT: File lib/x.c Line 100", "assert"},
    {"ASSERT! Line 123, file main.c", "assert"},
    {"ASSERTION ERROR: file 'src/lib/x.c', line 25", "assert"},
    {"assert failed: xQueueSemaphoreTake queue.c:1545 (pxQueue)", "assert"},
    {"(XEN) Assertion 'x == 1' failed at a.c:12", "assert"},
    {"KVM exit reason: 8 (\"KVM_EXIT_SHUTDOWN\")", "triple_fault"},
    {"BUG: Unable to handle kernel data access on read at 0x00000010", "linux"},
    {"bounds: 0000 [#1] SMP", "linux"},
    {"device not available: 0000 [#1] SMP", "linux"},
    {"[    3.5] systemd[1]: Freezing execution.", "linux"},
    {"cpu with apicid 1: panic: acquire", "panic"},
    {"(sys_whoami failed): panic: x", "panic"},
    {"vfs(1): panic: x", "panic"},
    {"panic {cpu0} ../kern/a.c:12: f: x", "panic"},
    {"panic ../kern/a.c:12: f: x", "panic"},
    {"thread caused non-unwinding panic. aborting.", "panic"},
    {"0.000123 ERROR panicked at 'x', src/main.rs:3:5", "panic"},
    {"core/mm: PANIC: x", "panic"},
    {"kernel: KERNEL PANIC: x", "panic"},
    {"[boot] KERNEL PANIC! x", "panic"},
    {"[mm] Kernel panic: x", "panic"},
    {"thor: Panic! x", "panic"},
    {"(XEN) Hardware Dom0 crashed: rebooting machine in 5 seconds.", "panic"},
    {"Entered debugger on last-chance exception (Exception Code: 0xC0000005)", "fatal"},
    {"seL4 root server abort()ed", "fatal"},
    {"unhandled page table walk, halting", "fatal"},
    {"data abort, halting", "fatal"},
    {"page fault, halting", "fatal"},
    {"exception, halting", "fatal"},
    {"[init -> a -> b] Error: Uncaught exception of type 'Genode::Denied'", "fatal"},
    {"L4Re[rm]: unhandled read page fault at 0x10 pc=0x1000", "fatal"},
    {"fatal source: 2 (RTEMS_FATAL_SOURCE_BSP)", "fatal"},
    {"fatal source: 12 (RTEMS_FATAL_SOURCE_STACK_CHECKER)", "fatal"},
    {"fatal source: 1 (INTERNAL_ERROR_RTEMS_API)", "fatal"},
    {"[backtrace]", "fatal"},
    {"Failed to load object: /a. Powering off.", "fatal"},
    {"fatal error: morestack on g0", "fatal"},
    {"fatal error: found bad pointer in Go heap (x)", "fatal"},
    {"[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]", "fatal"},
    {"unexpected fault address 0x1000", "fatal"},
    {"main/a.swift:3: Fatal error: x", "fatal"},
    {"raised CONSTRAINT_ERROR : a.adb:5 range check failed", "fatal"},
    {"Runtime error 216 at $0000000000401234", "fatal"},
    {"Error: unhandled exception: x [IndexDefect]", "fatal"},
    {"SIGSEGV: Illegal storage access. (x)", "fatal"},
    {"core.exception.RangeError@a.d(3): Range violation", "fatal"},
    {"Exception in thread \"main\" java.lang.Error", "fatal"},
    {"# A fatal error has been detected by the Java Runtime Environment:", "fatal"},
    {"*** Check failure stack trace: ***", "fatal"},
    {"Fatal glibc error: malloc.c:2599 (sysmalloc): assertion failed: x", "fatal"},
    {"realloc(): invalid next size", "fatal"},
    {"malloc_consolidate(): unaligned fastbin chunk detected", "fatal"},
    {"corrupted double-linked list", "fatal"},
    {"vector.h:9: int& std::vector<int>::front(): Assertion '!this->empty()' failed.", "assert"},
    {"In function main, file a.c:12: Assertion 'x == 1' failed!", "assert"},
    {"a.c:12: main: assertion \"x == 1\" failed", "assert"},
    {"src/a.c:12: Assertion failed: 'x == 1' in function: 'main'", "assert"},
    {"vector:1393: assertion __n < size() failed: index out of bounds", "assert"},
    {"ERROR:tests/a.c:3:f: assertion failed (x == 1): (2 == 1)", "assert"},
    {"*** Assertion failed: x == 1", "assert"},
    {"*** bit out of range 0 - FD_SETSIZE on fd_set ***: terminated", "stack"},
    {"*** %n in writable segment detected ***", "stack"},
    {"==123==ERROR: HWAddressSanitizer: tag-mismatch on address 0x1", "sanitizer"},
    {"==123==ERROR: ThreadSanitizer: SEGV on unknown address", "sanitizer"},
    {"[   1.0] UBSan: Undefined Behavior in /src/a.c:12:3, x", "sanitizer"},
    {"ubsan: add-overflow by 0x0000000000401234", "sanitizer"},
};

TEST(Crash, EveryRowIsFoundAndOnlyByItsOwnLines) {
  std::set<const CrashSignature*> found;
  for (const Known& known : kCrashes) {
    EXPECT_EQ(name_of(known.line), known.name) << known.line;
    found.insert(find_crash(known.line));
  }
  EXPECT_EQ(found.size(), crash_signatures().size()) << "a row without a line here is not tested";
}

TEST(Crash, IsFoundBehindColoursLevelsAndPrompts) {
  for (const char* line : {"\x1b[31m[   15.1] Kernel panic - not syncing: x\x1b[0m",
                           "<0>[   15.1] Kernel panic - not syncing: x",
                           "/ # [   15.1] Kernel panic - not syncing: x",
                           "=> PANIC: x",
                           "$ lapicid 0: panic: x",
                           "root@host:~# panic: x",
                           "ERROR: panicked at a.rs:1:2",
                           "[ERROR kernel::mm] panicked at a.rs:1",
                           "10%\r100%\rpanic: x",
                           "\x1b[2J\x1b[1;1HPANIC!",
                           "Kernel Panic!",
                           "kernel panic: x",
                           "KERNEL PANIC: panicked at kernel/src/a.rs:1",
                           "=== PANIC ===",
                           "!!! Kernel Panic !!!",
                           "**** PANIC: ****",
                           "PANIC @ a.c:3",
                           "panic - x",
                           "[Thu May 23 12:00:00 2024] panic: x",
                           "2024-05-23T12:22:33.123Z panic: x",
                           "KERNEL PANIC! :^(",
                           "CPU1: panic: x",
                           "[PANIC] oh no",
                           ">>> KERNEL PANIC <<<",
                           "[E] panicked at a.rs:1:2",
                           "[ PANIC ] x",
                           "[0][!!!PANIC!!!] src/main.rs:3: x",
                           "[    1.0@0] Kernel panic - not syncing: x",
                           "[  0.017983 0 axruntime::lang_items:5] panicked at src/lib.rs:1:1:",
                           "[#0 init_stage2(3:3)]: ASSERTION FAILED: x",
                           "[ 0.123] [ERROR] [kernel::panic] panicked at a.rs:1",
                           "2026-01-01T00:00:00Z ERROR kernel::panic > panicked at src/main.rs",
                           "kernel::panic:ERROR -- KERNEL PANIC: x",
                           "[@kernel::panic:33 ERROR] KERNEL PANIC: x",
                           "[init -> a] panic: x",
                           "######> Kernel panic on cpu0 due to a failed assertion: <######",
                           "PANIC(main): x",
                           "E (123) main: panicked at a.rs:2:3"}) {
    EXPECT_NE(name_of(line), "") << line;
  }
}

TEST(Crash, RowsOfOneNameStandTogether) {
  std::set<std::string_view> seen;
  std::string_view last;
  for (const CrashSignature& row : crash_signatures()) {
    if (row.name != last) EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    last = row.name;
  }
}

TEST(Crash, ATextThatQuotesOneIsNone) {
  for (const char* line : {"",
                           "[",
                           "[    1.0] ",
                           "no Kernel panic - not syncing so far",
                           "testing the Oops: handler",
                           "Oops: that was slow",
                           "a general protection fault was handled",
                           "panic handler installed",
                           "  panicked at nothing",
                           "Internal error: none",
                           "all assertions hold; none failed.",
                           "expected: Assertion `x' failed. (quoted)",
                           "the runtime error: none",
                           "a: runtime error: x",
                           "==",
                           "== results ==",
                           "watchdog: armed",
                           "KVM exit reason: 5 (\"KVM_EXIT_HLT\")",
                           "(XEN) HVM d1v0 fine",
                           "UBSAN: enabled",
                           "assertion checks are on",
                           "[TIMING] panic: 1",
                           "# panic: quoted",
                           "- panic: an item",
                           "> panic: quoted",
                           "panic_on_oops=1",
                           "panic=-1",
                           "Panic timeout is 5 seconds",
                           "kernel panic handler ready",
                           "Kernel panics are logged",
                           "PASS: panic: handled",
                           "thread 'a' started",
                           "thread pool: 4",
                           "Fatal traps: none",
                           "data aborted by user",
                           "Unhandled exceptions: 0",
                           "terminated normally",
                           "ASSERT is enabled",
                           "Assertion failed as expected",
                           "test: Assertion failed as expected",
                           "!!!! warning !!!!",
                           "Caught signal 2",
                           "CRIT: none",
                           "ok 3 - kernel panic",
                           "[panic_test] ok",
                           "[no panic] ok",
                           "[]",
                           "[ ",
                           "ASSERT: enabled",
                           "assert failed tests: 0",
                           "Panicked at nothing, he said",
                           "memory allocation of 4 KB works",
                           "fatal error: none",
                           "fatal source: 5 (RTEMS_FATAL_SOURCE_EXIT)",
                           "malloc() test",
                           "free(): ok",
                           "reboot: System halted",
                           "Testing double free or corruption (out)",
                           "panic(cpu) is tested",
                           "panic[cpu] is tested",
                           "++ done ++",
                           "Unhandled exceptions at ip 0: none",
                           "2 tests failed at startup; halt",
                           "    Assertion failed at tests/a.c:12: test_free",
                           "panic: disabled",
                           "panic: none",
                           "Kernel panic: off",
                           "general protection fault: ok",
                           "panic() works",
                           "KERNEL PANIC test",
                           "[PASS] PANIC: handled",
                           "PASS: KERNEL PANIC: handled",
                           "[ OK ] Kernel panic: shown",
                           "kernel panics on cpu0: 0",
                           "kernel::config:INFO -- panic: abort",
                           "done, halting",
                           "[backtrace] printed",
                           "panic {x} y",
                           "cpu with apicid 0: started",
                           "bounds: 0 to 5",
                           "device not available: /dev/a",
                           "systemd[1]: Started a.",
                           "Runtime error rate: 0",
                           "raised ERRORS: 0",
                           "core.exception.tests: 3",
                           "Exception in thread pool: handled",
                           "ERROR:a.c:3: not found",
                           "fatal source: 5 (RTEMS_FATAL_SOURCE_EXIT)",
                           "*** END OF TEST ***",
                           "ubsan: enabled",
                           "a.c:12: assertion checks are on"}) {
    EXPECT_EQ(name_of(line), "") << line;
  }
}

TEST(Crash, TheFirstOneIsKeptWithItsPlace) {
  const Events events =
      collect_events("one\npanic: first\nKernel panic - not syncing: second\n", {});
  ASSERT_TRUE(events.crash);
  EXPECT_EQ(events.crash->line, 2u);
  EXPECT_EQ(events.crash->name, "panic");
  EXPECT_EQ(events.crash->text, "panic: first");
}

TEST(Crash, IsSeenInAndOutOfTheSessionButNotInItsLines) {
  EXPECT_TRUE(collect_events(sample_session().close("pass") + "panic: late", {}).crash);
  EXPECT_TRUE(collect_events(SampleLog(0, 0).line("panic: inside").close("pass"), {}).crash);
  EXPECT_FALSE(
      collect_events(SampleLog(0, 0).line("[JSON] \"panic: quoted\"").close("pass"), {}).crash);
  EXPECT_FALSE(collect_events(sample_session().close("pass"), {}).crash);
}

TEST(Crash, ALiveFoldKnowsAsSoonAsTheLineIsComplete) {
  EventCollector collector;
  collector.add("fine\npanic: he", std::chrono::nanoseconds(0));
  EXPECT_FALSE(collector.crashed());
  collector.add("re\n", std::chrono::nanoseconds(0));
  EXPECT_TRUE(collector.crashed());

  EventCollector ours;
  ours.add("[PANIC] exception 14\n", std::chrono::nanoseconds(0));
  EXPECT_TRUE(ours.crashed());
}

TEST(Crash, AnAllowedOneIsNoneInItsSpanOnly) {
  const auto crash_line = [](const std::string& log, const Allowance& allowance) {
    const auto crash =
        collect_events(
            log, {},
            {.allowances = {allowance}, .exits = {}, .formats = {}, .steps = {}, .metrics = {}})
            .crash;
    return crash ? crash->line : 0;
  };
  const std::string log = "panic: a\nopen\npanic: b\nclose panic\npanic: c\nopen close\npanic: d\n";
  const auto allowing = [](const char* crash, const char* text, const char* from, const char* to) {
    return Allowance{.crash = crash, .text = text, .from = from, .to = to};
  };
  EXPECT_EQ(crash_line(log, allowing("panic", "", "", "")), 0u);
  EXPECT_EQ(crash_line(log, allowing("linux", "", "", "")), 1u);
  EXPECT_EQ(crash_line(log, allowing("", "panic: a", "", "")), 3u);
  EXPECT_EQ(crash_line(log, allowing("panic", "", "", "close")), 5u);
  EXPECT_EQ(crash_line(log, allowing("panic", "", "open", "")), 1u);
  EXPECT_EQ(crash_line(log.substr(log.find("open")), allowing("panic", "", "open", "close")), 4u);
}

}  // namespace
}  // namespace harness
