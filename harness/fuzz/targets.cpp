#include "fuzz/fuzz.h"

namespace harness::fuzz {

namespace {

constexpr Target kTargets[] = {
    {"split", "lines are the same however the bytes were cut", fuzz_split},
    {"parse", "a parsed line, printed, is the line", fuzz_parse},
    {"fold", "events are the same however the bytes were cut; count and checksum are right",
     fuzz_fold},
    {"console", "what a terminal shows is plain text, and prefixes end", fuzz_console},
    {"formats", "results are bounded and printable, and no failure is hidden", fuzz_formats},
    {"metrics", "numbers that a guest prints: each with its line, bounded and printable",
     fuzz_metrics},
    {"json", "agrees with another reader of JSON", fuzz_json},
    {"verdict", "a pass needs every signal; anything else has a reason", fuzz_verdict},
    {"qmp", "messages are the same however the bytes were cut", fuzz_qmp},
    {"scenario", "loads, or tells every mistake with its place", fuzz_scenario},
    {"record", "is refused, or stays the same through reading and writing", fuzz_record},
    {"elf", "sizes, or an error that names the file", fuzz_elf},
    {"manifest", "paths, or an error that names the file", fuzz_manifest},
    {"screen", "25 rows of plain text", fuzz_screen},
    {"text", "printable text is harmless, a quoted word is one word", fuzz_text},
    {"report", "console, Markdown and JUnit stay intact and harmless", fuzz_report},
    {"adopt", "images, unknown output and unittests.cfg: used, or refused with a reason",
     fuzz_adopt},
    {"benchmark", "files of Google Benchmark: refused, or no worse than themselves",
     fuzz_benchmark},
    {"store", "a store on any disk opens or refuses, and goes on", fuzz_store},
    {"plan", "plans, parts and results: refused by name, or stay the same", fuzz_plan},
    {"nbd", "requests are the same however the bytes were cut, and lie on the disk", fuzz_nbd},
};

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target kPlanted = {"planted", "none: for testing the tests", fuzz_planted};

}  // namespace harness::fuzz
