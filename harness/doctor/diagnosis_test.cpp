#include "doctor/diagnosis.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <wire/protocol.h>

namespace harness::doctor {
namespace {

using namespace std::chrono_literals;

Probe good(const std::string& accel, ClockKind clock, std::chrono::milliseconds wall) {
  return {"i386", accel, clock, true, "", "7.2.22", {wall, wall, wall}, true};
}

Facts healthy_facts() {
  Facts facts;
  facts.probes = {good("tcg", ClockKind::host, 60ms), good("tcg", ClockKind::counted, 70ms),
                  good("kvm", ClockKind::host, 40ms)};
  return facts;
}

Level level_of(const Diagnosis& diagnosis, const std::string& about) {
  const auto at = std::ranges::find_if(diagnosis.remarks, [&](const Remark& one) {
    return one.about.find(about) != one.about.npos;
  });
  return at == diagnosis.remarks.end() ? Level::good : at->level;
}

TEST(Diagnosis, AllWellIsHealthyAndTheFasterOneIsTaken) {
  const Diagnosis diagnosis = diagnose(healthy_facts());
  EXPECT_TRUE(diagnosis.healthy());
  EXPECT_EQ(diagnosis.auto_accel, "kvm");
}

TEST(Diagnosis, KvmThatIsSlowerThanTcgIsCalledOutAndNotTaken) {
  Facts facts = healthy_facts();
  facts.probes[2].walls = {2400ms, 2400ms, 2400ms};
  const Diagnosis diagnosis = diagnose(facts);
  EXPECT_EQ(level_of(diagnosis, "kvm"), Level::note);
  EXPECT_NE(render_text(diagnosis).find("40.0 times slower"), std::string::npos);
  EXPECT_EQ(diagnosis.auto_accel, "tcg");
  EXPECT_TRUE(diagnosis.healthy());
}

TEST(Diagnosis, KvmThatAbortsIsANoteWithItsReason) {
  Facts facts = healthy_facts();
  facts.probes[2].works = false;
  facts.probes[2].why = "QEMU died by signal 6";
  const Diagnosis diagnosis = diagnose(facts);
  EXPECT_TRUE(diagnosis.healthy());
  EXPECT_EQ(diagnosis.auto_accel, "tcg");
  EXPECT_NE(render_text(diagnosis).find("signal 6"), std::string::npos);
}

TEST(Diagnosis, CountedClockThatIsNotExactIsBad) {
  Facts facts = healthy_facts();
  facts.probes[1].identical = false;
  EXPECT_FALSE(diagnose(facts).healthy());
}

TEST(Diagnosis, MissingProgramAndFirmwareAreBadAndSayWhatInstallsThem) {
  Facts facts = healthy_facts();
  facts.missing_programs = {"nasm"};
  facts.missing_firmware = {"qboot.rom"};
  const Diagnosis diagnosis = diagnose(facts);
  EXPECT_FALSE(diagnosis.healthy());
  EXPECT_NE(render_text(diagnosis).find("run: apt-get install nasm"), std::string::npos);
  EXPECT_NE(render_text(diagnosis).find("run: apt-get install qemu-system-data"),
            std::string::npos);
}

TEST(Diagnosis, AProfilerThatCannotLoadIsBad) {
  Facts facts = healthy_facts();
  facts.plugin = PluginProbe{"/lib/uniharness_profile.so", ""};
  EXPECT_TRUE(diagnose(facts).healthy());
  facts.plugin->why = "QEMU did not load it";
  EXPECT_FALSE(diagnose(facts).healthy());
  EXPECT_NE(render_text(diagnose(facts)).find("cannot work: QEMU did not load it"),
            std::string::npos);
}

TEST(Diagnosis, OtherEmulatorsAndProgramsAreNamed) {
  Facts facts = healthy_facts();
  facts.emulators = {{"aarch64", "7.2.22", ""}, {"riscv64", "", "killed by signal 11"}};
  facts.programs = {{"nasm", "/usr/bin/nasm"}};
  const Diagnosis diagnosis = diagnose(facts);
  const std::string text = render_text(diagnosis);
  EXPECT_EQ(level_of(diagnosis, "qemu-system-aarch64"), Level::good);
  EXPECT_EQ(level_of(diagnosis, "qemu-system-riscv64"), Level::bad);
  EXPECT_NE(text.find("/usr/bin/nasm"), text.npos) << text;
}

/// Answers every boot with the same trace, but for the last digit of the counter.
struct FakeMachine final : Machine {
  explicit FakeMachine(Trace answer) : trace(std::move(answer)) {}
  Trace run(const Job&, const SerialSink&) override {
    if (counts_badly && !trace.serial.empty()) ++trace.serial.back();
    return trace;
  }
  Trace trace;
  bool counts_badly = false;
};

Trace good_trace() {
  Trace trace;
  trace.started = true;
  trace.exit_status = wire::process_status(wire::Exit::pass);
  trace.serial = "probe AABBCCDD";
  return trace;
}

TEST(Probe, WorksWhereTheGuestSaysItsLineAndLeaves) {
  FakeMachine machine(good_trace());
  const Probe result = probe(machine, "guest", "i386", "tcg", ClockKind::counted, 3);
  EXPECT_TRUE(result.works) << result.why;
  EXPECT_TRUE(result.identical);
  EXPECT_EQ(result.walls.size(), 3u);
}

TEST(Probe, BootsThatDifferAreNotIdentical) {
  FakeMachine machine(good_trace());
  machine.counts_badly = true;
  const Probe result = probe(machine, "guest", "i386", "tcg", ClockKind::counted, 2);
  EXPECT_TRUE(result.works);
  EXPECT_FALSE(result.identical);
}

TEST(Probe, OneBootIsEnoughOfWhatIsHopelesslySlow) {
  Trace trace = good_trace();
  trace.wall = 3s;
  FakeMachine machine(trace);
  const Probe slow = probe(machine, "guest", "i386", "kvm", ClockKind::host, 5, 2s);
  EXPECT_TRUE(slow.works) << slow.why;
  EXPECT_EQ(slow.walls, std::vector<std::chrono::nanoseconds>{3s});
  const Probe in_time = probe(machine, "guest", "i386", "kvm", ClockKind::host, 5, 3s);
  EXPECT_EQ(in_time.walls.size(), 5u);
}

TEST(Probe, AbortNoStartTimeLimitAndDamageAreReasons) {
  Trace aborted = good_trace(), refused = good_trace(), stopped = good_trace(), torn = good_trace();
  aborted.exit_status.reset();
  aborted.exit_signal = 6;
  refused.started = false;
  refused.stderr_text = "qemu: no KVM here\n";
  stopped.stop = StopReason::wall_limit;
  torn.serial.pop_back();
  for (const auto& [trace, why] : {std::pair<Trace, std::string>{aborted, "signal 6"},
                                   {refused, "no KVM here"},
                                   {stopped, "wall_limit"},
                                   {torn, "damaged"}}) {
    FakeMachine machine(trace);
    const Probe result = probe(machine, "guest", "i386", "kvm", ClockKind::host, 3);
    EXPECT_FALSE(result.works);
    EXPECT_NE(result.why.find(why), std::string::npos) << result.why;
    EXPECT_EQ(result.walls.size(), 1u) << "what does not work is not tried again";
  }
}

TEST(AccelWithoutProbe, IsTcgWhereKvmCannotRunTheGuest) {
  for (const char* arch : {"aarch64", "arm", "riscv64"}) {
    const auto chosen = accel_without_probe(arch, "x86_64");
    ASSERT_TRUE(chosen) << arch;
    EXPECT_EQ(chosen->accel, "tcg");
    EXPECT_EQ(chosen->why, std::string("kvm cannot run ") + arch + " on a host of x86_64");
  }
  EXPECT_EQ(accel_without_probe("x86_64", "aarch64")->accel, "tcg");
  EXPECT_NE(accel_without_probe("aarch64", "aarch64")->why.find("not tried"), std::string::npos);
}

TEST(AccelWithoutProbe, APcOnAPcIsProbed) {
  EXPECT_FALSE(accel_without_probe("i386", "x86_64"));
  EXPECT_FALSE(accel_without_probe("x86_64", "x86_64"));
  EXPECT_FALSE(accel_without_probe("i386", "i686"));
}

}  // namespace
}  // namespace harness::doctor
