// Two functions that give the same answer by other code, for hot_swap.cpp.
__attribute__((noinline)) int answer(int x) { return (int)((unsigned)x * 5 + 7); }
__attribute__((noinline)) int answer_in_another_way(int x) {
  unsigned u = (unsigned)x, four = u << 2;
  __asm__ volatile("" : "+r"(four));  // clang does not see that it is a product
  unsigned seven = four ^ four;
  __asm__ volatile("" : "+r"(seven));
  return (int)(four + u + seven + 7);
}
int guest_main(int x) { return answer(x) == answer_in_another_way(x) ? 0 : 1; }
