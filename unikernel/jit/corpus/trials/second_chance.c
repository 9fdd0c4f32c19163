// A function of six versions, whose arguments change once, so that it gets others: where the trial
// of the last ends in slices, nobody must see the function half published. The argument is how many
// pages it writes, and so where a slice ends.
static int pages[40 * 1024];
static volatile int base = 1000000, written;

__attribute__((noinline)) static int mixed(int a, int b, int c, int d, int e, int f, int g) {
  int s = 0;
  for (int i = 0; i < 5; ++i) s += (i ^ s) * 7 + (s >> 3) + b - c * 3 + (d ^ e) * f - g + a;
  for (int k = 0, n = written; k < n; ++k) pages[k * 1024] += s;
  return s;
}
int guest_main(int count) {
  int s = 0;
  written = count;
  for (int i = 1; i <= 30000; ++i) {
    const int t = base + 1000 * (i % 3), u = base + 5000 * (i % 2);
    if (i == 1200) base = 2000000;
    s ^= mixed(t, u, t + 2, u + 3, t + 4, u + 5, t + 6);
  }
  return s & 0x7F;
}
