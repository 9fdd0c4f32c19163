#include "suite_plan/result_file.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/folder_testing.h"
#include "suite_plan/plan_testing.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

SuiteResultFile sample_result() {
  SuiteResultFile result{.uniharness_version = "1.2",
                         .plan_sha256 = std::string(64, '1'),
                         .name = "a",
                         .image_sha256 = std::string(64, 'b'),
                         .options = "-append x",
                         .started = 1'700'000'000'123ms};
  result.attempts = {{.verdict = {VerdictKind::idle, "silent <for> 3 s"},
                      .evidence = "two\nlines",
                      .reported = true,
                      .wall = 30ms,
                      .boots = 20ms},
                     {.verdict = {VerdictKind::pass, ""}, .reported = true, .wall = 1234567ns}};
  return result;
}

std::string complaint(const std::function<void()>& action) {
  return refused(ExitStatus::invalid_data, action);
}

TEST(ResultFile, IsReadAsItWasWritten) {
  SuiteResultFile result = sample_result();
  result.record_sha256 = std::string(64, 'c');
  result.attempts[0].tests = {{"a", wire::Status::fail, "x.c:7\nwhy\n"}, {"b", wire::Status::skip}};
  const std::string text = render_result(result);
  const SuiteResultFile back = result_from_json(text, "result.json");
  EXPECT_EQ(render_result(back), text);
  EXPECT_EQ(back.started, result.started);
  ASSERT_EQ(back.attempts.size(), 2u);
  EXPECT_EQ(back.attempts[0].evidence, "two\nlines");
  ASSERT_EQ(back.attempts[0].tests.size(), 2u);
  EXPECT_EQ(back.attempts[0].tests[0].details, "x.c:7\nwhy\n");
  EXPECT_EQ(back.attempts[0].tests[1].status, wire::Status::skip);
  EXPECT_EQ(back.wall(), 31234567ns);
  EXPECT_TRUE(back.says_something_of_the_guest());
  result.attempts[1].verdict.kind = VerdictKind::harness_error;
  EXPECT_FALSE(result.says_something_of_the_guest());
}
TEST(ResultFile, APassWithoutAReportOrWithAReasonIsRefused) {
  SuiteResultFile result = sample_result();
  result.record_sha256 = std::string(64, 'c');
  result.attempts.erase(result.attempts.begin());
  ASSERT_EQ(render_result(result_from_json(render_result(result), "r.json")),
            render_result(result));
  result.attempts[0].verdict.reason = "failed tests: a";
  EXPECT_NE(complaint([&] { result_from_json(render_result(result), "r.json"); }), "");
  result.attempts[0].verdict.reason = "";
  result.attempts[0].reported = false;
  result.record_sha256 = "";
  EXPECT_NE(complaint([&] { result_from_json(render_result(result), "r.json"); }), "");
}

TEST(ResultFile, WhatIsCutOffOrContradictsItselfIsRefused) {
  SuiteResultFile result = sample_result();
  result.record_sha256 = std::string(64, 'c');
  const std::string text = render_result(result);
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    EXPECT_THROW(result_from_json(text.substr(0, size), "r"), Error) << size;
  }
  result.record_sha256 = "";
  EXPECT_TRUE(complaint([&] {
                result_from_json(render_result(result), "r");
              }).starts_with("r: record_sha256: does not agree"));
  result = sample_result();
  result.attempts.clear();
  EXPECT_TRUE(complaint([&] {
                result_from_json(render_result(result), "r");
              }).starts_with("r: attempts: at least one"));
  result = sample_result();
  result.record_sha256 = std::string(64, 'c');
  result.attempts[0].verdict.kind = VerdictKind::interrupted;
  EXPECT_TRUE(complaint([&] {
                result_from_json(render_result(result), "r");
              }).starts_with("r: attempts[0].verdict: not the name of a verdict that is"));
}

TEST(ResultFile, StandsForTheRecordBesideItAndNoOther) {
  const TestFolder folder;
  const std::string none = complaint([&] { (void)load_result(folder.path); });
  EXPECT_NE(none.find("holds no result.json"), std::string::npos) << none;
  const auto record_of = [](const char* kind, const char* reason) {
    return std::string(
               "{\"about\": {\"verdict\": {\"kind\": \"pass\"}}, \"verdict\": {\"kind\": \"") +
           kind + "\", \"reason\": \"" + reason + "\"}, \"boots\": [";  // what follows is not read
  };
  write_atomically(folder.path / "record.json", record_of("idle", "silent <for> 3 s"));
  keep_result(folder.path, sample_result());
  EXPECT_EQ(load_result(folder.path).name, "a");
  // A result that says something else than the record it was written with.
  for (const std::string& record :
       {record_of("fail", "silent <for> 3 s"), record_of("idle", "why"), record_of("pass", ""),
        std::string("{}"), std::string("[["), std::string("{\"verdict\": \"idle\"}")}) {
    write_atomically(folder.path / "record.json", record);
    keep_result(folder.path, sample_result());
    EXPECT_NE(complaint([&] { (void)load_result(folder.path); }).find("is not that of record.json"),
              std::string::npos)
        << record;
  }
  write_atomically(folder.path / "record.json", record_of("idle", "silent <for> 3 s"));
  keep_result(folder.path, sample_result());
  // What is no file is not read: it need not end.
  std::filesystem::rename(folder.path / "record.json", folder.path / "kept.json");
  std::filesystem::create_symlink("/dev/zero", folder.path / "record.json");
  EXPECT_NE(complaint([&] { (void)load_result(folder.path); }).find("is not the one that"),
            std::string::npos);
  std::filesystem::rename(folder.path / "kept.json", folder.path / "record.json");
  EXPECT_EQ(load_result(folder.path).name, "a");
  // A power loss left a record of zeros; a copy was broken off; a later run wrote another one.
  for (const char* record : {"", "{\"a\": 2}"}) {
    write_atomically(folder.path / "record.json", record);
    EXPECT_NE(complaint([&] { (void)load_result(folder.path); }).find("is not the one that"),
              std::string::npos);
  }
  std::filesystem::remove(folder.path / "record.json");
  EXPECT_NE(complaint([&] { (void)load_result(folder.path); }).find("is not the one that"),
            std::string::npos);
}
TEST(ResultFile, OfWhatCouldNotBeginNeedsNoRecord) {
  const TestFolder folder;
  SuiteResultFile result = sample_result();
  result.attempts = {{.verdict = {VerdictKind::harness_error, "no QEMU"}}};
  keep_result(folder.path / "new", result);
  EXPECT_EQ(load_result(folder.path / "new").record_sha256, "");
}

}  // namespace
}  // namespace harness
