// Ends, memory, numbers in texts, order: what of stdlib.h and time.h needs no output.
#include <stdlib.h>

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>

__attribute__((noreturn)) void guest_exit(int status);

int errno;

// ---- the end

enum { kMostAtExit = 32, kAborted = 134 };  // as a shell tells of a process that aborted
static void (*at_exit[kMostAtExit])(void);
static int at_exit_count;

int atexit(void (*function)(void)) {
  if (at_exit_count == kMostAtExit) return -1;
  at_exit[at_exit_count++] = function;
  return 0;
}
void exit(int status) {
  while (at_exit_count > 0) at_exit[--at_exit_count]();
  guest_exit(status & 255);
}
void _Exit(int status) { guest_exit(status & 255); }
void abort(void) { guest_exit(kAborted); }

// ---- memory: blocks of powers of two, kept by size when they are free

enum { kHeapBytes = 4 << 20, kHeader = 16, kSizes = 32 };
typedef struct Block {
  unsigned size;  // which power of two, header included
  struct Block* next;
} Block;
static char heap[kHeapBytes] __attribute__((aligned(16)));
static unsigned heap_used;
static Block* free_blocks[kSizes];

static Block* block_of(void* memory) { return (Block*)((char*)memory - kHeader); }

void* malloc(size_t bytes) {
  if (bytes > kHeapBytes - kHeader) return 0;
  unsigned size = 5;
  while ((1U << size) - kHeader < bytes) ++size;
  Block* block = free_blocks[size];
  if (block != 0) {
    free_blocks[size] = block->next;
  } else {
    if (kHeapBytes - heap_used < 1U << size) return 0;
    block = (Block*)(heap + heap_used);
    heap_used += 1U << size;
  }
  block->size = size;
  return (char*)block + kHeader;
}
void free(void* memory) {
  if (memory == 0) return;
  Block* const block = block_of(memory);
  block->next = free_blocks[block->size];
  free_blocks[block->size] = block;
}
void* calloc(size_t count, size_t bytes) {
  if (bytes != 0 && count > kHeapBytes / bytes) return 0;
  void* const memory = malloc(count * bytes);
  if (memory != 0) memset(memory, 0, count * bytes);
  return memory;
}
void* realloc(void* memory, size_t bytes) {
  if (memory == 0) return malloc(bytes);
  const size_t had = (1U << block_of(memory)->size) - kHeader;
  if (bytes <= had) return memory;
  void* const larger = malloc(bytes);
  if (larger == 0) return 0;
  memcpy(larger, memory, had);
  free(memory);
  return larger;
}

// What is aligned is never given back: its header does not stand before it.
void* aligned_alloc(size_t align, size_t bytes) {
  const size_t from = (heap_used + kHeader + align - 1) & ~(align - 1);
  if (align > kHeapBytes || from > kHeapBytes || bytes > kHeapBytes - from) return 0;
  const uintptr_t skew = (align - ((uintptr_t)heap & (align - 1))) & (align - 1);
  if (skew > kHeapBytes - from - bytes) return 0;
  heap_used = (unsigned)((from + skew + bytes + kHeader - 1) & ~(size_t)(kHeader - 1));
  block_of(heap + from + skew)->size = 4;  // of no power that malloc asks for
  return heap + from + skew;
}
void* memalign(size_t align, size_t bytes) { return aligned_alloc(align, bytes); }
int posix_memalign(void** memory, size_t align, size_t bytes) {
  *memory = aligned_alloc(align, bytes);
  return *memory == 0;
}

// ---- numbers

int abs(int value) { return value < 0 ? -value : value; }
long labs(long value) { return value < 0 ? -value : value; }
long long llabs(long long value) { return value < 0 ? -value : value; }
div_t div(int a, int b) { return (div_t){a / b, a % b}; }
ldiv_t ldiv(long a, long b) { return (ldiv_t){a / b, a % b}; }

