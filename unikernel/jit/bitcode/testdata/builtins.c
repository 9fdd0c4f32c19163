// Functions that the IR knows by name.
int bits(unsigned x, unsigned long long y) {
  return __builtin_clz(x) + __builtin_ctz(x) + __builtin_popcount(x) + __builtin_clzll(y) +
         __builtin_ctzll(y) + __builtin_popcountll(y) + __builtin_ffs((int)x) + __builtin_parity(x);
}
unsigned long long swap(unsigned short a, unsigned b, unsigned long long c) {
  return __builtin_bswap16(a) + __builtin_bswap32(b) + __builtin_bswap64(c) +
         __builtin_bitreverse32(b) + __builtin_bitreverse8((unsigned char)a) +
         __builtin_rotateleft32(b, a) + __builtin_rotateright64(c, a);
}
int overflow(int a, int b, unsigned c, long long* d) {
  int r = 0;
  unsigned u = 0;
  return __builtin_add_overflow(a, b, &r) + __builtin_sub_overflow(a, b, &r) +
         __builtin_mul_overflow(a, b, &r) + __builtin_add_overflow(c, 7u, &u) +
         __builtin_sub_overflow(c, 9u, &u) + __builtin_mul_overflow(c, c, &u) +
         __builtin_add_overflow(*d, 1, d) + r + (int)u;
}
int saturate(int a, unsigned b) {
  return __builtin_elementwise_add_sat(a, 3) + __builtin_elementwise_sub_sat(a, 5) +
         (int)__builtin_elementwise_add_sat(b, 7u) + (int)__builtin_elementwise_sub_sat(b, 2u) +
         __builtin_elementwise_max(a, 4) + (int)__builtin_elementwise_min(b, 6u) + __builtin_abs(a);
}
int hints(int* p, int x) {
  __builtin_assume(x > 0);
  p = __builtin_assume_aligned(p, 16);
  __builtin_prefetch(p);
  if (__builtin_expect(x == 3, 0)) __builtin_trap();
  return *p + __builtin_constant_p(x) + (int)__builtin_object_size(p, 0);
}
void* frames(void) {
  return (char*)__builtin_frame_address(0) + (__builtin_return_address(0) != 0);
}
double multiply(double a, double b, double c) {
#pragma STDC FP_CONTRACT ON
  return a * b + c;
}
int scoped(int n) {
  int all = 0;
  for (int i = 0; i < n; ++i) {
    int block[16];
    block[i & 15] = i;
    int* __restrict p = block;
    all += p[3 & i];
  }
  return all;
}
int hidden(int x) {
  __asm__ volatile("" : "+r"(x));
  return x + 1;
}
void used(const void* p) { __asm__ volatile("" : : "r,m"(p) : "memory"); }
int updated(int x) {
  __asm__ volatile("" : "+m"(x));
  return x;
}
