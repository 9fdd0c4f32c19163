#include "record/store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/files.h"
#include "base/folder_testing.h"
#include "record/classify.h"
#include "record/codec.h"
#include "record/marks.h"
#include "record/record_testing.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

class Store : public testing::Test {
 protected:
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      all.push_back(entry.path().filename().string());
    }
    std::ranges::sort(all);
    return all;
  }
  /// The message of the error that loading the folder gives.
  std::string refusal() const {
    try {
      load_record(folder_);
    } catch (const Error& error) {
      EXPECT_EQ(error.status, ExitStatus::invalid_data);
      return error.what();
    }
    return "read without complaint";
  }
  TestFolder temporary_;
  fs::path folder_ = temporary_.path;
};

TEST_F(Store, FileIsWrittenWholeAndLeavesNoTemporary) {
  const std::string content("a\0b\n", 4);
  write_atomically(folder_ / "new" / "folder" / "f", content);
  EXPECT_EQ(read_file(folder_ / "new" / "folder" / "f"), content);
  write_atomically(folder_ / "f", "");
  EXPECT_EQ(read_file(folder_ / "f"), "");
  EXPECT_EQ(names(), (std::vector<std::string>{"f", "new"}));
}

TEST_F(Store, FolderThatCannotBeWrittenIsKnownBeforehand) {
  write_atomically(folder_ / "file", "");
  EXPECT_THROW(require_writable(folder_ / "file"), Error);
  EXPECT_THROW(require_writable(folder_ / "file" / "in" / "it"), Error);
  require_writable(folder_);
  require_writable(folder_ / "new" / "folder");
  EXPECT_EQ(names(), std::vector<std::string>{"file"}) << "asking makes nothing";
}

TEST_F(Store, OldContentIsReplaced) {
  write_atomically(folder_ / "f", "long old content");
  write_atomically(folder_ / "f", "new");
  EXPECT_EQ(read_file(folder_ / "f"), "new");
}

TEST_F(Store, LinkInPlaceOfTheFileIsReplacedNotFollowed) {
  write_atomically(folder_ / "victim", "precious");
  fs::create_symlink(folder_ / "victim", folder_ / "f");
  write_atomically(folder_ / "f", "new");
  EXPECT_EQ(read_file(folder_ / "victim"), "precious");
  EXPECT_FALSE(fs::is_symlink(folder_ / "f"));
}

TEST_F(Store, NamedFileThatIsALinkIsWrittenWhereItLeads) {
  write_atomically(folder_ / "real", "old");
  fs::create_symlink(folder_ / "real", folder_ / "link");
  write_named(folder_ / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(read_file(folder_ / "real"), "new");
  fs::create_symlink(folder_ / "not there yet", folder_ / "link to nothing");
  write_named(folder_ / "link to nothing", "new");
  EXPECT_EQ(read_file(folder_ / "not there yet"), "new");
}

TEST_F(Store, NamedFileThatIsAPipeIsWrittenInto) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  write_named(pipe, "told");
  EXPECT_TRUE(fs::is_fifo(pipe));
  char buffer[8] = {};
  EXPECT_EQ(read(reader, buffer, sizeof buffer), 4);
  EXPECT_STREQ(buffer, "told");
  close(reader);
}

TEST_F(Store, WriteThatCannotBeDoneLeavesTheOldContentAndNoTemporary) {
  fs::create_directory(folder_ / "f");
  EXPECT_THROW(write_atomically(folder_ / "f", "new"), Error);
  EXPECT_EQ(names(), (std::vector<std::string>{"f"}));
  write_atomically(folder_ / "file", "x");
  EXPECT_THROW(write_atomically(folder_ / "file" / "below", "x"), Error);
}

TEST_F(Store, ReadingStopsAtTheLimit) {
  write_atomically(folder_ / "f", "12345");
  EXPECT_EQ(read_file(folder_ / "f", 5), "12345");
  try {
    read_file(folder_ / "f", 4);
    FAIL() << "5 bytes were read where 4 are allowed";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), (folder_ / "f").string() + ": is larger than the limit of 4 bytes");
  }
}

TEST_F(Store, OnlyFilesAreRead) {
  EXPECT_THROW(read_file(folder_ / "missing"), Error);
  EXPECT_THROW(read_file(folder_), Error);
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_THROW(read_file(folder_ / "pipe"), Error);  // and does not wait for a writer
}

