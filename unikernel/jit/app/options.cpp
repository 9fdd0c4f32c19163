#include "app/options.h"

#include "kernel/boot_data.h"
#include "kernel/console.h"

namespace jit::app {
namespace {

constexpr struct Count {
  const char* name;
  uint32_t HotPathOptions::* value;
} kCounts[] = {
    {"opt/uniharness/bitcode/share", &HotPathOptions::share},
    {"opt/uniharness/bitcode/break_even", &HotPathOptions::break_even},
    {"opt/uniharness/bitcode/loop_samples", &HotPathOptions::loop_samples},
    {"opt/uniharness/bitcode/machine_share", &HotPathOptions::machine_share},
    {"opt/uniharness/bitcode/machine_break_even", &HotPathOptions::machine_break_even},
    {"opt/uniharness/bitcode/watched", &HotPathOptions::watched},
    {"opt/uniharness/bitcode/watch_share", &HotPathOptions::watch_share},
    {"opt/uniharness/bitcode/version_ticks", &HotPathOptions::version_ticks},
    {"opt/uniharness/bitcode/trial_samples", &HotPathOptions::trial_samples},
    {"opt/uniharness/bitcode/chances", &HotPathOptions::chances},
    {"opt/uniharness/bitcode/slice", &HotPathOptions::slice},
};
constexpr uint32_t kMostCount = INT32_MAX;

bool refuse(kernel::Console& out, const char* option, const char* must_be) {
  out.text("option ").text(option).text(" must be ").text(must_be).newline();
  return false;
}

/// Digits alone.
bool number_of(Text text, uint64_t& value) {
  value = 0;
  for (uint32_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    if (c < '0' || c > '9' || value > (UINT64_MAX >> 1) / 10 - 9) return false;
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  return text.size > 0;
}

}  // namespace

Text read_text(const char* option, char (&buffer)[kMaxOption]) {
  size_t size = kernel::read_boot_text(option, buffer, sizeof buffer);
  if (size > 0 && buffer[size - 1] == '\n') --size;
  return {buffer, static_cast<uint32_t>(size)};
}

bool read_switch(kernel::Console& out, const char* option, bool& on) {
  char buffer[kMaxOption];
  const Text text = read_text(option, buffer);
  if (text.size == 0) return true;
  on = text == Text("1");
  return on || text == Text("0") || refuse(out, option, "0 or 1");
}

bool read_number(kernel::Console& out, const char* option, uint64_t& value) {
  char buffer[kMaxOption];
  const Text text = read_text(option, buffer);
  return text.size == 0 || number_of(text, value) || refuse(out, option, "a number");
}

bool read_hot_paths(kernel::Console& out, HotPathOptions& options) {
  for (const Count& count : kCounts) {
    uint64_t value = options.*count.value;
    if (!read_number(out, count.name, value)) return false;
    if (value == 0 || value > kMostCount) {
      return refuse(out, count.name, "a number from 1 to 2147483647");
    }
    options.*count.value = static_cast<uint32_t>(value);
  }
  return true;
}

}  // namespace jit::app
