#include "record/codec.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "record/record_testing.h"
#include "record/schema_testing.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

Json sample_json() { return Json::parse(record_to_json(sample_record())); }

/// The message of the error that reading a changed sample gives.
std::string refusal(const std::function<void(Json&)>& change) {
  Json json = sample_json();
  change(json);
  try {
    record_from_json(json.dump(), "r.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::invalid_data);
    return error.what();
  }
  return "read without complaint";
}

TEST(Codec, WhatIsWrittenIsReadAndWrittenTheSame) {
  const std::string text = record_to_json(sample_record());
  const RunRecord read = record_from_json(text, "r.json");
  EXPECT_EQ(record_to_json(read), text);
  EXPECT_EQ(read.boots.size(), 2u);
  EXPECT_EQ(read.boots[0].events.profiles[0].avg, 900u);
  EXPECT_EQ(read.boots[1].trace.exit_signal, SIGKILL);
  EXPECT_EQ(read.boots[1].trace.exit_status, std::nullopt);
  EXPECT_EQ(read.boots[1].trace.stop, StopReason::panic_line);
  EXPECT_EQ(read.boots[0].events.end->crc, sample_record().boots[0].events.end->crc);
  EXPECT_EQ(read.verdict.kind, VerdictKind::panic);
  EXPECT_EQ(read.findings[0].at.line, 9);
  EXPECT_EQ(read.sizes.loaded, 13'304u);
  EXPECT_EQ(read.sizes.app, std::nullopt);
}

TEST(Codec, MarksAndTimesComeBack) {
  const RunRecord record = sample_record();
  const RunRecord read = record_from_json(record_to_json(record), "r.json");
  const auto& marks = record.boots[0].trace.marks;
  ASSERT_EQ(read.boots[0].trace.marks.size(), marks.size());
  EXPECT_GT(marks.size(), 5u);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    EXPECT_EQ(read.boots[0].trace.marks[i].size, marks[i].size);
    EXPECT_EQ(read.boots[0].trace.marks[i].at, marks[i].at);
  }
  EXPECT_EQ(read.boots[0].events.lines[1].at, record.boots[0].events.lines[1].at);
}

TEST(Codec, LimitsOfNumbersComeBack) {
  RunRecord record = sample_record();
  record.boots[0].events.timings[0].cycles = UINT64_MAX;
  record.boots[0].trace.wall = std::chrono::nanoseconds(INT64_MAX);
  record.boots[0].events.computed_crc = UINT32_MAX;
  const RunRecord read = record_from_json(record_to_json(record), "r.json");
  EXPECT_EQ(read.boots[0].events.timings[0].cycles, UINT64_MAX);
  EXPECT_EQ(read.boots[0].trace.wall.count(), INT64_MAX);
  EXPECT_EQ(read.boots[0].events.computed_crc, UINT32_MAX);
}

TEST(Codec, RawBytesOfTheGuestAreEscapedOrLeftOut) {
  const std::string text = record_to_json(sample_record());
  for (const char c : text) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << int{c};
  }
  EXPECT_EQ(text.find("PNG"), std::string::npos);
  EXPECT_EQ(text.find("BIOS"), std::string::npos);
  const Json json = Json::parse(text);
  EXPECT_EQ(json["boots"][0]["trace"]["stderr"], "qemu: warning: one\nqemu: \\x1B[1mtwo\n");
  EXPECT_EQ(json["boots"][1]["events"]["panics"][0], "exception 14 \\xFF");
}

TEST(Codec, JsonOfTheGuestIsEmbeddedAsValues) {
  const Json json = sample_json();
  EXPECT_EQ(json["boots"][0]["events"]["json"][0]["profile"][0]["calls"], 10);
}

TEST(Codec, TimelineListsTheProtocolLinesWithTheirPlace) {
  const RunRecord record = sample_record();
  const Json timeline = sample_json()["boots"][0]["events"]["timeline"];
  const std::string& serial = record.boots[0].trace.serial;
  ASSERT_EQ(timeline.size(), 13u);
  for (const Json& line : timeline) {
    EXPECT_EQ(serial[line["begin"].get<std::size_t>()], '[');
    EXPECT_EQ(serial[line["end"].get<std::size_t>()], '\n');
    EXPECT_GT(line["at_ns"], 40'000'000);
  }
}

