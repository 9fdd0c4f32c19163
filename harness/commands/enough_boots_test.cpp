#include "commands/enough_boots.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

/// One more boot, whose only number is `cycles`.
void boot(RunRecord& record, std::uint64_t cycles) {
  BootRecord& one = record.boots.emplace_back();
  one.index = record.boots.size();
  one.ending.kind = VerdictKind::pass;
  one.events.timings = {{"Init", cycles}};
}

RunRecord host_run() {
  RunRecord record;
  record.scenario = "sample";
  record.fingerprint.clock = ClockKind::host;
  return record;
}

/// A run that boots until it is enough, each by `of_boot`.
template <class Cycles>
RunRecord run_until_enough(EnoughBoots& enough, Cycles of_boot) {
  RunRecord record = host_run();
  do boot(record, of_boot(record.boots.size()));
  while (enough.wants_another(record) && record.boots.size() < 1'000);
  return record;
}

std::uint64_t steady(std::size_t i) { return 10'000 + i * 7 % 11; }
std::uint64_t wild(std::size_t i) { return 10'000 + i * 7919 % 5'000; }

TEST(EnoughBoots, ABaselineOfSteadyNumbersIsMadeAtTheFirstLook) {
  EnoughBoots enough(nullptr, {});
  EXPECT_EQ(run_until_enough(enough, steady).boots.size(), 11u) << "ten and the warm-up";
  EXPECT_EQ(enough.ended(), "11 boots: every number is settled");
}

TEST(EnoughBoots, WildNumbersAreBootedUntilTheBoundAndNoLonger) {
  EnoughBoots enough(nullptr, {});
  EXPECT_EQ(run_until_enough(enough, wild).boots.size(), 61u);
  EXPECT_EQ(enough.ended(), "61 boots: the boots are used up");
}

TEST(EnoughBoots, AGateBootsUntilTheBaselineIsMetOrMissed) {
  EnoughBoots first(nullptr, {});
  const Measurements base = measurements_of(run_until_enough(first, steady), "base");
  for (const std::uint64_t slower : {std::uint64_t{0}, std::uint64_t{2'000}}) {
    EnoughBoots enough(&base, {});
    const RunRecord run =
        run_until_enough(enough, [&](std::size_t i) { return steady(i + 3) + slower; });
    EXPECT_EQ(run.boots.size(), 11u);
    EXPECT_LT(enough.rules().share, 1) << "of a look that is not the only one";
    EXPECT_EQ(compare(base, measurements_of(run, "new"), enough.rules()).status,
              slower == 0 ? ExitStatus::pass : ExitStatus::regression);
  }
}

TEST(EnoughBoots, WhereMoreCannotHelpThereIsNoMore) {
  RunRecord few = host_run();
  boot(few, 1'000);
  const Measurements small = measurements_of(few, "base");
  EnoughBoots enough(&small, {});
  EXPECT_EQ(run_until_enough(enough, steady).boots.size(), 1u);
  EXPECT_EQ(enough.ended(), "1 boot: more cannot help, BASE has too few");

  RunRecord failed = host_run();
  boot(failed, 1'000);
  failed.boots.back().ending.kind = VerdictKind::panic;
  EXPECT_FALSE(EnoughBoots(nullptr, {}).wants_another(failed));

  RunRecord silent = host_run();
  boot(silent, 1'000);
  silent.boots.back().events.timings.clear();
  EXPECT_FALSE(EnoughBoots(nullptr, {}).wants_another(silent)) << "no number";
}

}  // namespace
}  // namespace harness
