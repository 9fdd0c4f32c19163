// What is taken out of a file of Google Benchmark. The forms are those that the library writes:
// json_reporter.cc of 1.0 to 1.9.
#include "compare/google_benchmark.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "compare/compare.h"
#include "compare/render.h"
#include "report/report.h"

namespace harness {
namespace {

const Series& named(const Measurements& all, const std::string& name) {
  for (const Series& series : all.series) {
    if (series.name == name) return series;
  }
  throw std::runtime_error("no series " + name);
}

std::string file_of(const std::string& entries, const std::string& context = "") {
  return "{\"context\": {" + context + "}, \"benchmarks\": [" + entries + "]}";
}
Measurements read(const std::string& entries, const std::string& context = "") {
  return measurements_of_google_benchmark(file_of(entries, context), "f.json");
}

/// An entry: `more` is more members, each with a comma before it.
std::string entry(const std::string& name, const std::string& time, const std::string& more = "") {
  return fmt::format(
      R"({{"name": "{0}", "run_name": "{0}", "run_type": "iteration", "iterations": 10,)"
      R"( "real_time": {1}, "time_unit": "ns"{2}}})",
      name, time, more);
}
/// Eight repetitions around a time.
std::string entries(const std::string& name, double time, const std::string& more = "") {
  std::string text;
  for (int i = 0; i < 8; ++i) {
    text += (i == 0 ? "" : ", ") + entry(name, fmt::format("{}", time * (1 + 0.0001 * i)), more);
  }
  return text;
}
std::string skipped(const std::string& name, const std::string& why) {
  return fmt::format(
      R"({{"name": "{0}", "run_name": "{0}", "run_type": "iteration", "iterations": 1,)"
      R"( "real_time": 0.0, "cpu_time": 0.0, "time_unit": "ns", "skipped": true,)"
      R"( "skip_message": "{1}"}})",
      name, why);
}
std::string names_of(const Measurements& all) {
  std::string text;
  for (const Series& series : all.series) text += (text.empty() ? "" : ", ") + series.name;
  return text;
}

constexpr const char* kBenchmarkFile = R"({
  "context": {"executable": "./bench", "host_name": "h", "num_cpus": 2,
              "library_build_type": "release"},
  "benchmarks": [
    {"name": "BM_a/8", "run_name": "BM_a/8", "run_type": "iteration", "iterations": 10,
     "real_time": 12.5, "cpu_time": 12.4, "time_unit": "us"},
    {"name": "BM_a/8", "run_name": "BM_a/8", "run_type": "iteration", "iterations": 10,
     "real_time": 13.5, "cpu_time": 13.4, "time_unit": "us"},
    {"name": "BM_a/8_mean", "run_name": "BM_a/8", "run_type": "aggregate", "iterations": 2,
     "real_time": 13, "cpu_time": 13, "time_unit": "us"},
    {"name": "BM_b", "run_type": "iteration", "error_occurred": true, "error_message": "oh"}
  ]})";

TEST(GoogleBenchmark, RepetitionsAreSamplesAndErrorsAreFaults) {
  ASSERT_TRUE(is_google_benchmark(json_root(kBenchmarkFile)));
  const Measurements all = measurements_of_google_benchmark(kBenchmarkFile, "f.json");
  EXPECT_EQ(names_of(all), "BM_a/8, BM_a/8 cpu_time, BM_b");
  EXPECT_EQ(all.series[0].samples, (std::vector<double>{12.5, 13.5}));
  EXPECT_EQ(all.series[0].unit, "us");
  EXPECT_TRUE(all.series[0].noisy);
  EXPECT_EQ(all.series[1].samples, (std::vector<double>{12.4, 13.4}));
  EXPECT_EQ(all.series[1].better, Direction::lower);
  EXPECT_EQ(all.series[1].part_of(), "BM_a/8");
  EXPECT_NE(all.series[2].fault.find("oh"), std::string::npos);
  EXPECT_EQ(all.fingerprint.at(0).second, "h");
  EXPECT_EQ(all.fingerprint.at(1).second, "2");
}

