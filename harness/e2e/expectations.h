// The verdict that each scenario of the project must get.
#pragma once

#include <ostream>

#include "model/record.h"

namespace harness {

struct Expectation {
  const char* scenario;
  VerdictKind verdict;
  int exit_status;
};

inline void PrintTo(const Expectation& expected, std::ostream* out) { *out << expected.scenario; }

// A new scenario gets a row; a test fails where one is missing.
inline const Expectation kExpectations[] = {
    {"monolithic", VerdictKind::pass, 0},
    {"monolithic-int80", VerdictKind::pass, 0},
    {"monolithic-modules", VerdictKind::pass, 0},
    {"session20", VerdictKind::pass, 0},
    {"smoke", VerdictKind::pass, 0},
    {"boot-disk", VerdictKind::pass, 0},
    {"boot-multiboot", VerdictKind::pass, 0},
    {"boot-pvh", VerdictKind::pass, 0},
    {"boot-pvh-qboot", VerdictKind::pass, 0},
    {"hello-c", VerdictKind::pass, 0},
    {"optimized", VerdictKind::pass, 0},
    {"tinyllama-inference", VerdictKind::pass, 0},
    {"tinyllama-microvm", VerdictKind::pass, 0},
    {"tinyllama-multiboot", VerdictKind::pass, 0},
    {"tinyllama-fw-cfg", VerdictKind::pass, 0},
    {"tinyllama-int8", VerdictKind::pass, 0},
    {"tinyllama-scalar", VerdictKind::pass, 0},
    {"tinyllama-prompt", VerdictKind::pass, 0},
    {"bitcode-adaptive", VerdictKind::pass, 0},
    {"bitcode-llama", VerdictKind::pass, 0},
    {"bitcode-long", VerdictKind::pass, 0},
    {"bitcode-profile", VerdictKind::pass, 0},
    {"bitcode-repeated", VerdictKind::pass, 0},
    {"bitcode-speed", VerdictKind::pass, 0},
    {"bitcode-tiers", VerdictKind::pass, 0},
    {"bitcode-tuned", VerdictKind::pass, 0},
    {"code-pages", VerdictKind::pass, 0},
    {"hot-swap", VerdictKind::pass, 0},
    {"bitcode-hot-paths", VerdictKind::pass, 0},
    {"reload", VerdictKind::pass, 0},
    {"reload-serial", VerdictKind::pass, 0},
    {"trial", VerdictKind::pass, 0},
    {"warm-start", VerdictKind::pass, 0},
    {"selfhost", VerdictKind::pass, 0},
    {"selfhost-os", VerdictKind::pass, 0},
    {"benchmarks", VerdictKind::pass, 0},
    {"benchmarks-host", VerdictKind::pass, 0},
    {"guest-tests", VerdictKind::pass, 0},
    {"kernel-tests-output", VerdictKind::pass, 0},
    {"kernel-tests-memory", VerdictKind::pass, 0},
    {"kernel-tests-drivers", VerdictKind::pass, 0},
    {"kernel-tests-protection", VerdictKind::pass, 0},
    {"kernel-tests-store", VerdictKind::pass, 0},
    {"recovery", VerdictKind::pass, 0},
    {"recovery-nx", VerdictKind::pass, 0},
    {"power-cuts/keeper", VerdictKind::pass, 0},
    {"power-cuts/keeper-q35", VerdictKind::pass, 0},
    {"power-cuts/keeper-microvm", VerdictKind::pass, 0},
    {"power-cuts/warm-start", VerdictKind::pass, 0},
    {"power-cuts/header-first", VerdictKind::fail, 1},
    {"power-cuts/never-flushes", VerdictKind::fail, 1},
    {"power-cuts/no-checksum", VerdictKind::fail, 1},
    {"power-cuts/trusts-generation", VerdictKind::fail, 1},
    {"misbehaving/panic", VerdictKind::panic, 1},
    {"misbehaving/exception", VerdictKind::panic, 1},
    {"misbehaving/outside-range", VerdictKind::panic, 1},
    {"misbehaving/stack-overflow", VerdictKind::panic, 1},
    {"misbehaving/foreign-panic", VerdictKind::panic, 1},
    {"misbehaving/forbidden-line", VerdictKind::fail, 1},
    {"misbehaving/triple-fault", VerdictKind::reset, 1},
    {"misbehaving/hang", VerdictKind::idle, 1},
    {"misbehaving/busy-hang", VerdictKind::timeout, 1},
    {"misbehaving/cpu-limit", VerdictKind::timeout, 1},
    {"misbehaving/halt-cli", VerdictKind::idle, 1},
    {"misbehaving/babble", VerdictKind::truncated, 5},
    {"misbehaving/flood", VerdictKind::truncated, 5},
    {"misbehaving/mid-line", VerdictKind::truncated, 5},
    {"misbehaving/fail", VerdictKind::fail, 1},
    {"misbehaving/failing-tests", VerdictKind::fail, 1},
    {"misbehaving/unreported-failure", VerdictKind::fail, 1},
    {"misbehaving/failing-benchmark", VerdictKind::fail, 1},
    {"misbehaving/wrong-memmove", VerdictKind::fail, 1},
    {"misbehaving/skip", VerdictKind::skip, 0},
    {"misbehaving/reboot", VerdictKind::reset, 1},
    {"misbehaving/unknown-exit", VerdictKind::exit_unsignalled, 1},
    {"misbehaving/silent", VerdictKind::no_output, 1},
    {"misbehaving/wrong-calls", VerdictKind::fail, 1},
    {"misbehaving/lying-profile", VerdictKind::pass, 0},  // a run believes it; profile does not
    {"misbehaving/torn-line", VerdictKind::invalid_data, 5},
    {"misbehaving/bad-profile", VerdictKind::invalid_data, 5},
    {"misbehaving/early-exit", VerdictKind::truncated, 5},
    {"misbehaving/power-off", VerdictKind::exit_unsignalled, 1},
    {"misbehaving/missing-metric", VerdictKind::fail, 1},
    {"misbehaving/wrong-witness", VerdictKind::invalid_data, 5},
    {"misbehaving/garbage", VerdictKind::fail, 1},
    {"misbehaving/html-payload", VerdictKind::fail, 1},
    {"misbehaving/no-signature", VerdictKind::fail, 1},
};

}  // namespace harness
