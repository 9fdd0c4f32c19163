// What guests that run programs report: tests and metrics whose names are a program's with
// something behind it.
#pragma once

#include "bundle/bundle.h"
#include "kernel/emit.h"
#include "support/text.h"

namespace jit::app {

constexpr wire::Status status_of(bool good) {
  return good ? wire::Status::pass : wire::Status::fail;
}

class Results {
 public:
  explicit Results(kernel::Emitter& emit) : emit_(emit) {}

  /// Of the name "`name``suffix`"; what does not fit into kMaxName is cut.
  void test(Text name, Text suffix, wire::Status status, uint64_t iterations, uint32_t result);
  void metric(Text name, Text suffix, uint64_t value, const char* unit);
  /// The same with two suffixes.
  void metric(Text name, Text first, Text second, uint64_t value, const char* unit);

 private:
  static constexpr uint32_t kMaxName = bundle::kNameBytes + 31;
  const char* joined(Text first, Text second, Text third = "");

  kernel::Emitter& emit_;
  char name_[kMaxName + 1] = {};
};

}  // namespace jit::app