TEST(Codec, SummariesAreAdded) {
  const Json json = sample_json();
  EXPECT_EQ(json["summaries"][0]["name"], "Init");
  EXPECT_EQ(json["summaries"][0]["median"], 1234.0);
}

TEST(Codec, EveryKeyWrittenIsInTheSchema) { EXPECT_EQ(schema_fault(sample_json()), ""); }

TEST(Codec, SchemaRefusesWhatTheReaderRefuses) {
  const auto fault = [](const std::function<void(Json&)>& change) {
    Json json = sample_json();
    change(json);
    return schema_fault(json);
  };
  EXPECT_EQ(fault([](Json& j) { j["extra"] = 1; }), "$: additionalProperties");
  EXPECT_EQ(fault([](Json& j) { j.erase("about"); }), "$: required");
  EXPECT_EQ(fault([](Json& j) { j["schema"] = kRecordSchema + 1; }), "$.schema: const");
  EXPECT_EQ(fault([](Json& j) { j["boots"][0]["trace"]["wall_ns"] = -1; }),
            "$.boots[0].trace.wall_ns: minimum");
  EXPECT_EQ(fault([](Json& j) { j["boots"][1]["ending"]["kind"] = "gone"; }),
            "$.boots[1].ending.kind: enum");
  EXPECT_EQ(fault([](Json& j) { j["boots"][0]["events"]["computed_crc"] = "123"; }),
            "$.boots[0].events.computed_crc: pattern");
  EXPECT_EQ(fault([](Json& j) { j["sizes"]["app"] = "1"; }), "$.sizes.app: anyOf");
  EXPECT_EQ(fault([](Json& j) { j["boots"] = Json::array(); }), "$.boots: minItems");
}

TEST(Codec, FaultsAreNamedWithFileAndKey) {
  EXPECT_EQ(refusal([](Json& j) { j["schema"] = kRecordSchema + 1; }),
            "r.json: schema: this version reads schemas 1 to 12");
  EXPECT_EQ(refusal([](Json& j) { j.erase("schema"); }),
            "r.json: schema: this version reads schemas 1 to 12");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][1]["trace"].erase("stop"); }),
            "r.json: boots[1].trace.stop: missing");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["events"]["timings"][1]["cycle"] = 1; }),
            "r.json: boots[0].events.timings[1].cycle: unknown key");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["events"]["timings"][1]["cycles"] = -1; }),
            "r.json: boots[0].events.timings[1].cycles: expected a whole number, not below 0");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["events"]["timings"][1]["cycles"] = 1.5; }),
            "r.json: boots[0].events.timings[1].cycles: expected a whole number, not below 0");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["trace"]["wall_ns"] = UINT64_MAX; }),
            "r.json: boots[0].trace.wall_ns: larger than 9223372036854775807");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["trace"]["exit_status"] = 1ull << 40; }),
            "r.json: boots[0].trace.exit_status: larger than 2147483647");
  EXPECT_EQ(refusal([](Json& j) { j["verdict"]["kind"] = "passed"; }),
            "r.json: verdict.kind: not the name of a verdict");
  EXPECT_EQ(refusal([](Json& j) { j["fingerprint"]["clock"] = "sun"; }),
            "r.json: fingerprint.clock: not one of the known words");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["trace"]["started"] = 1; }),
            "r.json: boots[0].trace.started: expected true or false");
  EXPECT_EQ(refusal([](Json& j) { j["scenario"] = nullptr; }), "r.json: scenario: expected a text");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["events"]["end"]["crc"] = "1234567g"; }),
            "r.json: boots[0].events.end.crc: expected 8 upper-case hexadecimal digits");
  EXPECT_EQ(refusal([](Json& j) { j["findings"] = Json::object(); }),
            "r.json: findings: expected an array");
  EXPECT_EQ(refusal([](Json& j) { j["summaries"][0]["mad"] = "x"; }),
            "r.json: summaries[0].mad: expected a number");
  EXPECT_EQ(refusal([](Json& j) { j.erase("summaries"); }), "r.json: summaries: missing");
  EXPECT_EQ(refusal([](Json& j) { j["boots"] = Json::array(); }),
            "r.json: boots: at least one boot is expected");
}

