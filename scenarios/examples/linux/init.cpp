// The only program of the linux-*.yaml examples: prints KTAP and a [BENCH] line on the console that
// the kernel opened for it, and powers the machine off. `mode=panic` on the kernel's command line
// (the kernel hands unknown words to init as its environment) ends it without a power-off, which
// the kernel answers with a panic.
#include <sys/reboot.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <x86intrin.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

/// Not inlined, and its argument not known: a call that is really made.
[[gnu::noinline]] std::uint64_t sum_to(std::uint64_t n) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 1; i <= n; ++i) {
    sum += i;
    asm volatile("" : "+r"(sum));
  }
  return sum;
}

void print_result(int number, bool good, const char* name) {
  std::printf("%sok %d %s\n", good ? "" : "not ", number, name);
}

void measure() {
  constexpr std::uint64_t kCalls = 1000;
  const std::uint64_t start = __rdtsc();
  for (std::uint64_t i = 0; i < kCalls; ++i) sum_to(100);
  const std::uint64_t cycles = __rdtsc() - start;
  std::printf("[BENCH] %llu calls: %llu cycles (%llu cycles/call)\n",
              static_cast<unsigned long long>(kCalls), static_cast<unsigned long long>(cycles),
              static_cast<unsigned long long>(cycles / kCalls));
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  const char* mode = std::getenv("mode");
  if (mode != nullptr && std::strcmp(mode, "panic") == 0) return 1;
  std::puts("KTAP version 1\n1..3");
  print_result(1, getpid() == 1, "init_is_process_1");
  utsname name{};
  print_result(2, uname(&name) == 0 && std::strcmp(name.sysname, "Linux") == 0, "uname");
  print_result(3, sum_to(100) == 5050, "sum_to");
  measure();
  sync();
  reboot(RB_POWER_OFF);
  return 1;
}
