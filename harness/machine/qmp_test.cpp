#include "machine/qmp.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

// As QEMU 7.2 sends them.
constexpr char kGreeting[] =
    R"({"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "Debian)"
    R"( 1:7.2+dfsg-7+deb12u18+b3"}, "capabilities": ["oob"]}})";
constexpr char kResume[] =
    R"({"timestamp": {"seconds": 1795491205, "microseconds": 842972}, "event": "RESUME"})";
constexpr char kShutdown[] =
    R"({"timestamp": {"seconds": 1, "microseconds": 2}, "event": "SHUTDOWN", "data":)"
    R"( {"guest": true, "reason": "guest-reset"}})";

TEST(Qmp, GreetingTellsTheVersion) {
  const QmpMessage message = parse_qmp(kGreeting);
  ASSERT_TRUE(std::holds_alternative<QmpGreeting>(message));
  EXPECT_EQ(std::get<QmpGreeting>(message).qemu_version, "7.2.22");
}

TEST(Qmp, ShutdownTellsWhoAndWhy) {
  const QmpMessage message = parse_qmp(kShutdown);
  ASSERT_TRUE(std::holds_alternative<QmpShutdown>(message));
  EXPECT_TRUE(std::get<QmpShutdown>(message).by_guest);
  EXPECT_EQ(std::get<QmpShutdown>(message).reason, "guest-reset");
}

TEST(Qmp, PanicAfterWhichTheGuestIsHeldIsAnEnd) {
  const auto panic = [](const std::string& action) {
    return parse_qmp(R"({"timestamp": {"seconds": 1, "microseconds": 2}, "event":)"
                     R"( "GUEST_PANICKED", "data": {"action": ")" +
                     action + R"("}})");
  };
  const QmpMessage held = panic("pause");
  ASSERT_TRUE(std::holds_alternative<QmpShutdown>(held));
  EXPECT_TRUE(std::get<QmpShutdown>(held).by_guest);
  EXPECT_EQ(std::get<QmpShutdown>(held).reason, "guest-panic");
  EXPECT_TRUE(std::holds_alternative<QmpOther>(panic("poweroff"))) << "a SHUTDOWN follows";
  EXPECT_TRUE(std::holds_alternative<QmpOther>(panic("run"))) << "it goes on";
}

TEST(Qmp, DiskThatFailsIsAnEndOnlyWhereItStopsTheGuest) {
  const auto failed = [](const std::string& action) {
    return parse_qmp(R"({"event": "BLOCK_IO_ERROR", "data": {"device": "", "node-name": "bad",)"
                     R"( "reason": "No space left on device", "operation": "write",)"
                     R"( "action": ")" +
                     action + R"("}})");
  };
  const QmpMessage stopped = failed("stop");
  ASSERT_TRUE(std::holds_alternative<QmpShutdown>(stopped));
  EXPECT_FALSE(std::get<QmpShutdown>(stopped).by_guest);
  EXPECT_EQ(std::get<QmpShutdown>(stopped).reason, "host-error");
  EXPECT_EQ(std::get<QmpShutdown>(stopped).detail,
            "a disk of the guest failed: No space left on device");
  EXPECT_TRUE(std::holds_alternative<QmpOther>(failed("report"))) << "to the guest";
  EXPECT_TRUE(std::holds_alternative<QmpOther>(failed("ignore")));
}

TEST(Qmp, StopIsSeenAndTheStateThatIsAskedFor) {
  EXPECT_TRUE(std::holds_alternative<QmpStopped>(parse_qmp(R"({"event": "STOP"})")));
  const QmpMessage state =
      parse_qmp(R"({"return": {"status": "io-error", "singlestep": false, "running": false},)"
                R"( "id": "status"})");
  ASSERT_TRUE(std::holds_alternative<QmpReply>(state));
  EXPECT_EQ(std::get<QmpReply>(state).text, "io-error");
}

TEST(Qmp, ResumeIsSeen) { EXPECT_TRUE(std::holds_alternative<QmpResumed>(parse_qmp(kResume))); }

