// The entry that libFuzzer calls; compiled once for each target.
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return harness::fuzz::UNIHARNESS_FUZZ_TARGET(data, size);
}