/// sample_json() as schema 1 had it.
Json sample_json_of_schema_1() {
  Json json = sample_json();
  json["schema"] = 1;
  json.erase("allowances");
  for (const char* key :
       {"exits", "formats", "steps", "metrics", "stated_ending", "reboot", "tests", "disk_persists",
        "power_cuts", "compared", "compared_why", "host", "origin", "boots_made"}) {
    json.erase(key);
  }
  json["fingerprint"].erase("options");
  json["fingerprint"].erase("host");
  for (Json& boot : json["boots"]) {
    for (const char* key : {"waited_ns", "resumed_ns", "tsc_hz", "left_out", "steps_done",
                            "executed", "halted", "disk_sha256"}) {
      boot["trace"].erase(key);
    }
    for (const char* key : {"crash", "phases", "formats", "found", "code"})
      boot["events"].erase(key);
    for (Json& test : boot["events"]["tests"]) test.erase("line");
    boot.erase("crash_site");
  }
  return json;
}

TEST(Codec, CodeThatTheGuestMadeIsKept) {
  const RunRecord record = record_from_json(record_to_json(sample_record()), "r.json");
  const std::vector<CodeLine>& code = record.boots[1].events.code;
  ASSERT_EQ(code.size(), 3u);
  EXPECT_EQ(code[0].kind, CodeLine::Kind::load);
  EXPECT_EQ(code[0].base, 0x1C4E040u);
  EXPECT_EQ(code[0].size, 144u);
  EXPECT_EQ(code[0].tier, "t1");
  EXPECT_EQ(code[0].name, "sum%20to%20n");
  EXPECT_EQ(code[1].to, 0x1D00000u);
  EXPECT_EQ(code[2].kind, CodeLine::Kind::retire);
  EXPECT_EQ(code[2].line, code[0].line + 2);
}

TEST(Codec, TheHostIsKept) {
  RunRecord kept = sample_record();
  kept.fingerprint.host = "AMD EPYC, 2 processors";
  kept.host = {.name = "build7",
               .node = "n3",
               .cpu = "AMD EPYC",
               .processors = 2,
               .quota = 0.5,
               .governor = "performance",
               .kernel = "Linux 6.1.0",
               .load = 1.25};
  const RunRecord record = record_from_json(record_to_json(kept), "r.json");
  EXPECT_EQ(record.fingerprint.host, "AMD EPYC, 2 processors");
  EXPECT_EQ(record.host.name, "build7");
  EXPECT_EQ(record.host.node, "n3");
  EXPECT_EQ(record.host.processors, 2u);
  EXPECT_EQ(record.host.quota, 0.5);
  EXPECT_EQ(record.host.governor, "performance");
  EXPECT_EQ(record.host.load, 1.25);
  EXPECT_EQ(record_from_json(record_to_json(sample_record()), "r.json").host.quota, std::nullopt);
}

TEST(Codec, WhereItComesFromIsKept) {
  RunRecord kept = sample_record();
  kept.origin = {.commit = std::string(40, 'a'),
                 .changed = true,
                 .ci = "GitHub Actions",
                 .job = "test, run 55",
                 .address = "https://github.com/a/b/actions/runs/1"};
  const Origin read = record_from_json(record_to_json(kept), "r.json").origin;
  EXPECT_EQ(read.commit, kept.origin.commit);
  EXPECT_TRUE(read.changed);
  EXPECT_EQ(read.ci, "GitHub Actions");
  EXPECT_EQ(read.job, "test, run 55");
  EXPECT_EQ(read.address, kept.origin.address);
}

TEST(Codec, WhereItCrashedIsKept) {
  RunRecord kept = sample_record();
  kept.boots[0].crash_site = {
      .symbols = "k.elf",
      .frames =
          {{.address = UINT64_MAX, .function = "run(int)", .offset = 3, .file = "a.c", .line = 7}},
      .registers = {{"eax", 5}},
      .instruction = "ud2"};
  const RunRecord record = record_from_json(record_to_json(kept), "r.json");
  EXPECT_FALSE(record.boots[1].crash_site);
  ASSERT_TRUE(record.boots[0].crash_site);
  const CrashSite& site = *record.boots[0].crash_site;
  ASSERT_EQ(site.frames.size(), 1u);
  EXPECT_EQ(site.frames[0].address, UINT64_MAX);
  EXPECT_EQ(site.frames[0].function, "run(int)");
  EXPECT_EQ(site.frames[0].line, 7u);
  ASSERT_EQ(site.registers.size(), 1u);
  EXPECT_EQ(site.registers[0].value, 5u);
  EXPECT_EQ(site.instruction, "ud2");
}

