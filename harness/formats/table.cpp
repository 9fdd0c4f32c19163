// To add a format: one file with a FormatReader, its make function in formats.h, one row here.
#include <algorithm>

#include "formats/formats.h"

namespace harness {
namespace {

constexpr Format kFormats[] = {
    {"tap", "TAP 13 and 14: a version, a plan, ok and not ok, subtests by indentation.", make_tap},
    {"ktap", "The kernel's dialect of TAP, as KUnit and kselftest print it; read like tap.",
     make_tap},
    {"kvm-unit-tests", "Lines PASS:, FAIL:, SKIP:, XFAIL:, XPASS: and the closing SUMMARY:.",
     make_kvm_unit_tests},
    {"googletest", "The console output of GoogleTest.", make_googletest},
    {"solo5", "Solo5's tests: a line SUCCESS, and the exit status that the bindings tell.",
     make_solo5},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  const auto* at = std::ranges::find(kFormats, name, &Format::name);
  return at == std::end(kFormats) ? nullptr : at;
}

}  // namespace harness
