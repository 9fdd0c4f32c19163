#include <gtest/gtest.h>

#include "scenario/messages.h"

namespace harness {
namespace {

using namespace testing_scenario;

TEST(Steps, EachHoldsOneOfWaitSendAndStop) {
  EXPECT_EQ(complaint_after("steps:\n  - {wait: a, send: b}\n"),
            "s.yaml:4:15: 'wait' and 'send' exclude each other in a step | give only one of them");
  EXPECT_EQ(complaint_after("steps:\n  - {within: 5s, send: a}\n"),
            "s.yaml:4:6: 'within' in a step needs 'wait' beside it | add wait, or remove within");
  EXPECT_EQ(complaint_after("steps:\n  - {expect: a, wait: b}\n"),
            "s.yaml:4:6: unknown key 'expect' in a step | a step takes: wait, within, send, "
            "send_file, stop");
}

TEST(Steps, AFileMayBeSent) {
  const Scenario scenario = parse_scenario(
      kMinimal + "steps:\n  - {wait: ready}\n  - send_file: new.bin\n  - stop: true\n", "s.yaml");
  ASSERT_EQ(scenario.steps.size(), 3U);
  EXPECT_EQ(scenario.steps[1].send_file, "new.bin");
  EXPECT_EQ(complaint_after("steps:\n  - {send: a, send_file: b}\n"),
            "s.yaml:4:15: 'send' and 'send_file' exclude each other in a step | give only one of "
            "them");
}

TEST(Steps, MistakesAreTold) {
  EXPECT_EQ(complaint_after("steps: {wait: a}\n"),
            "s.yaml:3:8: steps holds a map, must hold a list | write: - wait: \"login: \"");
  EXPECT_EQ(complaint_after("steps: []\n"),
            "s.yaml:3:8: steps holds nothing, must hold a list | write: - wait: \"login: \"");
  EXPECT_EQ(complaint_after("steps:\n  - wait: \"\"\n"),
            "s.yaml:4:11: wait: the text is empty, or too long | write from 1 to 4096 characters");
  EXPECT_EQ(complaint_after("steps:\n  - send: " + std::string(4097, 'x') + "\n"),
            "s.yaml:4:11: send: the text is empty, or too long | write from 1 to 4096 characters");
  EXPECT_EQ(complaint_after("steps:\n  - stop: false\n"),
            "s.yaml:4:11: stop: 'false' stops nothing | remove the step");
  EXPECT_EQ(complaint_after("steps:\n  - stop: true\n  - send: a\n"),
            "s.yaml:5:5: a step behind 'stop: true', where the boot is over | remove it");
  EXPECT_EQ(complaint_after("machine: {serial: false}\nsteps:\n  - stop: true\n"),
            "s.yaml:3:19: steps talk to the serial port, and this machine has none | write "
            "machine: {serial: true}, or remove the steps");
}

TEST(Formats, AreNamedOrTheNearestIsTold) {
  EXPECT_EQ(complaint_after("formats: [ktap, tapp]\n"),
            "s.yaml:3:17: formats: 'tapp' is not accepted (did you mean 'tap'?) | write one of: "
            "tap, ktap, kvm-unit-tests, googletest, solo5, ztest, lk-unittest, uktest, libtest, "
            "blog-os, sel4test, unity, cmocka");
}

TEST(Formats, WithoutAClosingLineNeedAnEnding) {
  EXPECT_EQ(
      complaint_after("formats: lk-unittest\n"),
      "s.yaml:3:10: formats: lk-unittest has no closing line, so a guest that died between two "
      "tests would pass | say how it ends well: exit: {pass: 0}, or steps that end with stop: "
      "true");
  EXPECT_EQ(complaint_after("formats: lk-unittest\nexit: {pass: 0}\n"), "");
}

TEST(Reboot, NeedsResultsThatProveTheEnd) {
  EXPECT_EQ(
      complaint_after("exit: {reboot: pass}\n"),
      "s.yaml:3:16: exit: reboot is given, and nothing tells a reboot from a triple fault | add "
      "`formats` or `tests`: the results prove that the guest was done");
  EXPECT_EQ(complaint_after("formats: ktap\nexit: {reboot: pass}\n"), "");
}

TEST(TestPatterns, MistakesHaveTheirPlaces) {
  EXPECT_EQ(complaint_after("tests: {pass: 'ok (?P<name>x)', end: done}\n"), "");
  EXPECT_EQ(complaint_after("tests: {pass: 'ok (?P<name>x)'}\n"),
            "s.yaml:3:15: tests: nothing tells whether results are missing | add the pattern of a "
            "`plan`, of a `summary`, or of the closing line as `end`");
  EXPECT_EQ(
      complaint_after("tests: {pass: ok, plan: '1..(?P<count>x)'}\n"),
      "s.yaml:3:25: tests.plan: the pattern has no group 'total' | write (?P<total>...) around "
      "it");
  EXPECT_EQ(complaint_after("tests: {pass: '(', end: x}\n"),
            "s.yaml:3:15: tests.pass: '(': missing ): ( | see "
            "https://github.com/google/re2/wiki/Syntax");
  EXPECT_EQ(complaint_after("tests: {result: 'x (?P<name>y)', end: x}\n"),
            "s.yaml:3:17: tests.result: the pattern has no group 'status' | write (?P<status>...) "
            "around it");
  EXPECT_EQ(complaint_after("tests: {pass: 'ok (?P<nmae>x)', end: done}\n"),
            "s.yaml:3:15: tests.pass: nothing reads a group 'nmae' | did you mean (?P<name>...)?");
  EXPECT_EQ(complaint_after("tests: {pass: '(?P<name>x) (?P<file>y) (z)', end: done}\n"), "");
  EXPECT_EQ(complaint_after("tests: {pass: 'ok (x)', end: done}\n"), "");
}

}  // namespace
}  // namespace harness