TEST(Codec, DisksAndPowerCutsAreKept) {
  RunRecord kept = sample_record();
  kept.disk_persists = true;
  const RunRecord record = record_from_json(record_to_json(kept), "r.json");
  EXPECT_TRUE(record.disk_persists);
  EXPECT_EQ(record.boots[1].trace.disk_sha256, std::string(64, 'a'));
  ASSERT_EQ(record.power_cuts.size(), 1u);
  const PowerCuts& cuts = record.power_cuts[0];
  EXPECT_EQ(cuts.possible, UINT64_MAX);
  EXPECT_EQ(cuts.points[0].promised, std::nullopt);
  EXPECT_EQ(cuts.points[1].promised, 3u);
  EXPECT_EQ(cuts.atomic, 4096u);
  EXPECT_EQ(cuts.failures[0].said, "no superblock");
  EXPECT_EQ(cuts.failures[0].image, "power-cut-2-1.img");
  EXPECT_EQ(cuts.failures[0].verdict.kind, VerdictKind::panic);
  EXPECT_EQ(cuts.at.line, 12);
}

TEST(Codec, AnOlderSchemaIsReadAndWhatItLacksKeepsItsDefault) {
  const RunRecord read = record_from_json(sample_json_of_schema_1().dump(), "r.json");
  EXPECT_EQ(read.schema, kRecordSchema);
  EXPECT_EQ(read.boots[0].events.timings[0].cycles, 1234u);
  EXPECT_EQ(read.boots[0].trace.tsc_hz, 0u);
  EXPECT_TRUE(read.boots[0].events.phases.empty());
}

TEST(Codec, ABootThatWasTakenAwayIsMissed) {
  const auto of_boots = [](std::size_t gone, const Json& made) {
    return refusal([&](Json& j) {
      j["boots"].erase(gone);
      j["boots_made"] = made;
    });
  };
  EXPECT_EQ(of_boots(0, 2), "r.json: boots: the run made 2, and 1 are here");
  EXPECT_EQ(of_boots(1, 2), "r.json: boots: the run made 2, and 1 are here");
  EXPECT_EQ(of_boots(1, 0), "r.json: boots: the run made 0, and 1 are here");
  EXPECT_EQ(refusal([](Json& j) { j.erase("boots_made"); }), "r.json: boots_made: missing");
  Json older = sample_json_of_schema_1();
  older["boots"].erase(1);
  EXPECT_EQ(record_from_json(older.dump(), "r.json").boots.size(), 1u) << "it does not say";
  older["boots_made"] = 1;
  EXPECT_THROW(record_from_json(older.dump(), "r.json"), Error) << "nor has it that key";
}

TEST(Codec, TheStatedEndingIsKeptAndFoundInTheTitlesOfOlderFiles) {
  RunRecord record = sample_record();
  EXPECT_EQ(record_from_json(record_to_json(record), "r.json").stated_ending, std::nullopt);
  record.stated_ending = VerdictKind::panic;
  EXPECT_EQ(record_from_json(record_to_json(record), "r.json").stated_ending, VerdictKind::panic);

  Json older = sample_json_of_schema_1();
  older["findings"][0]["check"] = "ending timeout";
  EXPECT_EQ(record_from_json(older.dump(), "r.json").stated_ending, VerdictKind::timeout);
  older["findings"][0]["check"] = "ending of the world";
  EXPECT_EQ(record_from_json(older.dump(), "r.json").stated_ending, std::nullopt);
}

TEST(Codec, FoundMetricsAndTheirPatternsAreKept) {
  RunRecord record = sample_record();
  record.output_rules.metrics = {{.pattern = "(?P<value>1)",
                                  .name = "a",
                                  .unit = "ns",
                                  .better = BetterWhen::higher,
                                  .scale = 1000,
                                  .samples = SampleRule::max}};
  record.boots[0].events.found = {{"a", 9, "ns", BetterWhen::higher, {3, 9}, 0}};
  const RunRecord read = record_from_json(record_to_json(record), "r.json");
  EXPECT_EQ(read.output_rules.metrics, record.output_rules.metrics);
  ASSERT_EQ(read.boots[0].events.found.size(), 1u);
  EXPECT_EQ(read.boots[0].events.found[0].samples, (std::vector<std::uint64_t>{3, 9}));
  EXPECT_EQ(record_to_json(read), record_to_json(record));
}

