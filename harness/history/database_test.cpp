#include "history/database.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "base/error.h"
#include "base/folder_testing.h"
#include "history/entry_testing.h"
#include "history/json.h"

namespace harness::history {
namespace {

namespace fs = std::filesystem;

class HistoryDatabase : public testing::Test {
 protected:
  void write_file(const std::string& content) const {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }
  [[nodiscard]] std::string bytes() const {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void sql(const char* text) const {
    fs::create_directories(file.parent_path());
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(connection, text, nullptr, nullptr, &error), SQLITE_OK) << error;
    sqlite3_close(connection);
  }
  /// Opening is refused both ways with a message that says `what`, and the file stays as it is.
  void expect_refused(const std::string& what) const {
    const std::string before = bytes();
    for (const Access access : {Access::read, Access::append}) {
      try {
        // Before anything is added, all of the file must be looked at, not only what is read.
        const Database history(file, access);
        if (access == Access::read) (void)history.entries();
        ADD_FAILURE() << "was accepted";
      } catch (const Error& error) {
        EXPECT_EQ(error.status, ExitStatus::invalid_data) << error.what();
        EXPECT_NE(std::string(error.what()).find(what), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("history.db"), std::string::npos) << error.what();
        EXPECT_FALSE(error.hint.empty());
      }
    }
    EXPECT_EQ(bytes(), before);
  }
  TestFolder temporary;
  fs::path folder = temporary.path;
  fs::path file = folder / "below" / "history.db";
};

std::string lines_of(const std::vector<Entry>& entries) {
  std::string text;
  for (const Entry& entry : entries) text += to_line(entry);
  return text;
}

TEST_F(HistoryDatabase, GivesBackWhatWasAdded) {
  std::vector<Entry> entries = {sample_entry(0, {1, 2, 3}),
                                sample_entry(1, {UINT64_MAX, 1ull << 63}, ClockKind::host)};
  entries[1].metrics.push_back({Source::metric, "it's; DROP TABLE records; --", "bytes", {{2, 7}}});
  entries[1].metrics.push_back({Source::memory, "heap_peak", "bytes", {{1, 7}}});
  entries[1].metrics.push_back({Source::size, "size app", "bytes", {{1, 7}, {2, 7}}});
  entries[1].waits_for_disk = true;
  entries.push_back(sample_entry(2, {1}));
  entries[2].waits_for_disk = false;
  entries[1].scenario = "x' OR ''='";
  entries[1].revision = {};
  entries[1].verdict = VerdictKind::truncated;
  EXPECT_EQ(Database(file, Access::append).add(entries), 3u);
  EXPECT_EQ(lines_of(Database(file, Access::read).entries()), lines_of(entries));
}

TEST_F(HistoryDatabase, FiltersByScenarioAndMetric) {
  std::vector<Entry> entries = {sample_entry(0, {1}), sample_entry(1, {2})};
  entries[1].scenario = "other";
  entries[1].metrics.push_back({Source::metric, "free", "bytes", {{1, 7}}});
  Database(file, Access::append).add(entries);
  const Database history(file, Access::read);
  ASSERT_EQ(history.entries("other").size(), 1u);
  EXPECT_EQ(history.entries("other")[0].metrics.size(), 2u);
  const auto free = history.entries("", "free");
  ASSERT_EQ(free.size(), 2u);
  EXPECT_TRUE(free[0].metrics.empty());
  ASSERT_EQ(free[1].metrics.size(), 1u);
  EXPECT_EQ(free[1].metrics[0].name, "free");
  EXPECT_TRUE(history.entries("x' OR ''='").empty());
}

TEST_F(HistoryDatabase, IsInTheOrderOfTime) {
  Database history(file, Access::append);
  history.add(std::vector{sample_entry(5, {5}), sample_entry(2, {2})});
  history.add(std::vector{sample_entry(3, {3})});
  std::vector<std::uint64_t> order;
  for (const Entry& entry : history.entries()) order.push_back(entry.metrics[0].samples[0].value);
  EXPECT_EQ(order, (std::vector<std::uint64_t>{2, 3, 5}));
}

TEST_F(HistoryDatabase, SameRunIsKeptOnce) {
  Database history(file, Access::append);
  const std::vector<Entry> entries = sample_entries({1, 2});
  EXPECT_EQ(history.add(std::span(entries).first(1)), 1u);
  EXPECT_EQ(history.add(entries), 1u);
  EXPECT_EQ(history.add(entries), 0u);
  EXPECT_EQ(lines_of(history.entries()), lines_of(entries));
}

TEST_F(HistoryDatabase, SeveralWritersLoseNothing) {
  constexpr std::size_t kWriters = 6, kEach = 20;
  std::vector<pid_t> children;
  for (std::size_t writer = 0; writer < kWriters; ++writer) {
    const pid_t child = fork();
    if (child == 0) {
      try {
        // Each opens anew, so that making, switching and migrating the file collide as well.
        for (std::size_t i = 0; i < kEach; ++i) {
          Database(file, Access::append).add(std::vector{sample_entry(writer * kEach + i, {i, i})});
        }
        _exit(0);
      } catch (const std::exception& error) {
        fprintf(stderr, "writer: %s\n", error.what());
        _exit(1);
      }
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const auto entries = Database(file, Access::read).entries();
  EXPECT_EQ(entries.size(), kWriters * kEach);
  for (const Entry& entry : entries) EXPECT_EQ(entry.metrics.at(0).samples.size(), 2u);
}

TEST_F(HistoryDatabase, FailedAddLeavesNothing) {
  Database history(file, Access::append);
  std::vector<Entry> entries = sample_entries({1, 2});
  entries[1].metrics[0].samples = {{1, 1}, {1, 2}};  // one boot twice: the table refuses it
  EXPECT_THROW(history.add(entries), Error);
  EXPECT_TRUE(history.entries().empty());
  EXPECT_EQ(history.add(sample_entries({1, 2})), 2u);
}

// Version 1 as it was: written by hand, so that the migration is tested against the past and not
// against today's code.
constexpr char kVersion1[] = R"(
CREATE TABLE records (
  id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, scenario TEXT NOT NULL,
  started_at TEXT NOT NULL, verdict TEXT NOT NULL, uniharness_version TEXT NOT NULL,
  qemu_version TEXT NOT NULL, arch TEXT NOT NULL, model TEXT NOT NULL, accel TEXT NOT NULL,
  cpu TEXT NOT NULL, firmware TEXT NOT NULL, memory INTEGER NOT NULL, smp INTEGER NOT NULL,
  clock TEXT NOT NULL, image_sha256 TEXT NOT NULL, compiler TEXT NOT NULL) STRICT;
CREATE INDEX records_by_time ON records (started_at, id);
CREATE TABLE metrics (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
  UNIQUE (source, name, unit)) STRICT;
CREATE TABLE samples (
  record INTEGER NOT NULL REFERENCES records (id), position INTEGER NOT NULL,
  boot INTEGER NOT NULL, metric INTEGER NOT NULL REFERENCES metrics (id),
  value INTEGER NOT NULL, PRIMARY KEY (record, position, boot)) STRICT, WITHOUT ROWID;
INSERT INTO records VALUES (7,
  '00000000000000000000000000000000000000000000000000000000000000aa', 'old',
  '2025-12-31T23:59:59Z', 'pass', '0.0.9', '7.2.1', 'i386', 'pc', 'tcg', '', '', 33554432, 1,
  'counted', '', 'Clang 18');
INSERT INTO metrics VALUES (3, 'timing', 'Init', 'instructions');
INSERT INTO samples VALUES (7, 0, 1, 3, 1234), (7, 0, 2, 3, 1234);
PRAGMA application_id = 0x55484953;
PRAGMA user_version = 1;
)";

TEST_F(HistoryDatabase, Version1IsBroughtUpToDate) {
  sql(kVersion1);
  {
    const auto entries = Database(file, Access::read).entries();
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].scenario, "old");
    EXPECT_EQ(entries[0].revision, Revision{});
    EXPECT_EQ(entries[0].fingerprint.compiler, "Clang 18");
    EXPECT_EQ(entries[0].fingerprint.options, "");
    ASSERT_EQ(entries[0].metrics.size(), 1u);
    EXPECT_EQ(entries[0].metrics[0].samples, (std::vector<Sample>{{1, 1234}, {2, 1234}}));
  }
  Database history(file, Access::append);
  history.add(sample_entries({5}));
  const auto entries = history.entries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[1].revision, sample_entry(0, {5}).revision);
}

