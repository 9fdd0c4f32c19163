// `uniharness view` as a user has it: a server of his own, a browser, and a run that goes on.
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "e2e/browser.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

/// The program, started; what it says on stdout comes through a pipe.
class Program {
 public:
  Program(std::vector<std::string> arguments, const fs::path& folder) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("pipe");
    process_ = ::fork();
    if (process_ == 0) {
      std::vector<char*> argv = {const_cast<char*>(UNIHARNESS_PROGRAM)};
      for (std::string& word : arguments) argv.push_back(word.data());
      argv.push_back(nullptr);
      ::dup2(ends[1], 1);
      ::close(ends[0]);
      ::close(ends[1]);
      if (::chdir(folder.c_str()) == 0) ::execv(UNIHARNESS_PROGRAM, argv.data());
      ::_exit(99);
    }
    ::close(ends[1]);
    output_ = ends[0];
  }
  ~Program() {
    end(SIGKILL);
    ::close(output_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  [[nodiscard]] std::string line() const {
    std::string text;
    for (char c = 0; ::read(output_, &c, 1) == 1 && c != '\n';) text += c;
    return text;
  }
  /// The exit status, or -1 where a signal ended it.
  int end(int signal) {
    if (process_ < 0) return -1;
    ::kill(process_, signal);
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = -1;
  int output_ = -1;
};

/// A view of `folder`, and its port.
struct View {
  explicit View(const fs::path& folder) : program({"view", folder}, folder) {
    const std::string line = program.line();
    const std::string mark = "http://127.0.0.1:";
    const std::size_t at = line.find(mark);
    EXPECT_NE(at, line.npos) << line;
    if (at != line.npos) port = std::stoi(line.substr(at + mark.size()));
  }
  [[nodiscard]] std::string address() const {
    return "http://127.0.0.1:" + std::to_string(port) + "/";
  }
  /// What it answers to these bytes, until it closes; at most five seconds.
  [[nodiscard]] std::string answer(const std::string& request) const {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience = {.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    EXPECT_EQ(::send(socket, request.data(), request.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(request.size()));
    std::string text;
    char buffer[4096];
    for (ssize_t n; (n = ::recv(socket, buffer, sizeof buffer, 0)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(n));
    }
    ::close(socket);
    return text;
  }
  [[nodiscard]] std::string get(const std::string& target, std::string host = "") const {
    if (host.empty()) host = "127.0.0.1:" + std::to_string(port);
    return answer("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }
  Program program;
  int port = 0;
};

TEST(View, AnswersEndsAtCtrlCAndSurvivesNonsense) {
  const fs::path folder = fresh_folder();
  run_scenario("smoke", folder / "smoke");
  View view(folder);
  const std::string page = view.get("/");
  EXPECT_TRUE(page.starts_with("HTTP/1.1 200 OK\r\n")) << page.substr(0, 200);
  EXPECT_TRUE(has(page, "X-Content-Type-Options: nosniff\r\n"));
  EXPECT_TRUE(has(page, ">smoke</a>"));
  EXPECT_TRUE(view.get("/", "evil.example").starts_with("HTTP/1.1 421 "));
  EXPECT_TRUE(view.get("/../../etc/passwd").starts_with("HTTP/1.1 404 "));
  const std::string head =
      view.answer("HEAD / HTTP/1.1\r\nHost: localhost:" + std::to_string(view.port) +
                  "\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\n") && head.ends_with("\r\n\r\n")) << head;
  // What is no request of this kind gets no answer, and does no harm.
  EXPECT_EQ(view.answer("\x16\x03\x01 no HTTP at all\r\n\r\n"), "");
  EXPECT_EQ(view.answer("GET / HTTP/1.1\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n"), "");
  EXPECT_EQ(view.answer("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789"), "");
  EXPECT_TRUE(view.get("/live").starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(view.program.end(SIGINT), 0);
}

TEST(View, OfNoFolderIsAUsageMistake) {
  const CommandResult result = uniharness({"view", "nowhere"}, fresh_folder());
  EXPECT_EQ(result.exit_status, 2);
  EXPECT_TRUE(has(result.output_tail, "there is no folder 'nowhere'")) << result.output_tail;
}

TEST(View, ShowsARunWhileItGoesOnAndItsReportAfterwards) {
  const fs::path folder = fresh_folder();
  View view(folder);
  {
    // It speaks, and then is silent until the limit.
    Program run(
        {"run", scenario_file("misbehaving/busy-hang"), "--no-build", "-q", "--out", "hang"},
        folder);
    std::string live;
    for (int i = 0; i < 200 && !has(live, "\"scenario\":\"busy-hang\""); ++i) {
      std::this_thread::sleep_for(50ms);
      live = view.get("/live");
    }
    EXPECT_TRUE(has(live, "\"name\":\"hang\"")) << live;
    run.end(SIGINT);
  }
  // Interrupted, it leaves nothing behind, and is not shown any more.
  EXPECT_FALSE(fs::exists(folder / "hang"));
  EXPECT_TRUE(has(view.get("/live"), "\"running\":[]"));
}

TEST(View, TheListWorksInABrowser) {
  if (!has_browser()) GTEST_SKIP() << "chromium is not installed: ci/setup.sh installs it";
  const fs::path folder = fresh_folder();
  run_scenario("misbehaving/html-payload", folder / "payload");
  View view(folder);
  const OpenedPage page = open_page(view.address(), folder);
  EXPECT_EQ(page.messages, "");
  EXPECT_TRUE(has(page.dom, "<title>uniharness: runs</title>"));
  EXPECT_TRUE(has(page.dom, ">html-payload</a>"));
  EXPECT_FALSE(has(page.dom, "data-injected"));
}

}  // namespace
}  // namespace harness
