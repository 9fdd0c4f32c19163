// Structures by value: byval, sret, in registers, nested, and complex numbers.
struct Small {
  int a, b;
};
struct Big {
  int a[9];
  double d;
};
struct Char {
  char c;
};
struct Pair {
  float x;
  double y;
};
struct Empty {};
struct Small make(int a) {
  struct Small s = {a, a + 1};
  return s;
}
struct Big make_big(int a) {
  struct Big b = {{a, a}, 2.5};
  return b;
}
int use(struct Small s, struct Big b, struct Char c, struct Pair p, struct Empty e) {
  (void)e;
  return s.a + b.a[2] + c.c + (int)p.y;
}
int pass(int x) {
  struct Pair p = {1, x};
  struct Char c = {'x'};
  struct Empty e;
  return use(make(x), make_big(x), c, p, e) + make_big(2).a[1] + make(3).b;
}
_Complex double turn(_Complex double z) { return z * (0.0 + 1.0i); }
struct Node {
  struct Small pair[2];
  union {
    int i;
    char c[12];
  } u;
};
struct Node nested(struct Node n, int i) {
  n.pair[i].b = n.u.c[i];
  return n;
}
