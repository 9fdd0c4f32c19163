// What reports say of a run besides its numbers, in plain words and not yet escaped for any format:
// each report writes the same facts in its own markup. Pure.
#pragma once

#include <string>
#include <vector>

#include "model/record.h"

namespace harness {

/// A line of a table of two columns. Both may hold text of a guest, of QEMU or of a file.
struct Fact {
  std::string name, value;
  bool code = false;  // to be set as code: a checksum
};
/// What ran, on what, when.
std::vector<Fact> facts_of(const RunRecord& record);
std::vector<Fact> memory_facts(const Memory& memory);
/// Only of files that there are.
std::vector<Fact> size_facts(const Sizes& sizes);

/// Of a run under the counted clock whose guest was halted: for how much of its clock, and what
/// that makes of its numbers. Empty for others.
std::string halted_text(const RunRecord& record);

/// "i386 pc, tcg, QEMU 7.2.22": what is known of it.
std::string platform_of(const Fingerprint& print);

/// "22 of 24 checks passed, 1 failed, 1 without valid data"; "no checks" where there are none.
std::string checks_text(const RunRecord& record);
/// "2 boots in 164.5 ms"; without the time where no boot was timed.
std::string boots_text(const RunRecord& record);

/// Where a run comes from, for the head of a report, as far as it is known: the machine, the
/// commit, the CI job.
struct OriginFact {
  std::string text;
  std::string address = {};  // to be linked to; web_address() has passed it
};
std::vector<OriginFact> origin_facts(const RunRecord& record);

/// A command to paste into a shell, and what it is for (a sentence that ends in a colon).
struct ReproduceStep {
  std::string what, command;
};
std::vector<ReproduceStep> reproduce_steps(const RunRecord& record);

/// At most `most` boots in their order, those that did not end as expected first.
std::vector<const BootRecord*> boots_to_show(const RunRecord& record, std::size_t most);

}  // namespace harness