TEST_F(Store, SavedRecordLoadsToTheSameRecord) {
  const RunRecord record = sample_record();
  save_record(folder_, record);
  EXPECT_EQ(names(), (std::vector<std::string>{"record.json", "screen.bin", "serial-2.log",
                                               "serial.log", "vga.png"}));
  EXPECT_EQ(read_file(folder_ / "serial-2.log"), record.boots[1].trace.serial);

  const RunRecord loaded = load_record(folder_);
  EXPECT_EQ(record_to_json(loaded), record_to_json(record));
  ASSERT_EQ(loaded.boots.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    const BootRecord &now = loaded.boots[i], &then = record.boots[i];
    EXPECT_EQ(now.ending.kind, then.ending.kind);
    EXPECT_EQ(now.ending.reason, then.ending.reason);
    EXPECT_EQ(now.trace.serial, then.trace.serial);
    EXPECT_EQ(now.trace.screen, then.trace.screen);
    EXPECT_EQ(now.trace.screenshot, then.trace.screenshot);
    EXPECT_EQ(now.events.lines.size(), then.events.lines.size());
    EXPECT_EQ(now.events.protocol_errors.size(), then.events.protocol_errors.size());
  }
}

TEST_F(Store, RecordOfVeryManyMarksLoadsToTheSameJson) {
  RunRecord record = sample_record();
  SampleLog log(0, 2000);
  for (int i = 0; i < 2000; ++i) log.line("[METRIC] m" + std::to_string(i) + ": 1 bytes\r");
  Trace& trace = record.boots[0].trace;
  trace.serial = log.close("pass");
  trace.marks.clear();
  for (std::size_t i = 1; i <= trace.serial.size(); ++i) {
    trace.marks.push_back({i, std::chrono::nanoseconds(3 * i)});
  }
  ASSERT_GT(trace.marks.size(), kMaxMarks);
  record.boots[0].events = collect_events(trace.serial, trace.marks);
  record.boots[0].ending = classify(trace, record.boots[0].events);

  save_record(folder_, record);
  const RunRecord loaded = load_record(folder_);
  EXPECT_EQ(loaded.boots[0].trace.marks.size(), kMaxMarks);
  EXPECT_EQ(record_to_json(loaded), record_to_json(record));
}

TEST_F(Store, BytesChangedAfterSavingChangeTheEnding) {
  save_record(folder_, sample_record());
  ASSERT_EQ(load_record(folder_).boots[0].ending.kind, VerdictKind::pass);
  std::string serial = read_file(folder_ / "serial.log");
  serial[serial.find("1234")] = '9';
  write_atomically(folder_ / "serial.log", serial);
  EXPECT_EQ(load_record(folder_).boots[0].ending.kind, VerdictKind::invalid_data);
}

TEST_F(Store, RawFilesOfAnEarlierRunAreRemovedAndOthersKept) {
  for (const char* name : {"serial-2.log", "serial-17.log", "screen-3.bin", "vga-2.png", "vga.png",
                           "serial-x.log", "notes.txt", "serial-.log", "serial.log.bak"}) {
    write_atomically(folder_ / name, "old");
  }
  RunRecord record = sample_record();
  record.boots.resize(1);
  record.boots[0].trace.screen.clear();
  record.boots[0].trace.screenshot.clear();
  save_record(folder_, record);
  EXPECT_EQ(names(), (std::vector<std::string>{"notes.txt", "record.json", "serial-.log",
                                               "serial-x.log", "serial.log", "serial.log.bak"}));
}

TEST_F(Store, BootOfWhichTheMiddleWasLeftOutIsTwoFilesAndLoadsToTheSameRecord) {
  RunRecord record = sample_record();
  Trace& trace = record.boots[1].trace;
  trace.left_out = 1'000'000;
  trace.left_out_at = trace.serial.find('\n') + 1;
  record.boots[1].ending = classify(trace, record.boots[1].events);
  save_record(folder_, record);
  const std::string serial = trace.serial;
  EXPECT_EQ(read_file(folder_ / "serial-2.log"), serial.substr(0, trace.left_out_at));
  EXPECT_EQ(read_file(folder_ / "serial-tail-2.log"), serial.substr(trace.left_out_at));
  const RunRecord loaded = load_record(folder_);
  EXPECT_EQ(loaded.boots[1].trace.serial, serial);
  EXPECT_EQ(loaded.boots[1].trace.left_out_at, trace.left_out_at);
  EXPECT_EQ(record_to_json(loaded), record_to_json(record));

  save_record(folder_, sample_record());
  EXPECT_FALSE(fs::exists(folder_ / "serial-tail-2.log"));
}

