// What warm_start runs while its power is cut (scenarios/power-cuts/warm-start.yaml): a function
// that soon becomes machine code, with versions for its arguments, and text that shows its results.
void guest_write(const char* bytes, int size);

static unsigned words[16];

__attribute__((noinline)) unsigned mix(unsigned* data, unsigned count, unsigned seed) {
  for (unsigned i = 0; i < count; ++i) {
    seed = (seed ^ data[i]) * 0x01000193u;
    data[i] += seed >> 7;
  }
  return seed;
}

int guest_main(int rounds) {
  for (int round = 0; round < rounds; ++round) {
    unsigned sum = 0x811C9DC5u;
    for (int call = 0; call < 40; ++call) sum = mix(words, 16, sum);
    char line[16] = "round   ";
    line[6] = (char)('a' + round % 26);
    for (int digit = 0; digit < 8; ++digit) {
      line[7 + digit] = "0123456789abcdef"[sum >> (28 - 4 * digit) & 15];
    }
    line[15] = '\n';
    guest_write(line, 16);
  }
  return (int)(words[0] & 127);
}
