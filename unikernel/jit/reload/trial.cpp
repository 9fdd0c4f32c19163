#include "reload/trial.h"

namespace jit::reload {
namespace {

Line silent(const Version& version, Text who, uint32_t question, Outcome outcome) {
  Line line;
  line.add(who).add(" does not answer ").add(uint64_t{question}).add(": ").add(text_of(outcome));
  if (version.last_fault()) line.add(": ").add(version.last_fault().what.text());
  return line;
}

Line differs(Text who, uint32_t question, uint32_t answer, Text other, uint32_t other_answer) {
  Line line;
  line.add(who).add(" answers ").add(uint64_t{question}).add(" with ").add(uint64_t{answer});
  line.add(", ").add(other).add(" with ").add(uint64_t{other_answer});
  return line;
}

}  // namespace

Line try_version(Version& version, const Answered (&recorded)[Requests::kRecorded],
                 bool same_answers) {
  static constexpr Text kInterpreter = "the interpreter", kMachineCode = "the machine code";
  // What runs once, before the first answer, is in no count.
  const uint32_t first = recorded[0].question;
  const Answer begun = version.interpret(first);
  if (!begun.is_there()) return silent(version, kInterpreter, first, begun.outcome);
  uint32_t answers[Requests::kRecorded];
  for (uint32_t i = 0; i < Requests::kRecorded; ++i) {
    const uint32_t question = recorded[i].question;
    const Answer right = version.interpret(question);
    if (!right.is_there()) return silent(version, kInterpreter, question, right.outcome);
    const Answer made = version.ask(question);
    if (!made.is_there()) return silent(version, kMachineCode, question, made.outcome);
    if (made.value != right.value) {
      return differs(kMachineCode, question, made.value, kInterpreter, right.value);
    }
    if (made.instructions != right.instructions) {
      return Line().add("machine code and interpreter count instructions otherwise");
    }
    answers[i] = made.value;
    if (same_answers && made.value != recorded[i].answer) {
      return differs("it", question, made.value, "the one before it", recorded[i].answer);
    }
  }
  for (uint32_t i = Requests::kRecorded; i-- > 0;) {
    const uint32_t question = recorded[i].question;
    const Answer again = version.ask(question);
    if (!again.is_there()) return silent(version, kMachineCode, question, again.outcome);
    if (again.value != answers[i]) {
      return differs("it", question, answers[i], "asked again", again.value);
    }
  }
  return {};
}

}  // namespace jit::reload
