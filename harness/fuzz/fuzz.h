// Fuzz targets: ordinary functions that take any bytes, hand them to one part of the harness and
// end the process where a promise of that part is broken. libFuzzer calls them (preset `fuzz`,
// ci/fuzz.sh); harness_fuzz_replay calls them on the committed corpus, in every build.
//
// To add one: one function, one row in targets.cpp, its name in CMakeLists.txt, a folder of seeds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace harness::fuzz {

using Function = int (*)(const std::uint8_t* data, std::size_t size);

struct Target {
  std::string_view name;  // of its folder in corpus/ and of its program
  std::string_view promise;
  Function run;
};
/// All targets but `planted`.
std::span<const Target> targets();
/// Breaks its promise for input that starts with "FUZZ": shows that a finding is found.
extern const Target kPlanted;

int fuzz_split(const std::uint8_t* data, std::size_t size);
int fuzz_parse(const std::uint8_t* data, std::size_t size);
int fuzz_fold(const std::uint8_t* data, std::size_t size);
int fuzz_console(const std::uint8_t* data, std::size_t size);
int fuzz_formats(const std::uint8_t* data, std::size_t size);
int fuzz_metrics(const std::uint8_t* data, std::size_t size);
int fuzz_json(const std::uint8_t* data, std::size_t size);
int fuzz_verdict(const std::uint8_t* data, std::size_t size);
int fuzz_qmp(const std::uint8_t* data, std::size_t size);
int fuzz_scenario(const std::uint8_t* data, std::size_t size);
int fuzz_record(const std::uint8_t* data, std::size_t size);
int fuzz_elf(const std::uint8_t* data, std::size_t size);
int fuzz_manifest(const std::uint8_t* data, std::size_t size);
int fuzz_screen(const std::uint8_t* data, std::size_t size);
int fuzz_text(const std::uint8_t* data, std::size_t size);
int fuzz_report(const std::uint8_t* data, std::size_t size);
int fuzz_adopt(const std::uint8_t* data, std::size_t size);
int fuzz_benchmark(const std::uint8_t* data, std::size_t size);
int fuzz_store(const std::uint8_t* data, std::size_t size);
int fuzz_plan(const std::uint8_t* data, std::size_t size);
int fuzz_nbd(const std::uint8_t* data, std::size_t size);
int fuzz_planted(const std::uint8_t* data, std::size_t size);

}  // namespace harness::fuzz
