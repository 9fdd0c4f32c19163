// Allocation, access of every size, packed and volatile, copies, addresses in all sorts of types.
struct Inner {
  short a;
  unsigned char b[3];
};
struct Outer {
  char c;
  struct Inner inner[4];
  double d;
  long long e;
  struct Outer* next;
};
struct __attribute__((packed)) Packed {
  char a;
  int b;
  long long c;
  float d;
};
union Either {
  float f;
  unsigned bits;
  double d;
};
struct Bits {
  unsigned a : 3, b : 11, c : 18;
};

int take(const void*);
int variable(int n) {
  int numbers[n];
  for (int i = 0; i < n; ++i) numbers[i] = i * i;
  return take(numbers) + numbers[n - 1];
}
int fields(struct Outer* o, int i) {
  return o->inner[i].b[2] + o->next->inner[1].a + (int)o->next->e;
}
long long packed(struct Packed* p) {
  p->b += 3;
  return p->c + p->a + (int)p->d;
}
int device(volatile int* port) {
  *port = 7;
  return *port + *port;
}
unsigned bits(float f) {
  union Either e;
  e.d = 0;
  e.f = f;
  return e.bits;
}
unsigned bitfield(struct Bits* b, unsigned x) {
  b->b = x;
  return b->a + b->c;
}
void copies(struct Outer* to, const struct Outer* from, int n) {
  *to = *from;
  __builtin_memmove(to + 1, to, (unsigned)n);
  __builtin_memset(to, 0, sizeof *to);
  __builtin_memcpy(to, from, (unsigned)n);
}
int matrix[3][5];
int sum(void) {
  int s = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 5; ++j) s += matrix[i][j];
  return s;
}
int local(int i) {
  struct Outer all[2] = {{1, {{2, {3, 4, 5}}}, 6.5, 7, 0}, {0}};
  __attribute__((aligned(64))) char aligned[100];
  take(aligned);
  return all[i & 1].c + take(all);
}
long distance(int* a, int* b) { return a - b; }
