// Branches, loops, switches of each width, and code that cannot be reached.
int even(int), odd(int);
int even(int n) { return n == 0 ? 1 : odd(n - 1); }
int odd(int n) { return n == 0 ? 0 : even(n - 1); }
int dense(int x) {
  switch (x) {
    case 0:
      return 4;
    case 1:
      return 8;
    case 2:
      return 15;
    case 3:
      return 16;
    case 4:
      return 23;
    default:
      return 42;
  }
}
int sparse(long long x) {
  switch (x) {
    case -1:
      return 1;
    case 0x100000000LL:
      return 2;
    case 77:
    case 78:
      return 3;
  }
  return 0;
}
int letters(char c) {
  switch (c) {
    case 'a' ... 'f':
      return c - 'a' + 10;
    case '0' ... '9':
      return c - '0';
    default:
      return -1;
  }
}
void stop(void) __attribute__((noreturn));
int never(int x) {
  if (x > 3) stop();
  switch (x & 3) {
    case 0:
      return 1;
    case 1:
      return 5;
    case 2:
      return 7;
    case 3:
      return 9;
  }
  __builtin_unreachable();
}
int loops(int n) {
  int s = 0;
  for (int i = 0; i < n; ++i) {
    if (i % 7 == 3) continue;
    for (int j = i; j > 0; j /= 2) {
      if (j == 13) goto out;
      s += j;
    }
  }
out:
  do s ^= n--;
  while (n > 0);
  return s;
}
int logic(int a, int b, int c) { return (a && b) || (c && !a) ? a : b ? c : -1; }
int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
typedef int (*Operation)(int);
int apply(Operation f, int x) { return f(x) + f(x + 1); }
int choose(int i, int x) {
  static const Operation kTable[] = {dense, fibonacci, never};
  return apply(kTable[i % 3], x);
}
