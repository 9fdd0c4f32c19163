// mem/string.cpp as its tests see it, with a fault: memmove copies forward, whichever way the bytes
// overlap. scenarios/misbehaving/wrong-memmove.yaml asks that the tests find it.
#define memmove memmove_that_works
#define kernel_memmove kernel_memmove_that_works
#include "mem/string.cpp"  // NOLINT(bugprone-suspicious-include)
#undef kernel_memmove

extern "C" void* kernel_memmove(void* to, const void* from, size_t size) {
  copy_forward(to, from, size);
  return to;
}
