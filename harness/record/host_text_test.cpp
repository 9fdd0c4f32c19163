#include "record/host_text.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(HostText, SaysWhatDecidesHowFastAGuestRuns) {
  Host host{.name = "build7",
            .node = "n3",
            .cpu = "AMD EPYC",
            .processors = 8,
            .quota = 0.1,
            .governor = "performance",
            .kernel = "Linux 6.1.0",
            .load = 3.5};
  const std::string text = "AMD EPYC, 8 processors, quota 0.1, governor performance, Linux 6.1.0";
  EXPECT_EQ(host_text(host), text);
  host.name = host.node = "";
  host.load.reset();
  EXPECT_EQ(host_text(host), text) << "another machine of the same kind, or another hour";
  EXPECT_EQ(host_text({.cpu = "x86_64", .processors = 1}), "x86_64, 1 processor");
  EXPECT_EQ(host_text(Host()), "");
}

}  // namespace
}  // namespace harness
