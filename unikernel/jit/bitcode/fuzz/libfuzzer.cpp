// The entry that libFuzzer calls; compiled once for each target.
#include "bitcode/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return jit::fuzz::UNIHARNESS_FUZZ_TARGET(data, size);
}
