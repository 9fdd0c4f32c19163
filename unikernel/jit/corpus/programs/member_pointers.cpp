// Pointers to members: data, functions, virtual ones, of a second base, null.
#include "corpus.h"

namespace {

struct First {
  int a = 1, b = 2;
  virtual int scaled(int by) { return a * by; }
  int plain(int by) { return b - by; }
};
struct Second {
  int c = 3;
  virtual int other(int by) { return c ^ by; }
  int direct(int by) { return c + by; }
};
struct Derived : First, Second {
  int scaled(int by) override { return a * by + 1000; }
  int other(int by) override { return c * by + 2000; }
  int own(int by) const { return b << by; }
};

using Method = int (Derived::*)(int);
using Field = int Derived::*;

}  // namespace

extern "C" int guest_main(int argument) {
  static const Method kMethods[] = {&Derived::scaled, &Derived::plain, &Derived::other,
                                    &Derived::direct};
  static const Field kFields[] = {&Derived::a, &Derived::b, &Derived::c};
  Derived derived;
  for (int i = 0; i < 24; ++i) {
    const Method method = kMethods[opaque(i) % 4];
    const Field field = kFields[opaque(i) % 3];
    derived.*field += argument;
    mix(static_cast<uint32_t>((derived.*method)(i & 7)));
    mix(method == kMethods[2]);
  }
  First first;
  int (First::*of_first)(int) = opaque(1) ? &First::scaled : &First::plain;
  mix(static_cast<uint32_t>((first.*of_first)(5) + (derived.*static_cast<Method>(of_first))(5)));
  int (Derived::*constant)(int) const = &Derived::own;
  mix(static_cast<uint32_t>((derived.*constant)(opaque(3))));
  const Method none = opaque(0) ? kMethods[0] : nullptr;
  const Field nothing = nullptr;
  mix((none == nullptr) + 2u * (nothing == kFields[0]));
  return finish();
}
