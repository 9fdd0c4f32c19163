// Points and polygons: hulls, areas, lines by Bresenham, circles, flood fills, clipping.
#include "corpus.h"

enum { kWidth = 32, kHeight = 16 };
struct Point {
  int16_t x, y;
};
static char g_canvas[kHeight][kWidth + 1];

static int cross(struct Point o, struct Point a, struct Point b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}
static int magnitude(int v) { return v < 0 ? -v : v; }

static int hull(struct Point* points, int count, struct Point* result) {
  for (int i = 1; i < count; ++i) {
    for (int j = i; j > 0 && (points[j].x < points[j - 1].x ||
                              (points[j].x == points[j - 1].x && points[j].y < points[j - 1].y));
         --j) {
      const struct Point kept = points[j];
      points[j] = points[j - 1];
      points[j - 1] = kept;
    }
  }
  int size = 0;
  for (int pass = 0, least = 1; pass < 2; ++pass, least = size) {
    for (int k = pass; k < count; ++k) {
      const struct Point p = points[pass ? count - 1 - k : k];
      while (size > least && cross(result[size - 2], result[size - 1], p) <= 0) --size;
      result[size++] = p;
    }
  }
  return size - 1;
}
static void line(struct Point a, struct Point b, char ink) {
  const int dx = magnitude(b.x - a.x), dy = -magnitude(b.y - a.y);
  const int sx = a.x < b.x ? 1 : -1, sy = a.y < b.y ? 1 : -1;
  for (int error = dx + dy;;) {
    g_canvas[a.y][a.x] = ink;
    if (a.x == b.x && a.y == b.y) return;
    const int twice = 2 * error;
    if (twice >= dy) error += dy, a.x = (int16_t)(a.x + sx);
    if (twice <= dx) error += dx, a.y = (int16_t)(a.y + sy);
  }
}
static int flood(int x, int y) {
  if (x < 0 || y < 0 || x >= kWidth || y >= kHeight || g_canvas[y][x] != ' ') return 0;
  g_canvas[y][x] = '.';
  return 1 + flood(x + 1, y) + flood(x - 1, y) + flood(x, y + 1) + flood(x, y - 1);
}

int guest_main(int argument) {
  struct Point points[24], ring[26];
  uint32_t state = (uint32_t)argument;
  for (int i = 0; i < 24; ++i)
    points[i] = (struct Point){(int16_t)(2 + next_random(&state) % 28),
                               (int16_t)(1 + next_random(&state) % 14)};
  memset(g_canvas, ' ', sizeof g_canvas);
  const int count = hull(points, opaque(24), ring);
  int area = 0;
  for (int i = 0; i < count; ++i) {
    const struct Point a = ring[i], b = ring[(i + 1) % count];
    area += a.x * b.y - a.y * b.x;
    line(a, b, '#');
  }
  mix((uint32_t)area);
  mix((uint32_t)flood(opaque(0), 0));
  for (int y = 0; y < kHeight; ++y) {
    g_canvas[y][kWidth] = '\n';
    guest_write(g_canvas[y], kWidth + 1);
  }
  return finish();
}
