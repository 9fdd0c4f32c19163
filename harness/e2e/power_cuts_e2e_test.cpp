// Guests that keep something over a reboot, with the power cut at every write: real boots.
#include "base/sha256.h"
#include "e2e/e2e.h"

namespace harness {
namespace {

TEST(PowerCuts, OurStoreSurvivesEveryOneAndTheImageIsNotChanged) {
  const fs::path folder = fresh_folder();
  const fs::path image = fs::path(UNIHARNESS_IMAGES) / "keeper.img";
  const std::string before = read_file(image);
  const CommandResult run = run_scenario("power-cuts/keeper", folder, {"--keep-disk"});
  EXPECT_EQ(run.exit_status, 0) << run.output_tail;
  EXPECT_EQ(read_file(image), before);

  const RunRecord record = saved_record(folder);
  ASSERT_EQ(record.boots.size(), 3u);
  EXPECT_NE(record.boots[0].trace.disk_sha256, record.boots[1].trace.disk_sha256);
  EXPECT_EQ(sha256_of_file(folder / "disk.img"), record.boots[2].trace.disk_sha256);
  ASSERT_EQ(record.power_cuts.size(), 2u);
  for (const PowerCuts& cuts : record.power_cuts) {
    EXPECT_EQ(cuts.tried, cuts.possible);
    EXPECT_EQ(cuts.failed, 0u);
    EXPECT_GT(cuts.disks, 40u);
    EXPECT_EQ(cuts.lost, cuts.sectors) << "each sector was lost in some state";
    EXPECT_EQ(cuts.torn, cuts.sectors);
  }
}

TEST(PowerCuts, AFailureIsKeptWithACommandThatShowsIt) {
  const fs::path folder = fresh_folder();
  const CommandResult run = run_scenario("power-cuts/header-first", folder);
  EXPECT_EQ(run.exit_status, 1) << run.output_tail;
  const RunRecord record = saved_record(folder);
  ASSERT_FALSE(record.power_cuts.at(0).failures.empty());
  const CutFailure& failure = record.power_cuts[0].failures[0];
  EXPECT_NE(record.verdict.reason.find("after event"), std::string::npos) << record.verdict.reason;
  EXPECT_TRUE(fs::exists(folder / failure.image));

  // What the guest said there is what it says to who boots it by hand.
  const std::string said = read_file(folder / "power-cut-1-1.log");
  const CommandResult by_hand = run_command({"sh", "-c", failure.command + " </dev/null"}, folder);
  const std::string line = said.substr(said.find("restored"), 12);
  EXPECT_NE(by_hand.output_tail.find(line), std::string::npos) << by_hand.output_tail;
}

TEST(PowerCuts, ABootThatIsNotMadeIsNoPass) {
  const fs::path folder = fresh_folder();
  const CommandResult run = run_scenario("power-cuts/keeper", folder, {"--boots", "1"});
  EXPECT_EQ(run.exit_status, 5) << run.output_tail;
}

}  // namespace
}  // namespace harness
