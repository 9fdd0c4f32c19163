/* An app in C: counts to a thousand in steps that the profiler sees. */
#include <kernel/kernel.h>

static uint32_t count_to(volatile uint32_t* counter, uint32_t end) {
  while (*counter < end) ++*counter;
  return *counter;
}

static uk_status run(struct uk_system* system) {
  const int id = jit_profile_add(system, "count_to");
  uint32_t counter = 0;
  for (uint32_t end = 100; end <= 1000; end += 100) {
    jit_profile_begin(system, id);
    count_to(&counter, end);
    jit_profile_end(system, id);
  }
  uk_print(system, "counted to ");
  uk_print_u64(system, counter);
  uk_print(system, "\n");

  const uk_status status = counter == 1000 ? UK_PASS : UK_FAIL;
  uk_test(system, "count_to", status, 10, counter);
  uk_profile(system, id);
  return status;
}

UK_APP("counter", 1, 1, run)
