// Structures of 1 to 8 bytes and of one float or double: the ABI has its own way for each.
#include "corpus.h"

struct One {
  uint8_t a;
};
struct Two {
  uint8_t a, b;
};
struct Three {
  uint8_t a[3];
};
struct Four {
  uint32_t a;
};
struct Six {
  uint16_t a[3];
};
struct Eight {
  uint32_t a, b;
};
struct JustFloat {
  float a;
};
struct JustDouble {
  double a;
};
struct Empty {
  int none[0];
};

static struct One one(int i) { return (struct One){(uint8_t)i}; }
static struct Two two(struct One o, int i) { return (struct Two){o.a, (uint8_t)(i * 2)}; }
static struct Three three(struct Two t, int i) {
  return (struct Three){{t.a, t.b, (uint8_t)(i * 3)}};
}
static struct Four four(struct Three t) {
  return (struct Four){(uint32_t)t.a[0] | (uint32_t)t.a[1] << 8 | (uint32_t)t.a[2] << 16};
}
static struct Six six(struct Four f) {
  return (struct Six){{(uint16_t)f.a, (uint16_t)(f.a >> 16), 77}};
}
static struct Eight eight(struct Six s, struct Four f) {
  return (struct Eight){s.a[0] * 65537u + s.a[2], f.a ^ s.a[1]};
}
static struct JustFloat just_float(struct Eight e) { return (struct JustFloat){(float)e.a / 3}; }
static struct JustDouble just_double(struct JustFloat f, struct Empty none) {
  (void)none;
  return (struct JustDouble){f.a * 1.25};
}

int guest_main(int argument) {
  const struct Empty none = {};
  for (int i = 0; i < 50; ++i) {
    const struct Three t = three(two(one(opaque(i)), i + argument), i);
    const struct Four f = four(t);
    const struct Eight e = eight(six(f), f);
    mix(f.a);
    mix(e.a ^ e.b);
    mix_float(just_float(e).a);
    mix_double(just_double(just_float(e), none).a);
  }
  return finish();
}
