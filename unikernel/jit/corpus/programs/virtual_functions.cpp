// Virtual functions: overriding, calls from constructors, defaults, final, through references.
#include "corpus.h"

extern "C" void __cxa_pure_virtual() { guest_exit(99); }

namespace {

struct Shape {
  Shape() { mix(static_cast<uint32_t>(corners())); }
  virtual int area() const = 0;
  virtual int corners() const { return 0; }
  virtual const char* name() const { return "shape"; }
  int weight() const { return area() * 10 + corners(); }
};
struct Rectangle : Shape {
  Rectangle(int w, int h) : width(w), height(h) { mix(static_cast<uint32_t>(corners())); }
  int area() const override { return width * height; }
  int corners() const override { return 4; }
  const char* name() const override { return "rectangle"; }
  int width, height;
};
struct Square final : Rectangle {
  explicit Square(int side) : Rectangle(side, side) {}
  const char* name() const override { return "square"; }
};
struct Disc : Shape {
  explicit Disc(int r) : radius(r) {}
  int area() const override { return 3 * radius * radius; }
  int radius;
};

int total(const Shape* const* shapes, int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += shapes[i]->weight();
  return sum;
}

}  // namespace

extern "C" int guest_main(int argument) {
  const Rectangle rectangle(opaque(3), argument);
  const Square square(opaque(5));
  const Disc disc(opaque(2));
  const Shape* const shapes[] = {&rectangle, &square, &disc, &square};
  for (int i = 0; i < 8; ++i) {
    const Shape& shape = *shapes[opaque(i) % 4];
    print(shape.name());
    print(i < 7 ? "," : "\n");
    mix(static_cast<uint32_t>(shape.weight() - shape.Shape::corners()));
  }
  mix(static_cast<uint32_t>(total(shapes, 4)));
  return finish();
}
