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
            "s.yaml:4:6: unknown key 'expect' in a step | a step takes: wait, within, send, stop");
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
            "tap, ktap, kvm-unit-tests, googletest, solo5");
}

}  // namespace
}  // namespace harness