// What versions 2 and 3 added to it, as it was.
constexpr char kVersion3[] = R"(
ALTER TABLE records ADD COLUMN git_commit TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN git_dirty INTEGER NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN options TEXT NOT NULL DEFAULT '';
UPDATE records SET options = '-append quiet';
PRAGMA user_version = 3;
)";

TEST_F(HistoryDatabase, Version3IsBroughtUpToDate) {
  sql(kVersion1);
  sql(kVersion3);
  Database history(file, Access::append);
  Entry later = sample_entry(0, {5});
  later.waits_for_disk = false;
  later.metrics.push_back({Source::size, "size app", "bytes", {{1, 7}}});
  history.add(std::vector{later});
  const auto entries = history.entries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].fingerprint.options, "-append quiet");
  EXPECT_EQ(entries[0].waits_for_disk, std::nullopt);
  EXPECT_EQ(entries[0].metrics.size(), 1u);
  EXPECT_EQ(to_line(entries[1]), to_line(later));
}

TEST_F(HistoryDatabase, Version4IsBroughtUpToDateAndKnowsNoHost) {
  sql(kVersion1);
  sql(kVersion3);
  sql("ALTER TABLE records ADD COLUMN waits_for_disk INTEGER; PRAGMA user_version = 4;");
  Database history(file, Access::append);
  Entry later = sample_entry(0, {5}, ClockKind::host);
  later.fingerprint.host = "AMD EPYC, 2 processors";
  history.add(std::vector{later});
  const auto entries = history.entries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].fingerprint.host, "");
  EXPECT_EQ(to_line(entries[1]), to_line(later));
  EXPECT_EQ(entries[1].fingerprint.host, "AMD EPYC, 2 processors");
}

