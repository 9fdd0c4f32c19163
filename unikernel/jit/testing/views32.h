// Two memories of a program of 32-bit Linux: pages of the one that is not seen are kept elsewhere,
// and copied when it is. Slow, and to the program as a guest's are (app/protection.cpp).
#pragma once

#include "interpreter/protection.h"
#include "testing/linux32.h"

namespace views32 {

using jit::Views;
constexpr uint32_t kPage = Views::kPage;
constexpr uint32_t kPages = 2048;

enum Rights : uint8_t { kNothing = 0, kRead = 1, kReadWrite = 3 };

struct Memory {
  uint32_t low = 0, pages = 0;
  uint8_t* second[kPages];  // what it has; nullptr: nothing
  Rights rights[2][kPages];
  bool is_second = false;
  bool (*write)(void* writer, uint32_t address) = nullptr;
  void* writer = nullptr;
  alignas(16) uint8_t kept[kPages][kPage];  // of the first, while the second is seen

  [[nodiscard]] uint8_t* at(uint32_t page) const {
    return reinterpret_cast<uint8_t*>(low + page * kPage);
  }
  [[nodiscard]] bool is_own(uint32_t page) const {
    return second[page] != nullptr && second[page] != at(page);
  }
  void protect(uint32_t first, uint32_t end) const {
    for (uint32_t begin = first; begin < end;) {
      const Rights now = rights[is_second ? 1 : 0][begin];
      uint32_t behind = begin + 1;
      while (behind < end && rights[is_second ? 1 : 0][behind] == now) ++behind;
      linux32::system_call(linux32::kProtect, linux32::address_of(at(begin)),
                           static_cast<int>((behind - begin) * kPage), now);
      begin = behind;
    }
  }
  void allow() const {
    linux32::system_call(linux32::kProtect, static_cast<int>(low), static_cast<int>(pages * kPage),
                         kReadWrite);
  }
  void show(uint32_t page) {
    __builtin_memcpy(kept[page], at(page), kPage);
    __builtin_memcpy(at(page), second[page], kPage);
  }
  void hide(uint32_t page) {
    __builtin_memcpy(second[page], at(page), kPage);
    __builtin_memcpy(at(page), kept[page], kPage);
  }
};

inline Memory memory;

inline bool begin(void*, uint32_t low, uint32_t high, uint32_t) {
  Memory& m = memory;
  if ((high - low) / kPage > kPages) return false;
  m.low = low;
  m.pages = (high - low) / kPage;
  for (uint32_t page = 0; page < m.pages; ++page) {
    m.second[page] = nullptr;
    m.rights[0][page] = kReadWrite;
    m.rights[1][page] = kNothing;
  }
  return true;
}

inline bool share(void*, uint32_t low, uint32_t end) {
  Memory& m = memory;
  for (uint32_t page = (low - m.low) / kPage; page < (end - m.low) / kPage; ++page) {
    m.second[page] = m.at(page);
    m.rights[0][page] = m.rights[1][page] = kRead;
  }
  m.protect((low - m.low) / kPage, (end - m.low) / kPage);
  return true;
}

inline void open(void*, uint32_t low, uint32_t end) {
  Memory& m = memory;
  for (uint32_t page = (low - m.low) / kPage; page < (end - m.low) / kPage; ++page) {
    m.rights[0][page] = kReadWrite;
  }
  m.protect((low - m.low) / kPage, (end - m.low) / kPage);
}

inline bool lead(void*, bool second, uint32_t address, uint8_t* bytes, bool writable) {
  Memory& m = memory;
  const uint32_t page = (address - m.low) / kPage;
  m.rights[second ? 1 : 0][page] = writable ? kReadWrite : kRead;
  if (second == m.is_second) m.protect(page, page + 1);
  if (second) {
    const bool was_own = m.is_own(page);
    m.second[page] = bytes;
    if (m.is_second && m.is_own(page)) {
      if (was_own) return false;
      m.show(page);
    }
  }
  return true;
}

inline void see(void*, bool second) {
  Memory& m = memory;
  if (m.is_second == second) return;
  m.allow();
  for (uint32_t page = 0; page < m.pages; ++page) {
    if (m.is_own(page)) second ? m.show(page) : m.hide(page);
  }
  m.is_second = second;
  m.protect(0, m.pages);
}

inline void ask(void*, bool (*write)(void*, uint32_t), void* writer) {
  memory.write = write;
  memory.writer = writer;
}

constexpr Views kViews = {begin, share, open, lead, see, ask, nullptr};

/// Something was written where that is forbidden; true: it is not so any more.
inline bool is_allowed(uint32_t address) {
  return memory.write != nullptr && memory.write(memory.writer, address);
}

/// There is one memory, and it can be written. For who has ended a program anyhow.
inline void reset() {
  if (memory.pages > 0) memory.allow();
  memory.pages = 0;
  memory.is_second = false;
  memory.write = nullptr;
}

inline bool run(void*, void (*code)(void*), void* argument, jit::Outcome&) {
  code(argument);
  return true;
}
constexpr jit::Protection kProtection = {run, nullptr, nullptr, &kViews};

}  // namespace views32