unsigned long long strtoull(const char* text, char** end, int base) {
  const char* at = text;
  while (isspace((unsigned char)*at)) ++at;
  const int negative = *at == '-';
  if (*at == '-' || *at == '+') ++at;
  if ((base == 0 || base == 16) && at[0] == '0' && (at[1] | 32) == 'x' &&
      isxdigit((unsigned char)at[2])) {
    at += 2;
    base = 16;
  }
  if (base == 0) base = *at == '0' ? 8 : 10;
  unsigned long long value = 0;
  int any = 0;
  for (;; ++at) {
    const int digit = isdigit((unsigned char)*at)   ? *at - '0'
                      : isalpha((unsigned char)*at) ? (*at | 32) - 'a' + 10
                                                    : 99;
    if (digit >= base) break;
    value = value * (unsigned)base + (unsigned)digit;
    any = 1;
  }
  if (end != 0) *end = (char*)(any ? at : text);
  return negative ? 0 - value : value;
}
long long strtoll(const char* text, char** end, int base) {
  return (long long)strtoull(text, end, base);
}
unsigned long strtoul(const char* text, char** end, int base) {
  return (unsigned long)strtoull(text, end, base);
}
long strtol(const char* text, char** end, int base) { return (long)strtoull(text, end, base); }
int atoi(const char* text) { return (int)strtol(text, 0, 10); }
long atol(const char* text) { return strtol(text, 0, 10); }
long long atoll(const char* text) { return strtoll(text, 0, 10); }

// Good for short numbers, such as sources have.
double strtod(const char* text, char** end) {
  const char* at = text;
  while (isspace((unsigned char)*at)) ++at;
  const int negative = *at == '-';
  if (*at == '-' || *at == '+') ++at;
  double value = 0, power = 1;
  for (; isdigit((unsigned char)*at); ++at) value = value * 10 + (*at - '0');
  if (*at == '.') {
    for (++at; isdigit((unsigned char)*at); ++at, power *= 10) value = value * 10 + (*at - '0');
  }
  value /= power;
  if ((*at | 32) == 'e') {
    char* behind;
    const long exponent = strtol(at + 1, &behind, 10);
    if (behind != at + 1) at = behind;
    for (long i = 0; i < exponent && i < 400; ++i) value *= 10;
    for (long i = 0; i > exponent && i > -400; --i) value /= 10;
  }
  if (end != 0) *end = (char*)at;
  return negative ? -value : value;
}
double atof(const char* text) { return strtod(text, 0); }

static unsigned random_state = 1;
void srand(unsigned seed) { random_state = seed; }
int rand(void) {
  random_state = random_state * 1103515245u + 12345u;
  return (int)(random_state >> 1);
}
void srandom(unsigned seed) { srand(seed); }
long random(void) { return rand(); }

// ---- order

static void exchange(char* a, char* b, size_t bytes) {
  for (; bytes-- > 0; ++a, ++b) {
    const char was = *a;
    *a = *b;
    *b = was;
  }
}
typedef int Compare(const void*, const void*);
static void sink(char* items, size_t at, size_t count, size_t bytes, Compare* compare) {
  for (;;) {
    size_t child = 2 * at + 1;
    if (child >= count) return;
    if (child + 1 < count && compare(items + child * bytes, items + (child + 1) * bytes) < 0)
      ++child;
    if (compare(items + at * bytes, items + child * bytes) >= 0) return;
    exchange(items + at * bytes, items + child * bytes, bytes);
    at = child;
  }
}
// By a heap: no recursion, and no worst case.
void qsort(void* base, size_t count, size_t bytes, Compare* compare) {
  char* const items = base;
  for (size_t i = count / 2; i-- > 0;) sink(items, i, count, bytes, compare);
  while (count > 1) {
    exchange(items, items + --count * bytes, bytes);
    sink(items, 0, count, bytes, compare);
  }
}
void* bsearch(const void* key, const void* base, size_t count, size_t bytes, Compare* compare) {
  const char* from = base;
  while (count > 0) {
    const char* const middle = from + count / 2 * bytes;
    const int order = compare(key, middle);
    if (order == 0) return (void*)middle;
    if (order > 0) {
      from = middle + bytes;
      count -= count / 2 + 1;
    } else {
      count /= 2;
    }
  }
  return 0;
}

// ---- the world, of which there is none

char* getenv(const char* name) {
  (void)name;
  return 0;
}
time_t time(time_t* out) {
  if (out != 0) *out = 0;
  return 0;
}
clock_t clock(void) { return 0; }
int gettimeofday(struct timeval* out, void* zone) {
  (void)zone;
  *out = (struct timeval){0, 0};
  return 0;
}
