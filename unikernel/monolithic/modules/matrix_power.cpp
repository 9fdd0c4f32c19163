// The n-th Fibonacci number modulo 2^32, as a power of the matrix (1 1; 1 0).
#include "../module/module.h"

namespace {

struct Matrix {
  uint32_t a, b, c, d;
};

Matrix operator*(const Matrix& x, const Matrix& y) {
  return {x.a * y.a + x.b * y.c, x.a * y.b + x.b * y.d, x.c * y.a + x.d * y.c,
          x.c * y.b + x.d * y.d};
}

}  // namespace

uint32_t module_main(uint32_t n) {
  Matrix power = {1, 0, 0, 1}, square = {1, 1, 1, 0};
  for (; n != 0; n >>= 1) {
    if (n & 1) power = power * square;
    square = square * square;
  }
  return power.b;
}
