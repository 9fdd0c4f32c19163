#include "base/utc.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(Utc, MomentsAsFilesWriteThem) {
  EXPECT_EQ(unix_seconds("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(unix_seconds("2026-01-02T03:04:05Z"), 1767323045);
  EXPECT_EQ(unix_seconds("2026-01-02T05:04:05+02:00"), 1767323045);
  EXPECT_EQ(unix_seconds("2026-01-02T01:34:05-01:30"), 1767323045);
  EXPECT_EQ(unix_seconds("2026/01/02-03:04:05"), 1767323045);
}

TEST(Utc, OtherTextIsNone) {
  for (const char* text :
       {"", "yesterday", "2026-01-02", "2026-13-02T03:04:05Z", "2026-02-30T03:04:05Z",
        "2026-01-02T03:04:05 CET", "2026-01-02T03:04:05+02:00x", "2026-01-02T03:04:05+2"}) {
    EXPECT_FALSE(unix_seconds(text)) << text;
  }
}

}  // namespace
}  // namespace harness