TEST(Codec, AnOlderSchemaHasItsOwnKeysAndNoOthers) {
  const auto refusal_of = [](Json json) -> std::string {
    try {
      record_from_json(json.dump(), "r.json");
    } catch (const Error& error) {
      return error.what();
    }
    return "read without complaint";
  };
  Json newer = sample_json_of_schema_1();
  newer["allowances"] = Json::array();
  EXPECT_EQ(refusal_of(newer), "r.json: allowances: unknown key");
  Json torn = sample_json_of_schema_1();
  torn["boots"][0]["events"].erase("memory");
  EXPECT_EQ(refusal_of(torn), "r.json: boots[0].events.memory: missing");
}

TEST(Codec, ListsThatWouldCostMemoryAreRefused) {
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["events"]["timeline"][0]["line"] = 1ull << 50; }),
            "r.json: boots[0].events.timeline[0].line: larger than 20000");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["events"]["timeline"][1]["line"] = 1; }),
            "r.json: boots[0].events.timeline[1].line: line numbers must rise");
  EXPECT_EQ(refusal([](Json& j) {
              j["boots"][0]["trace"]["marks"]["sizes"] = Json(std::vector<int>(10'001, 1));
              j["boots"][0]["trace"]["marks"]["times_ns"] = Json(std::vector<int>(10'001, 1));
            }),
            "r.json: boots[0].trace.marks: more than 10000 marks");
  EXPECT_EQ(refusal([](Json& j) { j["boots"][0]["trace"]["marks"]["sizes"].push_back(1); }),
            "r.json: boots[0].trace.marks: as many sizes as times are expected");
  EXPECT_EQ(refusal([](Json& j) {
              j["boots"][0]["trace"]["marks"] = {{"sizes", {UINT64_MAX}}, {"times_ns", {1}}};
            }),
            "r.json: boots[0].trace.marks: marks beyond all bounds");
}

TEST(Codec, TextThatIsNotJsonIsRefusedWithItsPlace) {
  const auto message = [](const std::string& text) -> std::string {
    try {
      record_from_json(text, "r.json");
    } catch (const Error& error) {
      EXPECT_EQ(error.status, ExitStatus::invalid_data);
      return error.what();
    }
    return "read without complaint";
  };
  EXPECT_NE(message("{\"schema\": 1,\n oops").find("line 2"), std::string::npos);
  EXPECT_EQ(message("[]"), "r.json: expected an object");
  EXPECT_NE(message(""), "read without complaint");
  EXPECT_EQ(message(std::string(200'000, '[') + std::string(200'000, ']')),
            "r.json: nested too deep");
}

TEST(Codec, EveryTruncationOfTheFileIsAnError) {
  const std::string text = record_to_json(sample_record());
  for (std::size_t size = 0; size + 2 < text.size(); size += 7) {
    EXPECT_THROW(record_from_json(text.substr(0, size), "r.json"), Error) << size;
  }
}

TEST(Codec, NestedJsonOfTheGuestAtItsLimitComesBack) {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  RunRecord record = sample_record();
  record.boots[0].events.json = {deep, "1e-7", "\"\\u0000\""};
  const RunRecord read = record_from_json(record_to_json(record), "r.json");
  EXPECT_EQ(read.boots[0].events.json[0], deep);
  EXPECT_EQ(read.boots[0].events.json[1], "1e-07");
}

TEST(Codec, GuestJsonTheParserTakesTheLibraryTakesToo) {
  for (const char* text :
       {"0", "-0.5e3", "[1,{\"a\":null}]", "\"\xC3\xA9\\ud83d\\ude00\"", "1e-400", "{", "[1,]",
        "01", "1e400", "\"\\ud800\"", "\"\xED\xA0\x80\"", "nul"}) {
    EXPECT_EQ(is_valid_json(text), Json::accept(std::string(text))) << text;
  }
}

}  // namespace
}  // namespace harness
