// Thousands of damaged scenarios: each loads or is refused with its place, none does anything else.
#include <gtest/gtest.h>

#include <random>

#include "check/table.h"
#include "scenario/load.h"
#include "scenario/reference.h"

namespace harness {
namespace {

/// A text with one to four small changes: bytes changed, pieces cut, doubled, moved or inserted.
std::string mutated(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  constexpr std::string_view kPieces[] = {"{",    "}",    "[",      "]",   ": ",    ", ",   "- ",
                                          "\n",   "\n  ", "&a ",    "*a",  "? ",    "!!x ", "\"",
                                          "'",    "#",    "..",     "|\n", "---\n", "\xFF", "%",
                                          "<<: ", "~",    "\t",     "\\",  "@a",    "0x",   "99999",
                                          "-1",   "1e9",  "\x1b[m", ">-\n"};
  for (std::size_t changes = 1 + below(4); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = below(text.size());
    const std::size_t size = std::min<std::size_t>(1 + below(20), text.size() - at);
    switch (below(5)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, size);
        break;
      case 2:
        text.insert(below(text.size()), text.substr(at, size));
        break;
      case 3:
        text.insert(at, kPieces[below(std::size(kPieces))]);
        break;
      default:
        text.resize(at);
    }
  }
  return text;
}

TEST(Mutation, DamagedScenariosLoadOrAreRefusedWithTheirPlace) {
  std::mt19937 random(20);  // fixed: a failure can be repeated
  std::size_t refused = 0;
  std::size_t loaded = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = mutated(std::string(example_scenario()), random);
    try {
      const Scenario scenario = parse_scenario(text, "s.yaml");
      ++loaded;
      EXPECT_FALSE(scenario.name.empty());
      EXPECT_GE(scenario.boots, 1u);
      for (const CheckSpec& check : scenario.checks) EXPECT_NE(find_check(check.kind), nullptr);
    } catch (const UsageError& error) {
      ++refused;
      EXPECT_TRUE(std::string_view(error.what()).starts_with("s.yaml:")) << error.what();
    }
    // Anything else that is thrown ends the test.
  }
  EXPECT_GT(refused, 600u);
  EXPECT_GT(loaded, 60u);
}

TEST(Mutation, RandomBytesAreRefused) {
  std::mt19937 random(21);
  std::uniform_int_distribution<int> byte(0, 255);
  for (int i = 0; i < 2000; ++i) {
    std::string text(static_cast<std::size_t>(i % 300), '\0');
    for (char& c : text) c = static_cast<char>(byte(random));
    EXPECT_THROW(parse_scenario(text, "s.yaml"), UsageError);
  }
}

}  // namespace
}  // namespace harness
