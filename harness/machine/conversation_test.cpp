#include "machine/conversation.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

using namespace std::chrono_literals;

const Conversation::Clock::time_point kStart{};

Step wait_for(std::string text, std::optional<std::chrono::milliseconds> within = {}) {
  return {.wait = std::move(text), .within = within, .send = {}, .send_file = {}, .stop = false};
}
Step send(std::string text) {
  return {.wait = {}, .within = {}, .send = std::move(text), .send_file = {}, .stop = false};
}
Step stop() { return {.wait = {}, .within = {}, .send = {}, .send_file = {}, .stop = true}; }

TEST(Conversation, AnswersAPromptThatIsCutAnywhere) {
  const std::vector<Step> steps = {wait_for("login: "), send("root\n"), wait_for("# "), stop()};
  const std::string output = "boot\nlogin: root\n# ";
  for (std::size_t size = 1; size <= output.size(); ++size) {
    Conversation talk(steps);
    EXPECT_EQ(talk.start(kStart), "");
    std::string sent;
    for (std::size_t at = 0; at < output.size(); at += size) {
      sent += talk.see(std::string_view(output).substr(at, size), kStart);
    }
    EXPECT_EQ(sent, "root\n") << size;
    EXPECT_TRUE(talk.satisfied()) << size;
    EXPECT_EQ(talk.done(), 4u) << size;
  }
}

TEST(Conversation, ColoursInAPromptDoNotHideItWhereverTheyAreCut) {
  const std::vector<Step> steps = {wait_for("me@box:/$ "), send("x\n"), wait_for("done"), stop()};
  const std::string output =
      "\x1B[2J\x1B[1;1H\x1B]0;title\a\x1B[01;34mme@box\x1B[0m:\x1B(B\x1B[32m/\x1B[m$ x\n"
      "do\x1B[Kne\x1B[0m\n";
  for (std::size_t size = 1; size <= output.size(); ++size) {
    Conversation talk(steps);
    talk.start(kStart);
    std::string sent;
    for (std::size_t at = 0; at < output.size(); at += size) {
      sent += talk.see(std::string_view(output).substr(at, size), kStart);
    }
    EXPECT_EQ(sent, "x\n") << size;
    EXPECT_TRUE(talk.satisfied()) << size;
  }
}

TEST(Conversation, ATextWithEscapesWaitsForThem) {
  const std::vector<Step> steps = {wait_for("\x1B[2Jab"), wait_for("c")};
  Conversation talk(steps);
  talk.start(kStart);
  talk.see("ab \x1B[2", kStart);
  EXPECT_EQ(talk.done(), 0u);
  talk.see("Jab\x1B[0mc", kStart);
  EXPECT_EQ(talk.done(), 2u);
}

TEST(Conversation, ATextCountsOnlyBehindTheOneFoundBefore) {
  const std::vector<Step> steps = {wait_for("ab"), wait_for("ba")};
  Conversation talk(steps);
  talk.start(kStart);
  talk.see("aba", kStart);
  EXPECT_EQ(talk.done(), 1u);
  talk.see("ba", kStart);
  EXPECT_EQ(talk.done(), 2u);
}

TEST(Conversation, SendsAtOnceWhatWaitsForNothing) {
  const std::vector<Step> steps = {send("a"), send("b"), wait_for("x")};
  Conversation talk(steps);
  EXPECT_EQ(talk.start(kStart), "ab");
  EXPECT_EQ(talk.done(), 2u);
}

TEST(Conversation, AStepIsOverdueFromItsOwnBeginning) {
  const std::vector<Step> steps = {wait_for("a"), wait_for("b", 500ms)};
  Conversation talk(steps);
  talk.start(kStart);
  EXPECT_FALSE(talk.deadline());
  talk.see("a", kStart + 2s);
  EXPECT_EQ(talk.deadline(), kStart + 2s + 500ms);
  talk.see("b", kStart + 2s);
  EXPECT_FALSE(talk.deadline());
}

TEST(Conversation, NothingIsSentAfterAStop) {
  const std::vector<Step> steps = {wait_for("a"), stop(), send("b")};
  Conversation talk(steps);
  talk.start(kStart);
  EXPECT_EQ(talk.see("a", kStart), "");
  EXPECT_EQ(talk.done(), 2u);
}

TEST(Conversation, ATextIsFoundBehindColoursAndMoves) {
  const std::vector<Step> steps = {wait_for("root@host:~# "), wait_for("100%"),
                                   wait_for("\x1b[7m")};
  Conversation talk(steps);
  talk.start(kStart);
  talk.see("\x1b[1;32mroot@host\x1b[0", kStart);
  EXPECT_EQ(talk.done(), 0u);
  talk.see("m:~# 10%\r100%", kStart);
  EXPECT_EQ(talk.done(), 2u);
  talk.see("\x1b[7", kStart);
  talk.see("m", kStart);
  EXPECT_EQ(talk.done(), 3u);
}

TEST(Conversation, RemembersNoMoreThanTheTextIsLong) {
  const std::vector<Step> steps = {wait_for(std::string(100, 'a') + "b")};
  Conversation talk(steps);
  talk.start(kStart);
  for (int i = 0; i < 1000; ++i) talk.see(std::string(1000, 'a'), kStart);
  talk.see("b", kStart);
  EXPECT_EQ(talk.done(), 1u);
}

}  // namespace
}  // namespace harness
