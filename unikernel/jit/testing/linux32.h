// What a program of 32-bit Linux needs of it where there is no libc.
#pragma once

#include "support/arena.h"
#include "support/text.h"

namespace linux32 {

enum SystemCall : int {
  kExit = 1,
  kRead = 3,
  kWrite = 4,
  kOpen = 5,
  kClose = 6,
  kSetTimer = 104,
  kProtect = 125,
  kSetSignal = 174,
  kSetSignalStack = 186,
  kAdvise = 219,
};
constexpr int kOutput = 1, kErrors = 2;

inline int address_of(const void* p) { return static_cast<int>(reinterpret_cast<uintptr_t>(p)); }

inline int system_call(SystemCall number, int a, int b = 0, int c = 0, int d = 0) {
  int result = number;
  asm volatile("int $0x80" : "+a"(result) : "b"(a), "c"(b), "d"(c), "S"(d) : "memory");
  return result;
}

[[noreturn]] inline void exit(int status) {
  for (;;) system_call(kExit, status);
}

inline void write(int to, jit::Text text) {
  while (text.size > 0) {
    const int written = system_call(kWrite, to, address_of(text.data), static_cast<int>(text.size));
    if (written <= 0) return;
    text = text.without_prefix(static_cast<uint32_t>(written));
  }
}

/// What fits of a file; nothing of one that cannot be opened.
inline jit::Span<const uint8_t> read_file(const char* name, jit::Span<char> memory) {
  const int file = system_call(kOpen, address_of(name));
  uint32_t size = 0;
  while (file >= 0 && size < memory.size) {
    const int got = system_call(kRead, file, address_of(memory.data + size),
                                static_cast<int>(memory.size - size));
    if (got <= 0) break;
    size += static_cast<uint32_t>(got);
  }
  if (file >= 0) system_call(kClose, file);
  return {reinterpret_cast<const uint8_t*>(memory.data), size};
}

inline void make_executable(const void* memory, uint32_t bytes) {
  constexpr int kReadWriteExecute = 7;
  system_call(kProtect, address_of(memory), static_cast<int>(bytes), kReadWriteExecute);
}

/// Pages of the program's image that began as zeros are zeros again.
inline void clear_pages(const void* memory, uint32_t bytes) {
  constexpr int kNotNeeded = 4;
  system_call(kAdvise, address_of(memory), static_cast<int>(bytes), kNotNeeded);
}

enum Signal : int {
  kIllegal = 4,
  kTrap = 5,
  kBusError = 7,
  kArithmetic = 8,
  kSegmentation = 11,
  kTimeIsOver = 26,
};

struct SignalInfo {
  int signal, error, code;
  uint32_t address;  // of a memory fault
};

/// All of these go to `handler`, on a stack of its own. Where it returns, the instruction runs
/// again.
inline void catch_signals(void (*handler)(int signal, const SignalInfo* info),
                          jit::Span<uint8_t> stack) {
  const struct {
    const void* begin;
    int flags;
    uint32_t size;
  } own_stack = {stack.data, 0, stack.size};
  system_call(kSetSignalStack, address_of(&own_stack));
  constexpr uint32_t kOnStack = 0x0800'0000, kNotBlocked = 0x4000'0000, kWithInfo = 4;
  const struct {
    void (*handler)(int, const SignalInfo*);
    uint32_t flags;
    void (*restorer)();
    uint32_t mask[2];
  } action = {handler, kOnStack | kNotBlocked | kWithInfo, nullptr, {0, 0}};
  constexpr Signal kAll[] = {kIllegal, kTrap, kBusError, kArithmetic, kSegmentation, kTimeIsOver};
  for (const Signal s : kAll) {
    system_call(kSetSignal, s, address_of(&action), 0, sizeof action.mask);
  }
}

/// kTimeIsOver, after so much of the processor's time.
inline void set_timer(int seconds) {
  const struct {
    int interval[2], first[2];  // seconds, microseconds
  } timer = {{0, 0}, {seconds, 0}};
  constexpr int kOwnTime = 1;
  system_call(kSetTimer, kOwnTime, address_of(&timer));
}

}  // namespace linux32

/// The program.
extern "C" [[noreturn]] void start(int count, char** arguments);

// At entry the stack holds the count of arguments, then their addresses.
asm(R"(
.globl _start
_start:
  movl (%esp), %eax
  leal 4(%esp), %ecx
  xorl %ebp, %ebp
  andl $-16, %esp
  subl $8, %esp
  pushl %ecx
  pushl %eax
  call start
)");
