// Objects made in place and ended by hand, in a pool of our own; new and delete of our own.
#include "corpus.h"

inline void* operator new(size_t, void* where) noexcept { return where; }

namespace {

alignas(16) unsigned char g_pool[512];
size_t g_used;
int g_alive;

void* pool(size_t size) {
  void* const block = g_pool + g_used;
  g_used += (size + 7) & ~size_t{7};
  return block;
}

}  // namespace

void* operator new(size_t size) { return pool(size); }
void* operator new[](size_t size) { return pool(size + 8); }
void operator delete(void*) noexcept { mix(1); }
void operator delete(void*, size_t size) noexcept { mix(static_cast<uint32_t>(size)); }
void operator delete[](void*) noexcept { mix(3); }
void operator delete[](void*, size_t size) noexcept { mix(static_cast<uint32_t>(size)); }

namespace {

struct Base {
  explicit Base(int v) : value(v) { ++g_alive; }
  virtual ~Base() { --g_alive; }
  virtual int get() const { return value; }
  int value;
};
struct Large : Base {
  explicit Large(int v) : Base(v), more{v, v + 1, v + 2} {}
  ~Large() override { mix(static_cast<uint32_t>(more[2])); }
  int get() const override { return more[0] * more[1]; }
  int more[3];
};
struct Item {
  ~Item() { mix(static_cast<uint32_t>(id)); }
  int id = ++g_alive;
};

}  // namespace

extern "C" int guest_main(int argument) {
  alignas(8) unsigned char storage[sizeof(Large)];
  for (int i = 0; i < 5; ++i) {
    Base* const base = opaque(i) & 1 ? new (storage) Large(i + argument) : new (storage) Base(i);
    mix(static_cast<uint32_t>(base->get()));
    base->~Base();
  }
  Base* const owned = new Large(opaque(9));
  mix(static_cast<uint32_t>(owned->get() + g_alive));
  delete owned;
  Item* const items = new Item[static_cast<size_t>(opaque(4))];
  mix(static_cast<uint32_t>(items[3].id));
  delete[] items;
  mix(static_cast<uint32_t>(g_used) + static_cast<uint32_t>(g_alive));
  return finish();
}
