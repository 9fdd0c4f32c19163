// To add a format: one file with a FormatReader, its make function in formats.h, one row here; or
// one block of patterns in ready_patterns.cpp, and one row.
#include <algorithm>

#include "formats/formats.h"

namespace harness {
namespace {

constexpr Format kFormats[] = {
    {"tap", "TAP 13 and 14: a version, a plan, ok and not ok, subtests by indentation.", make_tap},
    {"ktap", "The kernel's dialect of TAP, as KUnit and kselftest print it; read like tap.",
     make_ktap},
    {.name = "kvm-unit-tests",
     .help = "Lines PASS:, FAIL:, SKIP:, XFAIL:, XPASS:, KFAIL: and the closing SUMMARY:.",
     .make = make_kvm_unit_tests,
     .decided_by_status = true},
    {"googletest", "The console output of GoogleTest.", make_googletest},
    {"solo5", "The exit status that Solo5's bindings print, and the line SUCCESS of its own tests.",
     make_solo5},
    {"ztest", "Zephyr's ztest: START, PASS, FAIL, SKIP, the suites' counts, PROJECT EXECUTION.",
     nullptr, &kZtest},
    {.name = "lk-unittest",
     .help = "The unit tests of LK and Zircon: CASE, [RUNNING], [PASSED], [FAILED].",
     .make = nullptr,
     .patterns = &kLkUnittest,
     .closes = false},
    {"uktest", "Unikraft's uktest: assertions of each test case, and the Test Summary.", nullptr,
     &kUktest},
    {"libtest", "Rust's libtest: running N tests, test NAME ... ok, test result.", nullptr,
     &kLibtest},
    {"blog-os", "The test runner of \"Writing an OS in Rust\": Running N tests, NAME... [ok].",
     nullptr, &kBlogOs},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  const auto* at = std::ranges::find(kFormats, name, &Format::name);
  return at == std::end(kFormats) ? nullptr : at;
}

std::unique_ptr<FormatReader> make_reader(const Format& format) {
  if (format.make) return format.make();
  const ReadyPatterns& ready = *format.patterns;
  TestPatterns patterns;
  const auto put = [](std::string_view text, std::vector<std::string>& into) {
    if (!text.empty()) into.emplace_back(text);
  };
  put(ready.group, patterns.group);
  put(ready.start, patterns.start);
  put(ready.result, patterns.result);
  put(ready.pass, patterns.pass);
  put(ready.fail, patterns.fail);
  put(ready.skip, patterns.skip);
  put(ready.plan, patterns.plan);
  put(ready.summary, patterns.summary);
  put(ready.end, patterns.end);
  return make_reader(patterns);
}

}  // namespace harness
