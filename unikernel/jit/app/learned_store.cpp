#include "app/learned_store.h"

#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/heap.h"
#include "kernel/system.h"
#include "support/bytes.h"

// The kernel's build-id: an ELF note of 16 bytes and a hash of 20 (image.ld; the linker makes it).
extern "C" const uint8_t build_id_note[];

namespace jit::app {
namespace {

constexpr kernel::StoreRegion kRegion = {.first = 0, .sectors = 512};
constexpr uint16_t kKind = 1;
constexpr uint32_t kHeadBytes = 16;  // of a record: FirstRun
constexpr uint32_t kRecordBytes = 60 * 1024;

/// The features that cpuid tells (Intel SDM volume 2A): without the number of the processor that
/// is asked, which is in ebx of leaf 1.
uint32_t processor() {
  const x86::CpuidResult first = x86::cpuid(0), features = x86::cpuid(1);
  x86::CpuidResult more = {};
  if (first.eax >= 7) more = x86::cpuid(7);
  const uint32_t values[] = {first.eax,    first.ebx,    first.ecx, first.edx, features.eax,
                             features.ecx, features.edx, more.ebx,  more.ecx,  more.edx};
  wire::Crc32 sum;
  for (const uint32_t value : values) {
    for (int shift = 0; shift < 32; shift += 8) sum.add(static_cast<uint8_t>(value >> shift));
  }
  return sum.value();
}

/// 14 bytes of the kernel's hash, 14 of the programs', 4 of the processor.
kernel::StoreKey key_of(const Prepared& prepared) {
  constexpr uint32_t kPart = 14, kNoteHead = 16;
  kernel::StoreKey key;
  __builtin_memcpy(key.bytes, build_id_note + kNoteHead, kPart);
  __builtin_memcpy(key.bytes + kPart, bundle::hash(prepared.bundle), kPart);
  write_little(key.bytes + 2 * kPart, processor(), 4);
  return key;
}

template <class T>
Span<T> take(kernel::Heap& heap, uint32_t count) {
  T* const bytes = static_cast<T*>(heap.allocate(count));
  return {bytes, bytes != nullptr ? count : 0};
}

}  // namespace

LearnedStore::LearnedStore(kernel::System& system, const Prepared& prepared)
    : out_(system.console),
      key_(key_of(prepared)),
      memory_(take<char>(system.heap, kernel::Store::memory_for(kRegion))),
      record_(take<uint8_t>(system.heap, kRecordBytes)),
      store_(disk_, kRegion, key_, memory_.data) {
  if (!record_.empty()) room_ = {record_.data + kHeadBytes, record_.size - kHeadBytes};
}

bool LearnedStore::open() {
  if (memory_.empty() || record_.empty()) {
    out_.text("store: there is no memory for it\n");
    return false;
  }
  const kernel::StoreOpened opened = store_.open();
  out_.text("store: ").text(kernel::kStoreRefusalNames[static_cast<uint8_t>(opened.refusal)]);
  out_.newline().text("found ").decimal(opened.records > 0 ? store_.generation() : 0).newline();
  return opened.refusal != kernel::StoreRefusal::unreadable;
}

Span<const uint8_t> LearnedStore::find(uint32_t program, FirstRun& first) const {
  kernel::StoreRecord record;
  if (!store_.find(kKind, program, record) || record.size <= kHeadBytes) return {};
  first = {read_little(record.bytes, 8), read_little(record.bytes + 8, 8)};
  return {record.bytes + kHeadBytes, record.size - kHeadBytes};
}

bool LearnedStore::keep(uint32_t program, const FirstRun& first, uint32_t size) {
  write_little(record_.data, first.first_text, 8);
  write_little(record_.data + 8, first.run, 8);
  size += kHeadBytes;
  kernel::StoreRecord before;
  if (store_.find(kKind, program, before) && before.size == size &&
      __builtin_memcmp(before.bytes, record_.data, size) == 0) {
    return true;
  }
  kernel::StoreStatus status = store_.put(kKind, program, record_.data, size);
  if (status == kernel::StoreStatus::ok) status = store_.commit();
  switch (status) {
    case kernel::StoreStatus::ok:
      out_.text("kept ").decimal(store_.generation()).newline();
      return true;
    case kernel::StoreStatus::full:
      out_.text("not kept: there is no room on the disk\n");
      return false;
    case kernel::StoreStatus::not_ours:
      out_.text("not kept: something else is on the disk\n");
      return false;
    default:
      out_.text("not kept: the disk reports an error\n");
      return false;
  }
}

}  // namespace jit::app