TEST(GoogleBenchmark, OtherFilesAreRefused) {
  for (const char* bad : {"", "[]", "{}", R"({"context": 1})", R"([{"context": {}}])"}) {
    EXPECT_FALSE(is_google_benchmark(json_root(bad))) << bad;
    EXPECT_THROW(measurements_of_google_benchmark(bad, "f"), Error) << bad;
  }
  for (const char* bad :
       {R"({"context": {}, "benchmarks": [3]})", R"({"context": {}, "benchmarks": 3})",
        R"({"context": {}, "benchmarks": {"a": {"b": 1}}})",
        R"({"context": {}, "benchmarks": [[]]})", R"({"context": {}, "benchmarks": [{}]})",
        R"({"context": {}, "benchmarks": [{"name": 1}]})", R"({"context": [], "benchmarks": []})",
        R"({"context": {}, "benchmarks": []} x)", R"({"context": {}, "benchmarks": [)"}) {
    EXPECT_TRUE(is_google_benchmark(json_root(bad))) << bad;
    EXPECT_THROW(measurements_of_google_benchmark(bad, "f"), Error) << bad;
  }
}

TEST(GoogleBenchmark, AggregatesAloneAreNoSamplesAndSaidToBeSo) {
  const Measurements all = read(R"({"name": "a_mean", "run_name": "a", "run_type": "aggregate",
                                    "real_time": 1, "time_unit": "ns"})");
  EXPECT_TRUE(all.series.empty());
  EXPECT_TRUE(all.fault.starts_with("it has aggregates only")) << all.fault;
  const auto old = [](const char* name) {
    return fmt::format(R"({{"name": "{}", "iterations": 3, "real_time": 1, "time_unit": "ns"}})",
                       name);
  };
  EXPECT_TRUE(read(old("a_mean") + "," + old("a_median") + "," + old("a_stddev"))
                  .fault.starts_with("it has aggregates only"))
      << "files from before run_type";
}

TEST(GoogleBenchmark, AFileWithoutANumberIsToldApartFromAggregates) {
  const Measurements all = read(
      R"({"name": "a", "run_name": "a", "run_type": "iteration", "iterations": 1,
          "real_time": NaN, "cpu_time": NaN, "time_unit": "ns"})");
  EXPECT_EQ(all.fault, "");
  ASSERT_EQ(all.series.size(), 1u);
  EXPECT_EQ(all.series[0].fault, "it has no real_time that is a number");
  EXPECT_EQ(compare(all, all, {}).status, ExitStatus::invalid_data);
}

TEST(GoogleBenchmark, OldFilesTellAggregatesByTheirNames) {
  const auto old = [](const char* name) {
    return fmt::format(R"({{"name": "{}", "iterations": 3, "real_time": 1, "time_unit": "ns"}})",
                       name);
  };
  const Measurements all =
      read(old("a") + "," + old("a") + "," + old("a_mean") + "," + old("a_stddev") + "," +
           old("take_mean") + "," +
           R"({"name": "a_BigO", "cpu_coefficient": 1.2, "big_o": "N", "time_unit": "ns"},
              {"name": "a_RMS", "rms": 0.01})");
  EXPECT_EQ(names_of(all), "a, take_mean");
  EXPECT_EQ(all.series[0].samples.size(), 2u);
}

TEST(GoogleBenchmark, RowsOfAComplexityAreNoBenchmarks) {
  EXPECT_EQ(names_of(read(entry("a", "1") + R"(, {"name": "a_BigO", "run_name": "a",
        "run_type": "aggregate", "aggregate_name": "BigO", "cpu_coefficient": 1, "big_o": "N"},
       {"name": "a_RMS", "run_name": "a", "run_type": "aggregate", "aggregate_name": "RMS",
        "aggregate_unit": "percentage", "rms": 0.1})")),
            "a");
}

