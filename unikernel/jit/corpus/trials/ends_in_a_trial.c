// A division by zero in a callee that is machine code, in the call of its caller with this number:
// where that is the call on which a version is tried, what the trial has protected must be free for
// the programs that come next.
static int sums[64], divisor = 1;
static volatile int count = 50;
static int* volatile place = sums;

__attribute__((noinline)) static int divided(int x, int by) {
  int s = 0;
  for (int i = 0; i < 40; ++i) s += (x ^ i) * 7 + (s >> 3);
  return s / by;
}
__attribute__((noinline)) static int added(int* to, int n) {
  int s = 0;
  for (int i = 0; i < n; ++i) {
    s += divided(i, divisor);
    to[i & 63] += s;
  }
  return s;
}
int guest_main(int last) {
  int s = 0;
  for (int i = 1; i <= 400; ++i) {
    if (i == last) divisor = 0;
    s ^= added(place, count);
  }
  return s & 0x7F;
}
