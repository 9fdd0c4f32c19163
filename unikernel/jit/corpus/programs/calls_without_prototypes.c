// Functions of old C, whose calls say themselves what they pass: by name and through pointers, with
// arguments that the function does not take, of another type that stands alike, with a result that
// nobody wants, and to what a guest provides.
// Flags: -Wno-strict-prototypes -Wno-deprecated-non-prototype -Wno-missing-prototypes
#include "corpus.h"

int none();
int two();
double real();
long long wide();
void nothing();

__attribute__((noinline)) static int by_name(int argument) {
  int sum = none(argument, 2.5, "more") + none();
  sum += two(argument, (void*)0);
  sum += (int)two((unsigned)argument * 3u, 4, 5, 6.0);
  sum += (int)(real(1.5, argument) * 4);
  mix64((uint64_t)wide(argument, 7LL, argument));
  two(argument, argument);  // nobody wants it
  wide(argument, 1LL, 2);
  nothing(argument);
  return sum;
}

__attribute__((noinline)) static int by_pointer(int argument) {
  int (*volatile to_two)() = two;
  double (*volatile to_real)() = real;
  long long (*volatile to_wide)() = wide;
  int sum = to_two(argument, 11) + (int)to_real(0.25, 8);
  mix64((uint64_t)to_wide(9, -1LL, 12));
  return sum;
}

int none() { return 40; }
int two(a, b)
int a, b;
{
  mix((uint32_t)a);
  return a - b;
}
double real(x, n)
double x;
int n;
{
  return x * n;
}
long long wide(a, b, c)
int a;
long long b;
int c;
{
  return a * b << c % 5;
}
void nothing() { mix(1); }

int guest_main(int argument) {
  mix((uint32_t)by_name(argument + opaque(6)));
  mix((uint32_t)by_pointer(argument + opaque(3)));
  return finish();
}
