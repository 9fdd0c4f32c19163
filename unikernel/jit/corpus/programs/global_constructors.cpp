// Globals with constructors: they run before the program, in order, and see one another.
#include "corpus.h"

namespace {

int g_order;

struct Stamp {
  explicit Stamp(int factor) : at(++g_order), value(at * factor) {}
  int at, value;
};

int computed(int seed) {
  int value = opaque(seed);
  for (int i = 0; i < 5; ++i) value = value * 3 + g_order;
  return value;
}

Stamp g_first(10);
Stamp g_second(g_first.value + 1);
const int g_computed = computed(g_second.value);
Stamp g_array[3] = {Stamp(1), Stamp(g_computed), Stamp(2)};
const double g_ratio = opaque_double(22.0) / opaque_double(7.0);

struct Table {
  Table() {
    for (unsigned i = 0; i < 16; ++i) squares[i] = i * i + static_cast<unsigned>(g_order);
  }
  unsigned squares[16];
} g_table;

const Stamp& late() {
  static const Stamp stamp(1000);
  return stamp;
}

}  // namespace

extern "C" int guest_main(int argument) {
  mix(static_cast<uint32_t>(g_first.value * 100 + g_second.value));
  mix(static_cast<uint32_t>(g_computed));
  for (const Stamp& stamp : g_array) mix(static_cast<uint32_t>(stamp.at * 65536 + stamp.value));
  mix_double(g_ratio);
  for (unsigned square : g_table.squares) mix(square);
  mix(static_cast<uint32_t>(g_order));
  for (int i = 0; i < 3; ++i) mix(static_cast<uint32_t>(late().at + late().value + argument));
  mix(static_cast<uint32_t>(g_order));
  return finish();
}
