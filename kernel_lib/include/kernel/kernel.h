/* kernel_lib for apps in C. The same objects as in <kernel/system.h>, behind functions. An app:
 *
 *   static uk_status run(struct uk_system* system) {
 *     uk_test(system, "hello", UK_PASS, 1, 42);
 *     return UK_PASS;
 *   }
 *   UK_APP("hello_c", 1, 0, run)
 *
 * The protocol's lines and what they mean: <wire/protocol.h>. Strings are zero-terminated. */
#ifndef KERNEL_KERNEL_H
#define KERNEL_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uk_system; /* all that the kernel made; handed to the app, passed to every function */

typedef uint8_t uk_status; /* one of: */
enum { UK_PASS = 0, UK_FAIL = 1, UK_SKIP = 2 };

/* Defined by the app, with UK_APP. `tests` and `metrics` are its plan: how many uk_test calls, and
 * how many of uk_timing, uk_bench, uk_profile and uk_metric together, will be made. */
struct uk_app {
  const char* name;
  uint32_t tests;
  uint32_t metrics;
  uk_status (*run)(struct uk_system* system);
};
extern const struct uk_app kernel_app;
#define UK_APP(name, tests, metrics, run) \
  const struct uk_app kernel_app = {name, tests, metrics, run};

/* Text, to serial and screen. Colours are VGA's: 0 black ... 7 light gray ... 15 white. */
void uk_print(struct uk_system* system, const char* text);
void uk_print_u64(struct uk_system* system, uint64_t value);
void uk_print_hex(struct uk_system* system, uint64_t value, unsigned digits);
void uk_set_color(struct uk_system* system, uint8_t color);

/* Heap: 16-aligned, NULL when there is no room. uk_free returns 0 for what is not a live block. */
void* uk_alloc(struct uk_system* system, size_t size);
int uk_free(struct uk_system* system, void* block);

/* Profiler: sections by id. jit_profile_add returns -1 when the table is full. */
int jit_profile_add(struct uk_system* system, const char* name);
void jit_profile_begin(struct uk_system* system, int id);
void jit_profile_end(struct uk_system* system, int id);

/* Protocol lines. uk_profile does nothing for an id that jit_profile_add did not return. */
void uk_test(struct uk_system* system, const char* name, uk_status status, uint64_t iterations,
             uint64_t result);
void uk_timing(struct uk_system* system, const char* name, uint64_t cycles);
void uk_bench(struct uk_system* system, uint64_t calls, uint64_t cycles);
void uk_profile(struct uk_system* system, int id);
void uk_metric(struct uk_system* system, const char* name, uint64_t value, const char* unit);

/* Time stamp counter, now and at the kernel's first instruction. */
uint64_t uk_cycles(void);
uint64_t uk_entry_cycles(const struct uk_system* system);

/* Prints a [PANIC] line and ends the machine. */
#ifdef __cplusplus
[[noreturn]]
#else
_Noreturn
#endif
void uk_panic(const char* reason);

#ifdef __cplusplus
}
#endif

#endif
