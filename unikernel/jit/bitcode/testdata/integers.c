// Every operation on integers, widths that are no power of two, and casts between them.
#define OPERATIONS(type, name)              \
  type name(type a, type b, unsigned c) {   \
    type r = a + b;                         \
    r ^= a - b;                             \
    r |= a * b;                             \
    r ^= b != 0 ? a / b : 1;                \
    r += b != 0 ? a % b : 2;                \
    r &= (type)(a << (c & 7));              \
    r ^= a >> (c & 7);                      \
    return (type)(~r) + (a < b) + (a == b); \
  }
OPERATIONS(signed char, chars)
OPERATIONS(unsigned short, shorts)
OPERATIONS(int, ints)
OPERATIONS(unsigned, unsigneds)
OPERATIONS(long long, longs)
OPERATIONS(unsigned long long, unsigned_longs)
OPERATIONS(_BitInt(24), bits24)
OPERATIONS(unsigned _BitInt(37), bits37)
OPERATIONS(_BitInt(63), bits63)

long long widen(signed char a, unsigned short b, int c) { return a + (long long)b * c; }
_Bool odd(long long x) { return x & 1; }
int narrow(unsigned long long x) { return (signed char)x + (short)(x >> 9) + (int)(x >> 30); }
long long extremes(int i) {
  static const long long kTable[] = {-1, 0x7FFFFFFFFFFFFFFFLL, -0x7FFFFFFFFFFFFFFFLL - 1,
                                     1LL << 40};
  return kTable[i & 3] + 0x123456789ABCDEFLL;
}
unsigned char rotate_all(unsigned char* bytes, int n) {
  unsigned char all = 0;
  for (int i = 0; i < n; ++i) all ^= (unsigned char)(bytes[i] << 3 | bytes[i] >> 5);
  return all;
}