TEST_F(HistoryDatabase, NewerVersionIsRefused) {
  Database(file, Access::append).add(sample_entries({1}));
  sql("PRAGMA user_version = 6");
  expect_refused("is of version 6, and this uniharness knows versions up to 5");
}

TEST_F(HistoryDatabase, DatabaseOfAnotherProgramIsRefused) {
  sql("CREATE TABLE records (id INTEGER)");
  expect_refused("another program");
}

TEST_F(HistoryDatabase, FileThatIsNoDatabaseIsRefused) {
  write_file(std::string(5000, 'x'));
  expect_refused("nor any SQLite database");
}

TEST_F(HistoryDatabase, DamagedFileIsRefused) {
  std::vector<std::uint64_t> values(2000, 5);
  Database(file, Access::append).add(sample_entries(values));
  const std::string whole = bytes();
  ASSERT_GT(whole.size(), 100'000u);
  write_file(whole.substr(0, whole.size() / 2));
  expect_refused("damaged");
  std::string torn = whole;
  torn.replace(whole.size() / 4096 * 2048, 8192, 8192, '\xA5');
  write_file(torn);
  expect_refused("damaged");
}

TEST_F(HistoryDatabase, ContentThatCannotBeIsRefused) {
  for (const char* harm :
       {"UPDATE records SET verdict = 'splendid'", "UPDATE records SET clock = 'sundial'",
        "UPDATE records SET started_at = '\x1b[2J'", "UPDATE metrics SET source = 'hearsay'",
        "DROP TABLE samples"}) {
    fs::remove(file);
    Database(file, Access::append).add(sample_entries({1}));
    sql(harm);
    try {
      (void)Database(file, Access::read).entries();
      ADD_FAILURE() << "was accepted: " << harm;
    } catch (const Error& error) {
      EXPECT_EQ(error.status, ExitStatus::invalid_data) << harm;
    }
  }
}

TEST_F(HistoryDatabase, ReadingNeedsAHistory) {
  EXPECT_THROW(Database(file, Access::read), Error);
  EXPECT_FALSE(fs::exists(file));
  write_file("");
  EXPECT_THROW(Database(file, Access::read), Error);
}

TEST_F(HistoryDatabase, PlaceThatCannotBeWrittenIsSaid) {
  write_file("");
  file = file / "below-a-file.db";
  try {
    Database(file, Access::append);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::harness_error);
    EXPECT_FALSE(error.hint.empty());
  }
}

}  // namespace
}  // namespace harness::history