TEST(Qmp, ReplyCarriesItsIdAndAnError) {
  const QmpMessage good = parse_qmp(R"({"return": {}, "id": "cells"})");
  ASSERT_TRUE(std::holds_alternative<QmpReply>(good));
  EXPECT_EQ(std::get<QmpReply>(good).id, "cells");
  EXPECT_FALSE(std::get<QmpReply>(good).error);
  EXPECT_EQ(std::get<QmpReply>(good).text, "");
  const QmpMessage text = parse_qmp(R"({"return": "EIP=0000b7b9\r\n", "id": "registers"})");
  EXPECT_EQ(std::get<QmpReply>(text).text, "EIP=0000b7b9\r\n");

  const QmpMessage bad =
      parse_qmp(R"({"id": "png", "error": {"class": "GenericError", "desc": "no console"}})");
  ASSERT_TRUE(std::holds_alternative<QmpReply>(bad));
  EXPECT_EQ(std::get<QmpReply>(bad).error, "no console");
}

TEST(Qmp, UnknownEventIsOtherAndNotAnError) {
  EXPECT_TRUE(std::holds_alternative<QmpOther>(parse_qmp(R"({"event": "RTC_CHANGE"})")));
}

TEST(Qmp, WrongShapesNeverThrow) {
  for (const char* line :
       {"",
        "{",
        "[]",
        "7",
        "\"x\"",
        "null",
        "\xFF\xFE",
        R"({"QMP": 1})",
        R"({"QMP": {}})",
        R"({"QMP": {"version": {"qemu": {"major": "7"}}}})",
        R"({"QMP": {"version": []}})",
        R"({"event": 5})",
        R"({"event": "SHUTDOWN"})",
        R"({"event": "SHUTDOWN", "data": []})",
        R"({"event": "SHUTDOWN", "data": {"guest": 1, "reason": 2}})",
        R"({"return": {}, "id": 9})",
        R"({"return": {"status": 1}, "id": "status"})",
        R"({"event": "GUEST_PANICKED"})",
        R"({"event": "GUEST_PANICKED", "data": {"action": 1}})",
        R"({"event": "BLOCK_IO_ERROR", "data": {"action": "stop", "reason": []}})",
        R"({"error": 3})"}) {
    EXPECT_NO_THROW(parse_qmp(line)) << line;
    EXPECT_FALSE(std::holds_alternative<QmpGreeting>(parse_qmp(line))) << line;
  }
  EXPECT_TRUE(std::holds_alternative<QmpGarbage>(parse_qmp("{")));
}

TEST(QmpReader, PutsMessagesTogetherFromPiecesOfAnySize) {
  const std::string stream =
      std::string(kGreeting) + "\r\n" + kResume + "\r\n" + kShutdown + "\r\n";
  for (const std::size_t piece : {1u, 2u, 7u, 1000u}) {
    QmpReader reader;
    std::vector<QmpMessage> all;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      for (QmpMessage& message : reader.add(stream.substr(at, piece))) all.push_back(message);
    }
    ASSERT_EQ(all.size(), 3u) << piece;
    EXPECT_TRUE(std::holds_alternative<QmpGreeting>(all[0]));
    EXPECT_TRUE(std::holds_alternative<QmpResumed>(all[1]));
    EXPECT_TRUE(std::holds_alternative<QmpShutdown>(all[2]));
  }
}

TEST(QmpReader, EndlessLineIsCutOffAndTheNextOneIsRead) {
  QmpReader reader;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(reader.add(std::string(4096, 'x')).empty());
  const auto messages = reader.add(std::string("\n") + kResume + "\n");
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<QmpGarbage>(messages[0]));
  EXPECT_TRUE(std::holds_alternative<QmpResumed>(messages[1]));
}

TEST(QmpCommands, FileNameCannotBecomeACommand) {
  const std::string text = qmp::save_display(R"(/tmp/"}{"execute":"quit"})");
  EXPECT_EQ(text.find(R"("execute":"quit")"), std::string::npos);
}

}  // namespace
}  // namespace harness
