#include "app/results.h"

namespace jit::app {

const char* Results::joined(Text first, Text second, Text third) {
  uint32_t size = 0;
  const Text parts[] = {first, second, third};
  for (const Text part : parts) {
    for (uint32_t i = 0; i < part.size && size < kMaxName; ++i) name_[size++] = part.data[i];
  }
  name_[size] = 0;
  return name_;
}

void Results::test(Text name, Text suffix, wire::Status status, uint64_t iterations,
                   uint32_t result) {
  emit_.test(joined(name, suffix), status, iterations, result);
}
void Results::metric(Text name, Text suffix, uint64_t value, const char* unit) {
  emit_.metric(joined(name, suffix), value, unit);
}
void Results::metric(Text name, Text first, Text second, uint64_t value, const char* unit) {
  emit_.metric(joined(name, first, second), value, unit);
}

}  // namespace jit::app
