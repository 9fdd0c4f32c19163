// Five bodies under gravity, in doubles.
// Argument: 10000
#include "corpus.h"

enum { kBodies = 5 };
struct Body {
  double x, y, z, vx, vy, vz, mass;
};
// Positions, velocities and masses of no real system, but such that it holds together.
static struct Body g_bodies[kBodies] = {{0, 0, 0, 0, 0, 0, 40},
                                        {5, 0.5, -0.25, 0.1, 2.8, 0.2, 0.04},
                                        {-8, 2, 0.5, -0.5, -2.1, 0.1, 0.01},
                                        {12, -9, -0.5, 1.0, 1.25, 0, 0.002},
                                        {3, -25, 1, 1.2, 0.2, -0.05, 0.003}};

static void advance(double step) {
  for (int i = 0; i < kBodies; ++i) {
    struct Body* const a = &g_bodies[i];
    for (int j = i + 1; j < kBodies; ++j) {
      struct Body* const b = &g_bodies[j];
      const double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
      const double square = dx * dx + dy * dy + dz * dz;
      const double pull = step / (square * __builtin_sqrt(square));
      a->vx -= dx * b->mass * pull, a->vy -= dy * b->mass * pull, a->vz -= dz * b->mass * pull;
      b->vx += dx * a->mass * pull, b->vy += dy * a->mass * pull, b->vz += dz * a->mass * pull;
    }
  }
  for (int i = 0; i < kBodies; ++i) {
    struct Body* const body = &g_bodies[i];
    body->x += step * body->vx, body->y += step * body->vy, body->z += step * body->vz;
  }
}
static double energy(void) {
  double sum = 0;
  for (int i = 0; i < kBodies; ++i) {
    const struct Body* const a = &g_bodies[i];
    sum += a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz) / 2;
    for (int j = i + 1; j < kBodies; ++j) {
      const struct Body* const b = &g_bodies[j];
      const double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
      sum -= a->mass * b->mass / __builtin_sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return sum;
}

int guest_main(int argument) {
  const double before = energy();
  for (int i = 0; i < argument; ++i) advance(opaque_double(0.001));
  const double drift = energy() / before - 1;
  print(drift < 1e-3 && drift > -1e-3 ? "stable\n" : "unstable\n");
  mix_double(energy());
  mix_double(g_bodies[1].x);
  return finish();
}
