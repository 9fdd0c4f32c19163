// A report of which a boot was taken away: one boot that passed is no run of two.
#include <fstream>
#include <nlohmann/json.hpp>

#include "e2e/e2e.h"
#include "e2e/suite_testing.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

void change_record(const fs::path& report, const std::function<void(Json&)>& change) {
  Json record = Json::parse(read_file(report / "record.json"));
  change(record);
  std::ofstream(report / "record.json") << record.dump(1);
}

TEST(MissingBoot, IsToldByAllThatReadTheReport) {
  const fs::path folder = fresh_folder(), whole = folder / "whole";
  ASSERT_EQ(run_scenario("smoke", whole, {"-q", "--boots", "2"}).exit_status, 0);
  for (const char* name : {"record", "first", "log", "both"}) {
    fs::copy(whole, folder / name);
  }
  change_record(folder / "record", [](Json& record) { record["boots"].erase(1); });
  change_record(folder / "first", [](Json& record) { record["boots"].erase(0); });
  change_record(folder / "both", [](Json& record) { record["boots"].erase(1); });
  fs::remove(folder / "log/serial-2.log");
  fs::remove(folder / "both/serial-2.log");

  EXPECT_EQ(uniharness({"replay", whole}).exit_status, 0);
  for (const char* name : {"record", "first", "log", "both"}) {
    const CommandResult replayed = uniharness({"replay", folder / name});
    EXPECT_EQ(replayed.exit_status, 5) << name << ": " << replayed.output_tail;
    const bool is_log = std::string_view(name) == "log";
    EXPECT_TRUE(
        holds(replayed.output_tail, is_log ? "serial-2.log" : "the run made 2, and 1 are here"))
        << name << ": " << replayed.output_tail;
    if (is_log) continue;  // its numbers stand in the record
    EXPECT_EQ(uniharness({"compare", whole, folder / name}).exit_status, 5) << name;
    EXPECT_EQ(uniharness({"compare", folder / name, whole}).exit_status, 5) << name;
    EXPECT_EQ(uniharness({"baseline", "accept", folder / name, "--baseline", folder / "b.json",
                          "--why", "first numbers"})
                  .exit_status,
              5)
        << name;
  }
}

TEST(MissingBoot, IsNotKnownOfAnOlderRecord) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(run_scenario("smoke", folder, {"-q", "--boots", "2"}).exit_status, 0);
  change_record(folder, [](Json& record) {
    record["schema"] = 10;
    record.erase("boots_made");
    record.erase("compared_why");
  });
  EXPECT_EQ(uniharness({"replay", folder}).exit_status, 0);
}

}  // namespace
}  // namespace harness
