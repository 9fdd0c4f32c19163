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
  std::vector<std::string> params;  // for QEMU, as a shell would split them
  std::vector<std::string> groups;
  std::vector<std::string> archs;  // empty: all
  std::string machine, accel;      // empty: any
  std::uint64_t timeout_s = 90;    // seconds; 0: none
  std::vector<HostCondition> conditions;
  std::string unusable;  // why it cannot be run here whatever the host is like; or empty
};

/// The sections in the order of the file. `name` is the file's, for messages; `max_smp` stands for
/// $MAX_SMP. Throws UsageError with every fault at its line: text outside of a section, a line that
/// is no `key = value`, a quote that is not closed, numbers that are none, a section twice or
/// without `file`. Any bytes.
std::vector<UnitTest> parse_unit_tests(std::string_view text, const std::string& name,
                                       std::uint64_t max_smp);

}  // namespace harness::onboarding
