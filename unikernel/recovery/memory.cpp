// Protected memory: what may be done to a page, and what traps.
#include <kernel/console.h>

#include "tests.h"

namespace recovery {

GuardedStack guarded_stack;

void recurse(void* depth) {
  volatile uint8_t frame[100];
  frame[0] = 1;
  if (++*static_cast<uint32_t*>(depth) != 0) recurse(depth);
  frame[1] = 1;  // the call is not the last thing, which could be a jump
}

namespace {

using kernel::PageAccess;
using kernel::PagingError;
using kernel::run_guarded;
using kernel::Trap;
namespace page_fault = kernel::page_fault;

constexpr uint32_t kTables =
    kernel::PageMap::kFixedTables + 3;  // the kernel's, aliases, large_page
alignas(kPage) uint8_t tables[kTables * kPage];
alignas(kPage) uint8_t page[2 * kPage];  // the second: code
uint8_t* const code = page + kPage;
const uint32_t constant = 12345;
constexpr PageAccess kNothing{}, kData{.writable = true, .executable = false},
    kCode{.writable = false, .executable = true};

void read_byte(void* at) { static_cast<void>(*static_cast<volatile uint8_t*>(at)); }
void write_byte(void* at) { *static_cast<volatile uint8_t*>(at) = 1; }
void call(void* at) { reinterpret_cast<void (*)()>(at)(); }

/// Whether `access` of `at` is a page fault with that error code, there.
bool faults(void (*access)(void*), const void* at, uint32_t error) {
  Trap trap = {};
  return !run_guarded(access, const_cast<void*>(at), 0, trap) && trap.vector == 14 &&
         trap.error == error && trap.address == address_of(at);
}
bool works(void (*access)(void*), const void* at) {
  Trap trap = {};
  return run_guarded(access, const_cast<void*>(at), 0, trap);
}

constexpr uint32_t kReadMissing = 0;
constexpr uint32_t kWriteMissing = page_fault::kWrite;
constexpr uint32_t kWriteForbidden = page_fault::kWrite | page_fault::kProtection;
constexpr uint32_t kFetchForbidden = page_fault::kFetch | page_fault::kProtection;

Outcome null_call(Machine& machine) {
  const uint32_t error = machine.paging.has_no_execute() ? page_fault::kFetch : 0;
  Trap trap = {};
  const bool right = !run_guarded(&call, nullptr, 0, trap) && trap.vector == 14 &&
                     trap.error == error && trap.eip == 0 && trap.address == 0;
  return passed_if(right, 1, trap.error);
}

Outcome kernel_code(Machine&) {
  const auto* at = reinterpret_cast<const volatile uint8_t*>(&recurse);
  const uint8_t before = *at;
  const bool right =
      faults(&write_byte, const_cast<const uint8_t*>(at), kWriteForbidden) && *at == before;
  return passed_if(right, 1, before);
}

Outcome kernel_constant(Machine&) {
  const uint32_t value = *const_cast<const volatile uint32_t*>(&constant);
  return passed_if(faults(&write_byte, &constant, kWriteForbidden) && value == 12345, 1, value);
}

Outcome read_only(Machine& machine) {
  page[5] = 7;
  bool right = works(&write_byte, page);
  right = machine.paging.protect(address_of(page), kPage, kNothing) == PagingError::none && right;
  right = right && faults(&write_byte, page + 5, kWriteForbidden) && works(&read_byte, page + 5);
  right = machine.paging.protect(address_of(page), kPage, kData) == PagingError::none && right;
  right = right && page[5] == 7 && works(&write_byte, page + 5) && page[5] == 1;
  return passed_if(right, 1, page[5]);
}

/// What is asked where a page cannot be written: it lets everybody write once more, and counts.
struct Writes {
  kernel::Paging& paging;
  bool allow;
  uint32_t count, last;
};
bool allow_write(void* context, uint32_t address) {
  Writes& writes = *static_cast<Writes*>(context);
  ++writes.count;
  writes.last = address;
  return writes.allow &&
         writes.paging.protect(address / kPage * kPage, kPage, kData) == PagingError::none;
}

/// The instruction runs again, with all it had; outside of a run, too.
Outcome write_allowed(Machine& machine) {
  constexpr uint32_t kRounds = 50;
  Writes writes = {machine.paging, true, 0, 0};
  kernel::use({allow_write, &writes});
  bool right = true;
  for (uint32_t i = 0; i < kRounds; ++i) {
    right = machine.paging.protect(address_of(page), kPage, kNothing) == PagingError::none && right;
    volatile uint32_t* const at = reinterpret_cast<uint32_t*>(page + 64);
    const uint32_t before = *at;
    *at = *at + 3;
    right =
        right && *at == before + 3 && writes.count == i + 1 && writes.last == address_of(page + 64);
  }
  // What is not there is nobody's to allow.
  right = machine.paging.unmap(address_of(page), kPage) == PagingError::none && right;
  right = right && faults(&write_byte, page + 6, kWriteMissing) && writes.count == kRounds;
  right = machine.paging.protect(address_of(page), kPage, kData) == PagingError::none && right;
  kernel::use({});
  return passed_if(right, kRounds, writes.count);
}

/// Where the answer is no, it is the run's exception; and nobody is asked any more behind that.
Outcome write_refused(Machine& machine) {
  Writes writes = {machine.paging, false, 0, 0};
  kernel::use({allow_write, &writes});
  bool right = machine.paging.protect(address_of(page), kPage, kNothing) == PagingError::none;
  right = right && faults(&write_byte, page + 5, kWriteForbidden) && writes.count == 1;
  kernel::use({});
  right = right && faults(&write_byte, page + 5, kWriteForbidden) && writes.count == 1;
  right = machine.paging.protect(address_of(page), kPage, kData) == PagingError::none && right;
  return passed_if(right, 2, writes.count);
}

/// Two memories behind the same addresses.
Outcome second_view(Machine& machine) {
  alignas(kPage) static uint8_t view_tables[kPage], other[kPage];
  kernel::Paging& paging = machine.paging;
  kernel::PageView view = paging.view(view_tables, sizeof view_tables);
  const uint32_t at = address_of(page);
  page[9] = 1;
  other[9] = 2;
  bool right = paging.divide(at, kPage) == PagingError::none &&
               view.begin(at, kPage) == PagingError::none &&
               view.lead(at, address_of(other), kData) == PagingError::none;
  volatile uint8_t* const byte = page + 9;
  const auto exchange = [&] {
    view.exchange();
    kernel::Paging::flush_all();
  };
  if (!right) return {wire::Status::fail, 0, 0};
  exchange();
  right = *byte == 2;
  *byte = 3;
  exchange();
  right = right && *byte == 1 && other[9] == 3;
  paging.lead(at, at, kNothing);
  right = right && faults(&write_byte, page + 9, kWriteForbidden);
  paging.lead(at, at, kData);
  return passed_if(right && works(&write_byte, page + 9), 1, other[9]);
}

Outcome unmapped(Machine& machine) {
  page[6] = 8;
  bool right = machine.paging.unmap(address_of(page), kPage) == PagingError::none;
  right = right && faults(&read_byte, page + 6, kReadMissing) &&
          faults(&write_byte, page + 6, kWriteMissing);
  right = machine.paging.protect(address_of(page), kPage, kData) == PagingError::none && right;
  return passed_if(right && page[6] == 8, 1, page[6]);
}

Outcome large_page(Machine& machine) {
  auto* const at = reinterpret_cast<uint8_t*>(0x800000);
  constexpr uint32_t kLarge = kernel::PageMap::kLargePage;
  const uint32_t start = address_of(at), used = machine.paging.map().tables_used();
  bool right = machine.paging.protect(start, 2 * kLarge, kNothing) == PagingError::none &&
               machine.paging.map().tables_used() == used;
  right = right && faults(&write_byte, at + 2 * kLarge - 1, kWriteForbidden) &&
          works(&write_byte, at + 2 * kLarge) && works(&write_byte, at - 1);
  // One page of it gets a right of its own.
  right = machine.paging.protect(start + kPage, kPage, kData) == PagingError::none && right;
  right = right && works(&write_byte, at + kPage) && faults(&write_byte, at, kWriteForbidden) &&
          faults(&write_byte, at + 2 * kPage, kWriteForbidden);
  right = machine.paging.protect(start, 2 * kLarge, kData) == PagingError::none && right;
  return passed_if(right && works(&write_byte, at), 1, machine.paging.map().tables_used() - used);
}

/// mov eax, value; ret
void write_function(uint8_t* to, uint32_t value) {
  to[0] = 0xB8;
  for (unsigned i = 0; i < 4; ++i) to[1 + i] = static_cast<uint8_t>(value >> (8 * i));
  to[5] = 0xC3;
}
uint32_t call_function() { return reinterpret_cast<uint32_t (*)()>(code)(); }

Outcome alias(Machine& machine) {
  constexpr uint32_t kRewrites = 100;
  bool right = machine.paging.protect(address_of(code), kPage, kCode) == PagingError::none;
  const kernel::Alias writable = machine.paging.alias(address_of(code), kPage);
  if (!right || writable.error != PagingError::none) return {wire::Status::fail, 0, 0};
  auto* const to = reinterpret_cast<uint8_t*>(writable.address);
  uint32_t seen = 0;
  for (uint32_t i = 1; i <= kRewrites; ++i) {
    write_function(to, i * 0x01010101);
    seen += call_function() == i * 0x01010101;
  }
  right = seen == kRewrites && faults(&write_byte, code, kWriteForbidden);
  // The pages beside it, and itself when it has ended.
  right = right && faults(&write_byte, to - 1, kWriteMissing) &&
          faults(&write_byte, to + kPage, kWriteMissing);
  right = machine.paging.unmap(writable.address, kPage) == PagingError::none && right;
  right =
      right && faults(&write_byte, to, kWriteMissing) && call_function() == kRewrites * 0x01010101;
  return passed_if(right, kRewrites, seen);
}

Outcome no_execute(Machine& machine) {
  write_function(page, 1);
  if (!machine.paging.has_no_execute()) {
    machine.system.console.text("no_execute: this processor cannot forbid it\n");
    return {wire::Status::skip, 1, 0};
  }
  const bool right = faults(&call, page, kFetchForbidden) &&
                     faults(&call, &constant + 0, kFetchForbidden) &&
                     faults(&call, guarded_stack.bytes, kFetchForbidden);
  return passed_if(right, 3, kFetchForbidden);
}

Outcome errors(Machine& machine) {
  static kernel::Paging other;
  kernel::Paging& paging = machine.paging;
  const uint32_t at = address_of(page), window = kernel::kAliasWindow.begin;
  const bool right[] = {
      other.protect(at, kPage, kData) == PagingError::off,
      other.start(tables, sizeof tables, window) == PagingError::window_in_use,
      other.start(page, kPage, 0) == PagingError::no_tables,
      paging.protect(at + 1, kPage, kData) == PagingError::misaligned,
      paging.protect(window, kPage, kData) == PagingError::out_of_range,
      paging.unmap(at, 0) == PagingError::out_of_range,
      paging.alias(window, kPage).error == PagingError::out_of_range,
      paging.alias(at, 0x10000000).error == PagingError::window_full,
      paging.unmap(0x1000000 - kPage, 2 * kPage) == PagingError::no_tables,
  };
  uint32_t count = 0;
  for (const bool is_right : right) count += is_right;
  return passed_if(count == sizeof right, sizeof right, count);
}

}  // namespace

bool memory_is_protected(Machine& machine) {
  const PagingError error =
      machine.paging.start(tables, sizeof tables, machine.system.boot.memory_bytes);
  const char* const said = error != PagingError::none
                               ? kernel::kPagingErrorNames[static_cast<uint8_t>(error)]
                           : machine.paging.has_no_execute() ? "on, with no-execute"
                                                             : "on, without no-execute";
  machine.system.console.text("paging: ").text(said).text("\n");
  return error == PagingError::none &&
         machine.paging.unmap(address_of(guarded_stack.guard), kPage) == PagingError::none;
}

const Test kMemoryTests[] = {
    {"null_call", &null_call},
    {"kernel_code", &kernel_code},
    {"kernel_constant", &kernel_constant},
    {"read_only", &read_only},
    {"write_allowed", &write_allowed},
    {"write_refused", &write_refused},
    {"second_view", &second_view},
    {"unmapped", &unmapped},
    {"large_page", &large_page},
    {"alias", &alias},
    {"no_execute", &no_execute},
    {"errors", &errors},
    {},
};

}  // namespace recovery