TEST(GoogleBenchmark, CountersAreNumbersOfTheirOwn) {
  const Measurements all =
      read(entry("a", "5", R"(, "cpu_time": 4, "family_index": 0, "threads": 1, "repetitions": 1,
        "repetition_index": 0, "label": "x", "items_per_second": 1.5e9, "allocs_per_iter": 2,
        "seed": 7, "empty": NaN, "flag": true)"));
  EXPECT_EQ(names_of(all), "a, a cpu_time, a items_per_second, a allocs_per_iter, a seed");
  EXPECT_EQ(named(all, "a items_per_second").better, Direction::higher);
  EXPECT_EQ(named(all, "a items_per_second").unit, "items/s");
  EXPECT_EQ(named(all, "a allocs_per_iter").better, Direction::lower);
  EXPECT_EQ(named(all, "a seed").better, Direction::neither);
}

TEST(GoogleBenchmark, ACounterWithoutANameHasOneForItself) {
  const Measurements all = read(entry("a", "5", R"(, "": 7)"));
  EXPECT_EQ(names_of(all), "a, a (counter without a name)");
  EXPECT_EQ(named(all, "a (counter without a name)").kind, "(counter without a name)");
}

TEST(GoogleBenchmark, CountersThatAreNoNumbersDoNotSpoilTheFile) {
  constexpr const char* kFile = R"({"context": {}, "benchmarks": [
    {"name": "NaN \" Infinity", "iterations": 1, "real_time": 2, "time_unit": "ns", "a": NaN,
     "b": -Infinity, "c": Infinity}]})";
  const Measurements all = measurements_of_google_benchmark(kFile, "f.json");
  EXPECT_EQ(names_of(all), "NaN \" Infinity");
  EXPECT_EQ(all.series.at(0).samples, std::vector<double>{2});
}

TEST(GoogleBenchmark, TwoOfOneNameAreTwo) {
  const Measurements all = read(entry("a", "1", R"(, "family_index": 0)") + "," +
                                entry("a", "9", R"(, "family_index": 1, "cpu_time": 8)") + "," +
                                entry("a", "2", R"(, "family_index": 0)"));
  EXPECT_EQ(names_of(all), "a, a (2), a (2) cpu_time");
  EXPECT_EQ(all.series[0].samples, (std::vector<double>{1, 2}));
  EXPECT_EQ(all.series[1].samples, (std::vector<double>{9}));
}

TEST(GoogleBenchmark, UnitsOfRepetitionsAreConvertedOrAFault) {
  const auto in = [](const std::string& time, const std::string& unit) {
    return fmt::format(R"({{"name": "a", "iterations": 1, "real_time": {}, "time_unit": "{}"}})",
                       time, unit);
  };
  EXPECT_EQ(read(in("1500", "ns") + "," + in("1.6", "us")).series.at(0).samples,
            (std::vector<double>{1500, 1600}));
  EXPECT_NE(read(in("1", "ns") + "," + in("1", "x")).series.at(0).fault, "");
}

