#include <string>

#include "base/text.h"
#include "formats/formats.h"
#include "formats/results.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"

namespace harness::fuzz {

int fuzz_formats(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::string log = blown_up(input.rest());
  for (const Format& format : formats()) {
    const auto reader = format.make();
    std::string_view rest = log;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      reader->see(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const FormatResults all = reader->finish();
    require(all.tests.size() <= kMostResults, "the list of results is bounded");
    require(all.summary.results >= all.tests.size(), "no result is invented");
    require(all.tests.empty() || all.summary.found, "results are of something that was found");
    require(all.tests.size() == all.summary.results || !all.summary.fault.empty(),
            "results that are not kept are told");
    require(printable(all.summary.fault) == all.summary.fault, "a fault is printable");
    bool failed = false;
    for (const TestResult& test : all.tests) {
      require(!test.name.empty() && test.name.size() <= kLongestResultName, "names are cut");
      require(printable(test.name) == test.name, "a name is printable");
      failed |= test.status == wire::Status::fail;
    }
    require(!failed || all.summary.status == wire::Status::fail, "a failure is not hidden");
  }
  return 0;
}

}  // namespace harness::fuzz
