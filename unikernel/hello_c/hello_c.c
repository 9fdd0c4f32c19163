/* An app in C: heap, profiler and protocol through <kernel/kernel.h>. */
#include <kernel/kernel.h>

static uint32_t fill_and_sum(uint32_t* numbers, uint32_t count) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < count; ++i) numbers[i] = i + 1;
  for (uint32_t i = 0; i < count; ++i) sum += numbers[i];
  return sum;
}

static uk_status run(struct uk_system* system) {
  enum { kCount = 100, kRuns = 5 };
  uk_set_color(system, 10);
  uk_print(system, "Hello from C\n");
  uk_set_color(system, 7);

  uint32_t* numbers = uk_alloc(system, kCount * sizeof *numbers);
  if (numbers == NULL) uk_panic("no memory for 100 numbers");
  const int id = jit_profile_add(system, "fill_and_sum");
  uint32_t sum = 0;
  for (int i = 0; i < kRuns; ++i) {
    jit_profile_begin(system, id);
    sum = fill_and_sum(numbers, kCount);
    jit_profile_end(system, id);
  }
  const uk_status status = sum == 5050 && uk_free(system, numbers) ? UK_PASS : UK_FAIL;

  uk_test(system, "fill_and_sum", status, kRuns, sum);
  uk_profile(system, id);
  return status;
}

UK_APP("hello_c", 1, 1, run)
