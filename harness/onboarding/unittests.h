// unittests.cfg of kvm-unit-tests: a section a test. The file is another project's and is not
// trusted: nothing of it is run by a shell, and what cannot be read is told with its line.
//
// Form and meaning: docs/unittests.txt and scripts/runtime.bash of kvm-unit-tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harness::onboarding {

/// A file of the host that must hold this value, or the test is skipped.
struct HostCondition {
  std::string path, value;
  friend bool operator==(const HostCondition&, const HostCondition&) = default;
};

/// One section.
struct UnitTest {
  std::string name;
  int line = 0;  // of its heading, counted from 1
  std::string file;
  std::uint64_t smp = 1;
  std::string topology;             // of the processors, for QEMU: "threads=4"; or empty
  std::vector<std::string> params;  // for QEMU, as a shell would split them
  std::vector<std::string> groups;
  std::vector<std::string> archs;  // empty: all
  std::string machine, accel;      // empty: any
  std::uint64_t timeout_s = 90;    // seconds; 0: none
  std::vector<HostCondition> conditions;
  std::string disabled_if;  // a condition of bash: onboarding/config_condition.h; or empty
  std::string unusable;     // why it cannot be run here whatever the host is like; or empty
};

/// The sections in the order of the file. `name` is the file's, for messages; `max_smp` stands for
/// $MAX_SMP. A section with a fault (a line that is no `key = value`, a quote that is not closed, a
/// number that is none, no `file`, a name that was there before) is unusable, and says so with the
/// line; the others are not concerned. Throws UsageError where the file is none of the kind: a key
/// before the first section, more sections than are read, no section. Any bytes.
std::vector<UnitTest> parse_unit_tests(std::string_view text, const std::string& name,
                                       std::uint64_t max_smp);

}  // namespace harness::onboarding
