#include <gtest/gtest.h>

#include "check/check_testing.h"

namespace harness {
namespace {

using namespace testing_record;

const std::string kLog =
    "boot\n[TIMING] Load: 5 cycles\nOnce upon a time\nthere was\n"
    "[TIMING] First token: 9 cycles\nbye\n";
// printf 'Once upon a time\nthere was\n' | sha256sum
constexpr const char* kHash = "11fe0cb60ac3cfb7314b4d83e4bf00ec1883f360de45db81560b8771d976eac6";

Finding check(const std::string& log, const char* from, const char* to, const char* sha256) {
  return run_check(run_of({log}), "hash",
                   {{"from", text(from)}, {"to", text(to)}, {"sha256", text(sha256)}});
}

TEST(HashCheck, PassesOnTheTextBetweenTheTwoLines) {
  const Finding finding = check(kLog, "Load:", "First token:", kHash);
  EXPECT_EQ(finding.status, FindingStatus::pass) << finding.reason;
  EXPECT_EQ(finding.figure, "text 27 bytes");
}
TEST(HashCheck, OneChangedByteFailsWithBothHashes) {
  const Finding finding =
      check(replaced(kLog, "there was", "there wax"), "Load:", "First token:", kHash);
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_NE(finding.reason.find("lines 3 to 4 have the SHA-256 "), std::string::npos);
  EXPECT_NE(finding.reason.find(kHash), std::string::npos);
}
TEST(HashCheck, ALineMoreOrAMissingLineEndFails) {
  EXPECT_EQ(
      check(replaced(kLog, "there was\n", "there was\n\n"), "Load:", "First token:", kHash).status,
      FindingStatus::fail);
  EXPECT_EQ(check(replaced(kLog, "time\n", "time"), "Load:", "First token:", kHash).status,
            FindingStatus::fail);
}
TEST(HashCheck, MissingLinesAreNamed) {
  EXPECT_EQ(check(kLog, "Loaded:", "First token:", kHash).reason,
            "no line holds 'Loaded:', after which the text begins");
  EXPECT_EQ(check(kLog, "Load:", "boot", kHash).reason,
            "no line after line 2 holds 'boot', before which the text ends");
  EXPECT_EQ(check(kLog, "bye", "First token:", kHash).status, FindingStatus::fail);
}
TEST(HashCheck, NothingBetweenIsTheHashOfNothing) {
  EXPECT_EQ(check(kLog, "First token:", "bye",
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                .status,
            FindingStatus::pass);
}

}  // namespace
}  // namespace harness
