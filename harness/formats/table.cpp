// To add a format: one file with a FormatReader, its make function in formats.h, one row here; or
// one function in ready_patterns.cpp, and one row.
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
    {.name = "ztest",
     .help = "Zephyr's ztest: START, PASS, FAIL, SKIP, the suites' counts, PROJECT EXECUTION.",
     .make = make_ztest,
     .meant = {">>> ZEPHYR FATAL ERROR ", "ASSERTION FAIL ["},
     .halts = {"Halting system", "Fatal error was unexpected, aborting"}},
    {.name = "lk-unittest",
     .help = "The unit tests of LK and Zircon: CASE, [RUNNING], [PASSED], [FAILED].",
     .make = make_lk_unittest,
     .closes = false},
    {"uktest", "Unikraft's uktest: assertions of each test case, and the Test Summary.",
     make_uktest},
    {.name = "libtest",
     .help = "Rust's libtest: running N tests, test NAME ... ok, test result; also terse.",
     .make = make_libtest,
     .meant = {"thread '"}},
    {.name = "blog-os",
     .help = "The test runner of \"Writing an OS in Rust\": Running N tests, NAME... [ok].",
     .make = make_blog_os,
     .decided_by_status = true},
    {.name = "sel4test",
     .help = "seL4's sel4test: Running test, Test NAME passed or failed, Test suite passed.",
     .make = make_sel4test,
     .meant = {"while trying to handle:", "Found thread has no fault handler"}},
    {"unity", "Unity's FILE:LINE:NAME:PASS, FAIL and IGNORE, and its N Tests N Failures N Ignored.",
     make_unity},
    {"cmocka", "The standard output of cmocka.", make_cmocka},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  const auto* at = std::ranges::find(kFormats, name, &Format::name);
  return at == std::end(kFormats) ? nullptr : at;
}

}  // namespace harness
