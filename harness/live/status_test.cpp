#include "live/status.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/folder_testing.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// What the file says, as soon as it says something that `wanted` likes; at most ten seconds.
template <class Wanted>
LiveStatus waited_for(const fs::path& folder, Wanted wanted) {
  LiveStatus status;
  for (int i = 0; i < 1000; ++i) {
    std::this_thread::sleep_for(10ms);
    if (!fs::exists(folder / kStatusFile)) continue;
    status = status_from_json(read_file(folder / kStatusFile), kStatusFile);
    if (wanted(status)) break;
  }
  return status;
}

TEST(LiveStatus, ComesBackAsItWasWritten) {
  const LiveStatus status = {"a\x1b", 2, 3, 4, 5, 6, "x\n"};
  const LiveStatus back = status_from_json(to_json(status), "status.json");
  EXPECT_EQ(back.scenario, "a\\x1B");
  EXPECT_EQ(back.boot, 2u);
  EXPECT_EQ(back.boots, 3u);
  EXPECT_EQ(back.bytes, 4u);
  EXPECT_EQ(back.milliseconds, 5u);
  EXPECT_EQ(back.process, 6);
  EXPECT_EQ(back.tail, "x\n");
}
TEST(LiveStatus, OfAnotherOriginIsRefusedByName) {
  for (const char* text :
       {"", "{}", "[]", "{\"uniharness_status\": 2}", "{\"uniharness_status\": 1}",
        "{\"uniharness_status\":1,\"scenario\":3}", "\xff"}) {
    try {
      status_from_json(text, "status.json");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with("status.json: ")) << error.what();
    }
  }
}
TEST(LiveStatus, OfAProcessThatIsGoneIsNotGoingOn) {
  LiveStatus status;
  EXPECT_FALSE(is_going_on(status));
  status.process = ::getpid();
  EXPECT_TRUE(is_going_on(status));
  status.process = INT32_MAX;
  EXPECT_FALSE(is_going_on(status));
}

TEST(LiveStatus, OfAProcessWhoseNumberWasGivenAnewIsNotGoingOn) {
  LiveStatus status;
  status.process = ::getpid();
  status.identity = identity_of(::getpid());
  EXPECT_NE(status.identity.started_at, 0u);
  EXPECT_TRUE(is_going_on(status_from_json(to_json(status), "s")));
  ++status.identity.started_at;
  EXPECT_FALSE(is_going_on(status_from_json(to_json(status), "s")));
}
TEST(LiveStatus, OfAnotherMachineIsGoingOnWhileItIsWritten) {
  LiveStatus status;
  status.process = INT32_MAX;  // nobody here
  status.identity = {"another boot", 1};
  status.written_at = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
  EXPECT_TRUE(is_going_on(status));
  status.written_at -= 3'600'000;
  EXPECT_FALSE(is_going_on(status));
}

TEST(LiveReporter, TellsHowFarTheRunIsAndTidiesUp) {
  const TestFolder temporary;
  const fs::path folder = temporary.path / "run";
  {
    LiveReporter reporter(folder, "sample", 2);
    reporter.boot_begins(2);
    reporter.said("first\r\n\x1b[2J");
    const LiveStatus status = waited_for(folder, [](const LiveStatus& s) { return s.bytes == 11; });
    EXPECT_EQ(status.boot, 2u);
    EXPECT_EQ(status.boots, 2u);
    EXPECT_EQ(status.tail, "first\n\\x1B[2J\n");
    EXPECT_TRUE(is_going_on(status));
  }
  EXPECT_FALSE(fs::exists(folder));
}
TEST(LiveReporter, KeepsWhatItDidNotMake) {
  const TestFolder temporary;
  const fs::path folder = temporary.path / "run";
  fs::create_directories(folder);
  {
    const LiveReporter reporter(folder, "sample", 1);
    waited_for(folder, [](const LiveStatus&) { return true; });
    write_atomically(folder / "mine", "x");
  }
  EXPECT_FALSE(fs::exists(folder / kStatusFile));
  EXPECT_EQ(read_file(folder / "mine"), "x");
}
TEST(LiveReporter, LeavesAFolderThatCannotBeWrittenAlone) {
  const TestFolder temporary;
  const fs::path file = temporary.path / "run";
  write_atomically(file, "a file");
  {
    const LiveReporter reporter(file, "sample", 1);
    std::this_thread::sleep_for(400ms);
  }
  EXPECT_EQ(read_file(file), "a file");
}
TEST(LiveReporter, AQuickRunWritesNothing) {
  const TestFolder temporary;
  const fs::path folder = temporary.path / "run";
  {
    const LiveReporter reporter(folder, "sample", 1);
  }
  EXPECT_FALSE(fs::exists(folder));
}

}  // namespace
}  // namespace harness
