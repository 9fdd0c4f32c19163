// What init and import read: images, output of unknown guests, unittests.cfg of others.
#include <string>

#include "base/error.h"
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "onboarding/image_kind.h"
#include "onboarding/kvm_unit_case.h"
#include "onboarding/phrases.h"
#include "onboarding/prompt.h"
#include "onboarding/troubles.h"
#include "scenario/load.h"

namespace harness::fuzz {
namespace {

void fuzz_image(std::string_view bytes) {
  const onboarding::IdentifiedImage kind =
      onboarding::identify(bytes.size(), [&](std::uint64_t offset, std::size_t size) {
        return offset > bytes.size() ? std::string() : std::string(bytes.substr(offset, size));
      });
  require(kind.refusal.empty() == kind.next_step.empty(), "who is refused is told what to do");
  require(
      !kind.refusal.empty() || (kind.kind != onboarding::ImageKind::unknown && !kind.arch.empty()),
      "what is not refused can be booted somehow");
}

void fuzz_output(std::string_view output) {
  require(onboarding::troubles_in(output).size() <= 30, "of each kind of trouble a few are told");
  onboarding::ends_in_prompt(output);
  const auto first = onboarding::first_phrase(output);
  if (!first) return;
  const auto last = onboarding::last_phrase(output, first->end);
  for (const auto* phrase : {&*first, last ? &*last : &*first}) {
    require(phrase->end >= phrase->text.size() && phrase->end <= output.size(),
            "a phrase stands in the output");
    require(output.substr(phrase->end - phrase->text.size(), phrase->text.size()) == phrase->text,
            "a phrase is what was said");
    require(printable(phrase->text) == phrase->text, "a phrase is printable");
  }
  require(!last || last->end - last->text.size() >= first->end, "the last is behind the first");
}

void fuzz_unit_tests(std::string_view text) {
  onboarding::KvmUnitHost host;
  host.first_line = [](const std::string&) { return std::optional<std::string>("Y"); };
  host.exists = [](const std::string&) { return true; };
  try {
    const auto tests = onboarding::parse_unit_tests(text, "u.cfg", 4);
    const auto cases = onboarding::kvm_unit_cases(tests, "u.cfg", "x86", host);
    require(cases.size() == tests.size(), "no test is lost");
    for (const onboarding::KvmUnitCase& one : cases) {
      require(one.yaml.empty() != one.skip.empty(), "a test is run or has a reason");
      if (!one.yaml.empty()) {
        require(parse_scenario(one.yaml, one.name).name == one.name, "a scenario can be loaded");
      }
    }
  } catch (const UsageError& error) {
    require(std::string_view(error.what()).starts_with("u.cfg:"), "a mistake has its place");
  }
}

}  // namespace

int fuzz_adopt(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const unsigned which = input.byte();
  const std::string text = blown_up(input.rest());
  switch (which % 3) {
    case 0:
      fuzz_unit_tests(text);
      break;
    case 1:
      fuzz_output(text);
      break;
    default:
      fuzz_image(text);
  }
  return 0;
}

}  // namespace harness::fuzz
