// Versions of a program for the guest `reload`, one by one of these macros. `answer` counts the
// bits of the question that are set.
typedef unsigned u32;

static u32 counted(u32 x) {
  x = x - (x >> 1 & 0x55555555);
  x = (x & 0x33333333) + (x >> 2 & 0x33333333);
  return ((x + (x >> 4)) & 0x0F0F0F0F) * 0x01010101 >> 24;
}

#if defined ones  // the first one: bit by bit
u32 answer(u32 question) {
  u32 count = 0;
  for (; question != 0; question &= question - 1) ++count;
  return count;
}
#elif defined ones_fast
u32 answer(u32 question) { return counted(question); }
#elif defined ones_wrong       // for one question in four
u32 answer(u32 question) { return counted(question) ^ ((question & 3) == 3); }
#elif defined ones_endless     // for every other question
u32 answer(u32 question) {
  volatile u32 count = counted(question);
  while ((question & 1) != 0) ++count;
  return count;
}
#elif defined ones_forgetful   // its second answer is not the first one's
static u32 g_asked;
u32 answer(u32 question) { return counted(question) + (++g_asked > 129); }
#elif defined ones_late_fault  // for one question in 1,024: no trial may come upon it
u32 answer(u32 question) {
  volatile u32 none = 0;
  return (question & 1023) == 341 ? counted(question) / none : counted(question);
}
#elif defined zeros            // what it answers is another thing
u32 answer(u32 question) { return 32 - counted(question); }
#endif

int guest_main(int argument) { return (int)answer((u32)argument); }