TEST(GoogleBenchmark, WhatIsNoJsonSaysWhere) {
  const auto why = [](const std::string& text) -> std::string {
    try {
      measurements_of_google_benchmark(text, "f.json");
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  const std::string good = file_of(entry("a", "1"));
  EXPECT_EQ(why("\xEF\xBB\xBF" + good), "") << "a byte order mark";
  EXPECT_TRUE(why("***WARNING*** scaling\n" + good).starts_with("f.json: is not JSON: line 1"));
  EXPECT_TRUE(why(good + "\n" + good).starts_with("f.json: goes on behind its end: line 2"));
  EXPECT_TRUE(why("\xFF\xFE{").starts_with("f.json: is in UTF-16"));
  EXPECT_EQ(why(good).find("nested"), std::string::npos);
  EXPECT_NE(why("{\"context\": " + std::string(100, '[')).find("nested deeper"), std::string::npos);
}

// ---- two of them ------------------------------------------------------------------------------

TEST(GoogleBenchmarks, AContextMayStandBehindTheBenchmarks) {
  const std::string context = R"({"conditions": "c", "unit": "instructions"})";
  const std::string all = entries("a", 5) + ", " + entries("b", 7);
  const auto series = [](const std::string& text) {
    return measurements_of_google_benchmark(text, "f.json").series;
  };
  const auto before = series("{\"context\": " + context + ", \"benchmarks\": [" + all + "]}");
  const auto behind = series("{\"benchmarks\": [" + all + "], \"context\": " + context + "}");
  ASSERT_EQ(before.size(), 2u);
  ASSERT_EQ(behind.size(), 2u);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(behind[i].unit, "instructions");
    EXPECT_EQ(behind[i].name, before[i].name);
    EXPECT_EQ(behind[i].unit, before[i].unit);
    EXPECT_EQ(behind[i].samples, before[i].samples);
  }
}

/// What an old entry is can be told only at the end, and the order stays.
TEST(GoogleBenchmarks, EntriesWithoutATypeStayInTheirPlace) {
  const std::string old = R"({"name": "b", "iterations": 1, "real_time": 1.0, "time_unit": "ns"})";
  const std::string mean =
      R"({"name": "b_mean", "iterations": 1, "real_time": 1.0, "time_unit": "ns"})";
  EXPECT_EQ(names_of(read(entry("a", "1") + ", " + mean + ", " + old + ", " + entry("c", "1"))),
            "a, b, c");
}

TEST(GoogleBenchmarks, SkippedOnBothSidesIsToldAndIsNoZero) {
  const Comparison both = compare(read(entries("a", 5) + "," + skipped("b", "no AVX2")),
                                  read(entries("a", 5) + "," + skipped("b", "no AVX2")), {});
  EXPECT_EQ(both.status, ExitStatus::pass);
  const std::string text = comparison_console({both}, false);
  EXPECT_NE(text.find("skipped        b: no number; no AVX2"), text.npos) << text;
  EXPECT_NE(text.find("1 skipped"), text.npos) << text;

  const Comparison nothing = compare(read(skipped("b", "x")), read(skipped("b", "x")), {});
  EXPECT_EQ(nothing.status, ExitStatus::invalid_data) << "where nothing ran, nothing passed";
}

TEST(GoogleBenchmarks, SkippedOnOneSideIsNotComparable) {
  const std::string base = entries("a", 5, R"(, "cpu_time": 5, "items_per_second": 3)");
  const Comparison one = compare(read(base), read(skipped("a", "no AVX2")), {});
  EXPECT_EQ(one.status, ExitStatus::invalid_data);
  ASSERT_EQ(one.rows.size(), 1u) << "its other numbers are not missing besides";
  EXPECT_EQ(one.rows[0].detail, "in NEW: it was skipped: no AVX2");
  EXPECT_EQ(comparison_console({one}, false).find('%'), std::string::npos);
  EXPECT_EQ(compare(read(skipped("a", "no AVX2")), read(base), {}).rows.at(0).detail,
            "in BASE: it was skipped: no AVX2");
  EXPECT_NE(read(entry("a", "1") + "," + skipped("a", "no")).series.at(0).fault, "")
      << "some repetitions were";
}

TEST(GoogleBenchmarks, OneNameOfTwoNumbersIsNotCompared) {
  // The counter "b c" of "a", and "c" of "a b": which is which is not known.
  const auto both = [](const std::string& second) {
    return read(entry("a", "1", R"(, "family_index": 0, "b items_per_second": 1)") + "," +
                entry("a b", "1", R"(, "family_index": 1, "items_per_second": )" + second));
  };
  for (const char* second : {"1", "0.1"}) {
    const Comparison result = compare(both("1"), both(second), {});
    EXPECT_EQ(result.status, ExitStatus::invalid_data) << second;
    EXPECT_EQ(std::ranges::count(result.rows, Change::not_comparable, &ComparedNumber::change), 1);
  }
}

TEST(GoogleBenchmarks, AChangeOfUnitIsConvertedAndTold) {
  std::string micro = entries("a", 0.1);
  for (std::size_t at; (at = micro.find("\"ns\"")) != micro.npos;) micro.replace(at, 4, "\"us\"");
  const Comparison result = compare(read(entries("a", 100)), read(micro), {});
  EXPECT_EQ(result.status, ExitStatus::pass);
  EXPECT_EQ(result.rows.at(0).change, Change::unchanged);
  EXPECT_EQ(result.notes.at(0), "NEW is in us, shown in ns as BASE is: a");
}

TEST(GoogleBenchmarks, CpuTimeAndRatesMayFailAndOtherCountersAreShown) {
  const auto with = [](double cpu, double rate, double seed) {
    return read(entries(
        "a", 5,
        fmt::format(R"(, "cpu_time": {}, "items_per_second": {}, "seed": {})", cpu, rate, seed)));
  };
  const Measurements base = with(4, 100, 7);
  EXPECT_EQ(compare(base, base, {}).status, ExitStatus::pass);
  EXPECT_EQ(compare(base, with(8, 100, 7), {}).status, ExitStatus::regression);
  EXPECT_EQ(compare(base, with(4, 50, 7), {}).status, ExitStatus::regression) << "more is better";
  EXPECT_EQ(compare(base, with(4, 200, 7), {}).status, ExitStatus::pass);
  const Comparison seed = compare(base, with(4, 100, 8), {});
  EXPECT_EQ(seed.status, ExitStatus::pass);
  EXPECT_NE(comparison_console({seed}, false).find("a seed: 7 → 8"), std::string::npos);

  Rules rules;
  rules.gate_on = {{"real_time"}};
  EXPECT_EQ(compare(base, with(8, 50, 8), rules).status, ExitStatus::pass);
  rules.gate_on = {{"seed", Direction::lower}};
  EXPECT_EQ(compare(base, with(4, 100, 8), rules).status, ExitStatus::regression);
  EXPECT_EQ(compare(base, with(4, 100, 6), rules).status, ExitStatus::pass);
  rules.gate_on = {{"sead"}};
  EXPECT_THROW(compare(base, base, rules), UsageError);
}

TEST(GoogleBenchmarks, ABenchmarkThatFailedFailsWhateverIsGatedOn) {
  Rules rules;
  rules.gate_on = {{"cpu_time"}};
  const std::string error =
      R"({"name": "a", "run_name": "a", "iterations": 0, "real_time": 0, "time_unit": "ns",
          "error_occurred": true, "error_message": "oh"})";
  const Comparison result = compare(
      read(entries("a", 5, R"(, "cpu_time": 5)") + "," + entries("b", 5, R"(, "cpu_time": 5)")),
      read(error + "," + entries("b", 5, R"(, "cpu_time": 5)")), rules);
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
  EXPECT_EQ(compare(read(entries("a", 5, R"(, "cpu_time": 5)") + "," + entries("b", 5)),
                    read(entries("b", 5)), rules)
                .status,
            ExitStatus::invalid_data)
      << "and one that is gone";
}

RunRecord record_of(const Profile& profile) {
  RunRecord record;
  record.scenario = "s";
  for (std::uint64_t boot = 1; boot <= 2; ++boot) {
    BootRecord one;
    one.index = boot;
    one.events.profiles = {profile};
    record.boots.push_back(one);
  }
  return record;
}

TEST(GoogleBenchmark, WhatWeWroteComesBackExactAndInItsUnit) {
  const RunRecord record = record_of(
      {.name = "fib", .calls = 2, .total = 20, .min = 9, .avg = 10, .max = 11, .self = {}});
  const Measurements back =
      measurements_of_google_benchmark(render_benchmark_json(record), "benchmark.json");
  EXPECT_EQ(back.scenario, "s");
  EXPECT_EQ(names_of(back).find("cpu_time"), std::string::npos) << "there it is the same number";
  EXPECT_EQ(named(back, "fib avg").samples, (std::vector<double>{10, 10}));
  EXPECT_EQ(named(back, "fib avg").unit, "instructions");
  EXPECT_FALSE(named(back, "fib avg").noisy);
}

}  // namespace
}  // namespace harness
