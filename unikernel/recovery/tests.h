// What the tests of this guest have in common.
#pragma once

#include <kernel/paging.h>
#include <kernel/recovery.h>
#include <kernel/system.h>

namespace recovery {

struct Machine {
  kernel::System& system;
  kernel::Paging& paging;
};

struct Outcome {
  wire::Status status;
  uint64_t iterations;
  uint64_t result;
};

struct Test {
  const char* name;
  Outcome (*run)(Machine& machine);
};

inline Outcome passed_if(bool passed, uint64_t iterations, uint64_t result) {
  return {passed ? wire::Status::pass : wire::Status::fail, iterations, result};
}

template <class T>
uint32_t address_of(T* pointer) {
  return reinterpret_cast<uint32_t>(pointer);
}

/// A stack whose overflow meets a page that memory_tests() took away.
inline constexpr uint32_t kPage = kernel::PageMap::kPage;
struct alignas(kPage) GuardedStack {
  uint8_t guard[kPage];
  uint8_t bytes[4 * kPage];
};
extern GuardedStack guarded_stack;
inline uint32_t stack_top() { return address_of(&guarded_stack) + sizeof guarded_stack; }

/// Goes down the stack until it ends.
void recurse(void* depth);

bool memory_is_protected(Machine& machine);  // sets all up; false where paging failed

// The groups, in the order in which they run; each ends with a row without a name.
extern const Test kRunTests[];
extern const Test kMemoryTests[];

}  // namespace recovery
