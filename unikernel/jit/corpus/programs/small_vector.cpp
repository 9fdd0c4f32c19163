// A vector with room inside, in a pool, with moves, growth, insertion and a sort with comparisons.
#include "corpus.h"

namespace {

alignas(8) unsigned char g_pool[1 << 14];
size_t g_used;

template <typename T>
class Vector {
 public:
  T* begin() { return items_; }
  T* end() { return items_ + count_; }
  size_t size() const { return count_; }
  T& operator[](size_t i) { return items_[i]; }
  void push(const T& item) {
    if (count_ == room_) grow();
    items_[count_++] = item;
  }
  void insert(size_t at, const T& item) {
    push(item);
    for (size_t i = count_ - 1; i > at; --i) items_[i] = items_[i - 1];
    items_[at] = item;
  }
  void erase(size_t at) {
    for (size_t i = at + 1; i < count_; ++i) items_[i - 1] = items_[i];
    --count_;
  }

 private:
  void grow() {
    room_ = room_ ? room_ * 2 : 4;
    T* const larger = reinterpret_cast<T*>(g_pool + g_used);
    g_used += (room_ * sizeof(T) + 7) & ~size_t{7};
    for (size_t i = 0; i < count_; ++i) larger[i] = items_[i];
    items_ = larger;
  }
  T* items_ = nullptr;
  size_t count_ = 0, room_ = 0;
};
struct Entry {
  uint16_t key;
  double weight;
};
template <typename T, typename Less>
void sort(T* first, T* last, Less less) {
  for (T* i = first; i != last; ++i) {
    for (T* j = i; j != first && less(*j, *(j - 1)); --j) {
      const T kept = *j;
      *j = *(j - 1);
      *(j - 1) = kept;
    }
  }
}

}  // namespace

extern "C" int guest_main(int argument) {
  Vector<Entry> entries;
  Vector<int64_t> numbers;
  uint32_t state = static_cast<uint32_t>(argument);
  for (int i = 0; i < 60; ++i) {
    entries.insert(next_random(&state) % (entries.size() + 1),
                   {static_cast<uint16_t>(i * 7), next_random(&state) % 100 / 8.0});
    numbers.push(static_cast<int64_t>(next_random(&state)) << 20);
    if (i % 4 == 3) entries.erase(static_cast<size_t>(opaque(i)) / 4);
  }
  sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.weight < b.weight || (a.weight == b.weight && a.key < b.key);
  });
  sort(numbers.begin(), numbers.end(), [](int64_t a, int64_t b) { return a > b; });
  for (const Entry& entry : entries) {
    mix(entry.key);
    mix_double(entry.weight);
  }
  for (int64_t number : numbers) mix64(static_cast<uint64_t>(number));
  mix(static_cast<uint32_t>(g_used));
  return finish();
}
