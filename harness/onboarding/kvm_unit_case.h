// One test of kvm-unit-tests as a scenario, or the reason why it is skipped here.
//
// Machines and exit statuses: {x86,arm,riscv}/run and lib/chr-testdev.c of kvm-unit-tests. A test
// ends QEMU with twice its code and one: 0 pass, 1 fail, 38 skip, 63 abort.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "onboarding/config_condition.h"
#include "onboarding/unittests.h"

namespace harness::onboarding {

/// Whether a test asks for what only KVM has: `accel = kvm`, -enable-kvm, -cpu host.
bool wants_kvm(const UnitTest& test);

/// What is asked of the import, and what this host has.
struct KvmUnitHost {
  std::string arch = "x86_64";      // of kArchitectures: what the tests were built for
  std::string accel = "auto";       // tcg, kvm or auto, where a test does not say it
  std::string kvm_fault;            // why tests that need KVM are not run; empty: they are
  std::vector<std::string> groups;  // only tests of one of these; empty: all but nodefault
  Configuration config;             // of the checkout (config.mak)
  /// The first line of a file of the host, or nothing where it cannot be read.
  std::function<std::optional<std::string>(const std::string& path)> first_line;
  std::function<bool(const std::string& file)> exists;  // a file beside unittests.cfg
  /// Why QEMU does not start with this processor under tcg; empty where it does. Unset: not asked.
  std::function<std::string(const std::string& cpu)> cpu_fault = {};
};

struct KvmUnitCase {
  UnitTest test;
  std::string name;  // as a scenario may be called; no two cases share one
  std::string yaml;  // the scenario; empty where it is skipped
  std::string skip;  // why; empty where it is run
};

/// `folder` is where the files of the tests are, as a scenario must write it; `source` names
/// unittests.cfg for people. Tests of other groups than asked for are left out, all others are in
/// the result. Pure but for what `host` looks up.
std::vector<KvmUnitCase> kvm_unit_cases(const std::vector<UnitTest>& tests,
                                        const std::string& source, const std::string& folder,
                                        const KvmUnitHost& host);

/// The first line of every file that the import writes: such a file may be replaced by the next.
inline constexpr std::string_view kImportMark = "# Written by `uniharness import`";

/// The name of an architecture here, by the name that kvm-unit-tests gives it; or "".
std::string_view known_architecture(std::string_view name);

}  // namespace harness::onboarding
