// Vectors in memory: unaligned loads and stores, arrays and structures of them, by value in calls.
#include "corpus.h"

typedef float Float4 __attribute__((vector_size(16)));
typedef float Unaligned4 __attribute__((vector_size(16), aligned(4)));

struct Body {
  Float4 position;
  Float4 velocity;
  int id;
};

static float g_samples[64];
static Float4 g_constants[2] = {{1, 2, 3, 4}, {0.5f, -0.5f, 0, 8}};

static Float4 load(const float* from) { return *(const Unaligned4*)from; }
static void store(float* to, Float4 v) { *(Unaligned4*)to = v; }
static struct Body advance(struct Body body, float step) {
  body.position += body.velocity * step;
  body.velocity -= body.position * (step / 2);
  ++body.id;
  return body;
}

int guest_main(int argument) {
  for (int i = 0; i < 64; ++i) g_samples[i] = opaque_float((float)(i * argument) / 8);
  for (int i = 0; i + 9 < 64; ++i) {
    const Float4 smoothed = (load(g_samples + i) + load(g_samples + i + 5)) * g_constants[i & 1];
    store(g_samples + i + 1, smoothed / 9);
  }
  struct Body body = {g_constants[0], g_constants[1], 0};
  for (int i = 0; i < 25; ++i) {
    body = advance(body, 0.125f);
    mix_float(body.position[i & 3]);
    mix_float(body.velocity[(i + 1) & 3]);
  }
  mix((uint32_t)body.id);
  for (int i = 0; i < 64; ++i) mix_float(g_samples[i]);
  return finish();
}
