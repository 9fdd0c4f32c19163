#include "view/site.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "base/folder_testing.h"
#include "live/status.h"
#include "page/html_testing.h"
#include "record/store.h"
#include "report/report.h"
#include "report/report_testing.h"
#include "view/runs.h"

namespace harness::view {
namespace {

namespace fs = std::filesystem;

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

struct SiteTest : testing::Test {
  void SetUp() override {
    save("a", passing_record());
    save("suite/b", failing_record());
    write_atomically(root / "secret.txt", "secret");
    write_atomically(root / "a/notes.txt", "secret");
  }
  void save(const std::string& name, const RunRecord& record) const {
    save_record(root / name, record,
                {{"report.html", [&](const PutText& put) { put(render_html(record)); }}});
  }
  [[nodiscard]] Response get(const std::string& target,
                             const std::string& host = "127.0.0.1:8080") const {
    return Site(root, 8080).answer({"GET", target, host});
  }
  [[nodiscard]] std::string id(const std::string& name) const {
    for (const RunFolder& run : runs_in(root)) {
      if (run.name == name) return run.id;
    }
    return "none";
  }
  TestFolder temporary;
  fs::path root = temporary.path;
};

TEST_F(SiteTest, ListsTheRunsBelowAFolder) {
  const Response page = get("/");
  EXPECT_EQ(page.status, 200u);
  EXPECT_EQ(page.type, "text/html; charset=utf-8");
  EXPECT_EQ(HtmlReader::fault_in(page.body), "");
  EXPECT_TRUE(has(page.body, "<a href=\"/run/" + id("a") + "/report.html\">sample</a>"));
  EXPECT_TRUE(has(page.body, "<td>suite/b</td>"));
  EXPECT_TRUE(has(page.body, "profile fibonacci: calls is 9, must be 10"));
  EXPECT_TRUE(has(page.body, "connect-src 'self'"));
}
TEST_F(SiteTest, ARunByItselfIsAListOfOne) {
  const Site site(root / "a", 8080);
  EXPECT_TRUE(has(site.answer({"GET", "/", "localhost:8080"}).body, "<td>a</td>"));
}
TEST_F(SiteTest, ServesTheFilesOfAReport) {
  EXPECT_EQ(get("/run/" + id("a") + "/report.html").body, read_file(root / "a/report.html"));
  EXPECT_EQ(get("/run/" + id("a") + "/serial.log").body, read_file(root / "a/serial.log"));
  EXPECT_EQ(get("/run/" + id("a") + "/serial-2.log?x=1").status, 200u);
  EXPECT_EQ(get("/run/" + id("a") + "/record.json").type, "application/json");
}
TEST_F(SiteTest, ServesNothingElse) {
  fs::create_symlink(root / "secret.txt", root / "a/report.md");
  fs::create_directory_symlink("/etc", root / "link");
  write_atomically(root / "suite/serial.log", "no record beside it");
  const std::string run = "/run/" + id("a") + "/";
  for (const std::string& target : {run + "notes.txt",
                                    run + "../../secret.txt",
                                    run + "..%2f..%2fsecret.txt",
                                    run,
                                    run + "/",
                                    run + "report.md",
                                    run + "serial../x.log",
                                    run + "serial/../../secret.log",
                                    run + "vga.png/",
                                    std::string("/run/a/report.html"),
                                    std::string("/run//report.html"),
                                    std::string("/run/../a/report.html"),
                                    std::string("/secret.txt"),
                                    std::string("/../secret.txt"),
                                    std::string("//etc/passwd"),
                                    std::string(""),
                                    std::string("*"),
                                    std::string("http://127.0.0.1:8080/"),
                                    std::string(100'000, '/'),
                                    std::string("/run/\0/report.html", 18)}) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 404u) << target.substr(0, 100);
    EXPECT_FALSE(has(response.body, "secret")) << target.substr(0, 100);
  }
  for (const RunFolder& one : runs_in(root)) EXPECT_FALSE(has(one.name, "link")) << one.name;
}
TEST_F(SiteTest, AnswersToItsOwnNameOnly) {
  EXPECT_EQ(get("/", "localhost:8080").status, 200u);
  for (const char* host : {"", "evil.example", "evil.example:8080", "127.0.0.1", "127.0.0.1:80",
                           "127.0.0.1:8080.evil.example", "localhost", "0.0.0.0:8080"}) {
    const Response response = get("/", host);
    EXPECT_EQ(response.status, 421u) << host;
    EXPECT_FALSE(has(response.body, "sample")) << host;
  }
}
TEST_F(SiteTest, ReadsAndDoesNothingElse) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "CONNECT", ""}) {
    EXPECT_EQ(Site(root, 8080).answer({method, "/", "127.0.0.1:8080"}).status, 405u) << method;
  }
}
TEST_F(SiteTest, ARunThatGoesOnIsShownAndOneWhoseProcessIsGoneIsNot) {
  EXPECT_TRUE(has(get("/live").body, "\"running\":[]"));
  LiveStatus status = {"going", 2, 3, 40, 5, ::getpid(), "last words\n"};
  write_atomically(root / "new" / kStatusFile, to_json(status));
  EXPECT_TRUE(has(get("/live").body, "\"scenario\":\"going\",\"boot\":2,\"boots\":3,\"bytes\":40"));
  status.process = INT32_MAX;
  write_atomically(root / "new" / kStatusFile, to_json(status));
  EXPECT_TRUE(has(get("/live").body, "\"running\":[]"));
  write_atomically(root / "new" / kStatusFile, "{");
  EXPECT_TRUE(has(get("/live").body, "\"running\":[]"));
}
TEST_F(SiteTest, ARunThatHasEndedChangesTheState) {
  const std::string before = get("/live").body;
  EXPECT_EQ(get("/live").body, before);
  save("c", passing_record());
  EXPECT_NE(get("/live").body, before);
}
TEST_F(SiteTest, AFlameGraphBecomesAPartOfTheReport) {
  write_atomically(root / "a/profile.svg", "<svg onload=\"alert(1)\"/>");
  write_atomically(root / "a/profile.json", R"({"image_sha256": ")" +
                                                passing_record().fingerprint.image_sha256 +
                                                R"(", "guest": 10, "functions": [{"id": 1,
                       "name": "<b>", "self": 10, "total": 10, "calls": 1}], "contexts":
                       [{"parent": 0, "function": 1, "calls": 1, "self": 10}]})");
  const std::string run = "/run/" + id("a") + "/";
  const Response page = get(run + "report.html");
  EXPECT_EQ(HtmlReader::fault_in(page.body), "");
  EXPECT_TRUE(has(page.body, " data-name=\"&lt;b&gt;\""));
  EXPECT_TRUE(has(page.body, "<a href=\"profile.svg\">"));
  const Response graph = get(run + "profile.svg");
  EXPECT_EQ(graph.type, "image/svg+xml");
  EXPECT_TRUE(graph.policy.starts_with("sandbox allow-scripts;")) << graph.policy;
}
TEST_F(SiteTest, ARecordThatCannotBeReadHasARowThatSaysSo) {
  write_atomically(root / "a/record.json", "{\"<b>\": ");
  const Response page = get("/");
  EXPECT_EQ(page.status, 200u);
  EXPECT_EQ(HtmlReader::fault_in(page.body), "");
  EXPECT_TRUE(has(page.body, "record.<wbr>json"));
  EXPECT_TRUE(has(page.body, "<td>suite/b</td>"));
}
TEST_F(SiteTest, HostileRecordsAreText) {
  save("h", hostile_record());
  EXPECT_EQ(HtmlReader::fault_in(get("/").body), "");
}

}  // namespace
}  // namespace harness::view