TEST_F(Store, ReportsAreWrittenWithTheRecordOrNotAtAll) {
  save_record(folder_, sample_record(), {{"report.md", [](const PutText& put) { put("old"); }}});
  RunRecord other = sample_record();
  other.scenario = "other";
  fs::remove(folder_ / "serial.log");
  fs::create_directory(folder_ / "serial.log");
  EXPECT_THROW(save_record(folder_, other, {{"report.md", [](const PutText& put) { put("new"); }}}),
               Error);
  EXPECT_EQ(read_file(folder_ / "report.md"), "old");
}

TEST_F(Store, AReportThatIsMadeInPiecesIsWhole) {
  std::string all;
  const auto write = [&](const PutText& put) {
    for (std::size_t i = 0; i < 9; ++i) {
      const std::string piece((9 - i) * 20'000, static_cast<char>('a' + i));
      put(piece);
      all += piece;
    }
  };
  save_record(folder_, sample_record(), {{"report.md", write}});
  EXPECT_EQ(read_file(folder_ / "report.md"), all);
}

TEST_F(Store, AReportThatCannotBeMadeLeavesTheFolderAsItWas) {
  save_record(folder_, sample_record(), {{"report.md", [](const PutText& put) { put("old"); }}});
  RunRecord other = sample_record();
  other.scenario = "other";
  const auto fail = [](const PutText& put) {
    put(std::string(100'000, 'x'));
    throw Error("no");
  };
  EXPECT_THROW(save_record(folder_, other, {{"report.md", fail}}), Error);
  EXPECT_EQ(read_file(folder_ / "report.md"), "old");
  EXPECT_EQ(load_record(folder_).scenario, "sample");
  for (const auto& file : fs::directory_iterator(folder_)) {
    EXPECT_FALSE(file.path().filename().string().starts_with(".")) << file.path();
  }
}

TEST_F(Store, FolderThatAnotherProcessWritesIsWaitedFor) {
  save_record(folder_, sample_record());
  const std::string before = read_file(folder_ / "record.json");
  // A lock belongs to the open folder, so this stands for another process.
  const int held = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_EQ(::flock(held, LOCK_EX), 0);
  RunRecord other = sample_record();
  other.scenario = "other";
  std::atomic<bool> written = false;
  std::thread writer([&] {
    save_record(folder_, other);
    written = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_FALSE(written);
  EXPECT_EQ(read_file(folder_ / "record.json"), before);
  ::close(held);
  writer.join();
  EXPECT_EQ(load_record(folder_).scenario, "other");
}

TEST_F(Store, TemporariesOfKilledWritersAreRemovedAndNothingElse) {
  for (const char* name : {".record.json.17-0.tmp", ".vga-2.png.4711-12.tmp", ".x.tmp", "a.1-2.tmp",
                           ".notes.1-x.tmp", ".1-2.tmp"}) {
    write_atomically(folder_ / name, "old");
  }
  RunRecord record = sample_record();
  record.boots.resize(1);
  save_record(folder_, record);
  EXPECT_EQ(names(),
            (std::vector<std::string>{".1-2.tmp", ".notes.1-x.tmp", ".x.tmp", "a.1-2.tmp",
                                      "record.json", "screen.bin", "serial.log", "vga.png"}));
}

TEST_F(Store, FailedSaveChangesNothing) {
  save_record(folder_, sample_record());
  const std::string before = read_file(folder_ / "record.json");
  RunRecord other = sample_record();
  other.scenario = "other";
  fs::remove(folder_ / "serial.log");
  fs::create_directory(folder_ / "serial.log");  // cannot be replaced by a file
  EXPECT_THROW(save_record(folder_, other), Error);
  EXPECT_EQ(read_file(folder_ / "record.json"), before);
  EXPECT_EQ(names().size(), 5u);  // no temporaries
}

TEST_F(Store, DamagedFolderIsNamedWithFileAndKey) {
  EXPECT_EQ(refusal(), folder_.string() + ": is not a report folder: it has no record.json");
  save_record(folder_, sample_record());
  std::string text = read_file(folder_ / "record.json");
  text.replace(text.find("\"wall_ns\": "), 9, "\"well_ns\"");
  write_atomically(folder_ / "record.json", text);
  EXPECT_EQ(refusal(), (folder_ / "record.json").string() + ": boots[0].trace.wall_ns: missing");

  save_record(folder_, sample_record());
  write_atomically(folder_ / "screen.bin", "short");
  EXPECT_EQ(refusal(), (folder_ / "screen.bin").string() + ": is not a screen of 4000 bytes");

  save_record(folder_, sample_record());
  fs::remove(folder_ / "serial-2.log");
  EXPECT_EQ(refusal(),
            (folder_ / "serial-2.log").string() + ": cannot be read: No such file or directory");
}

}  // namespace
}  // namespace harness
