// Files of Google Benchmark: each is refused, or becomes numbers that compare with themselves.
#include "base/error.h"
#include "base/text.h"
#include "compare/compare.h"
#include "compare/google_benchmark.h"
#include "compare/render.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"

namespace harness::fuzz {

int fuzz_benchmark(const std::uint8_t* data, std::size_t size) {
  Measurements side;
  try {
    side = measurements_of_google_benchmark(view(data, size), "f.json");
  } catch (const Error& error) {
    require(std::string_view(error.what()).starts_with("f.json: "), "the error names the file");
    return 0;
  }
  for (const Series& series : side.series) {
    require(!series.name.empty() && !series.kind.empty(), "each number says what it is");
    require(!series.skipped || series.samples.empty(), "what was skipped has no sample");
  }
  const Comparison same = compare(side, side, {});
  require(same.status != ExitStatus::regression, "nothing is worse than itself");
  require(comparison_markdown({same}, 10'000).size() <= 10'000, "a comparison fits");
  const std::string text = comparison_console({same}, false);
  require(printable_lines(text) == text, "a comparison is harmless");
  return 0;
}

}  // namespace harness::fuzz
