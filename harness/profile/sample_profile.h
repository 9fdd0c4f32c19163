// A small profile for tests: main calls f twice and g once; f calls g and, once, itself.
#pragma once

#include "profile/profile.h"

namespace harness::profile {

inline GuestCode sample_code() {
  GuestCode code;
  code.files = {"/images/sample.elf"};
  code.functions = {{"main", 0x1000, false, 0},
                    {"ns::f(int, char)", 0x1100, false, 0},
                    {"g<a; b>", 0x1200, false, 0},
                    {"[firmware]", 0xc0000, true, 0}};
  code.ranges = {{0x1000, 0x1100, 0, plugin::kEntry | plugin::kFollowed},
                 {0x1100, 0x1200, 1, plugin::kEntry | plugin::kFollowed},
                 {0x1200, 0x1300, 2, plugin::kEntry | plugin::kFollowed},
                 {0xc0000, 0x100000, 3, 0}};
  code.firmware = code.outside = 3;
  return code;
}

inline Counts sample_counts() {
  Counts counts;
  counts.total = 1000;
  counts.functions = {100, 350, 150, 400};
  counts.contexts = {{},              // root
                     {0, 3, 0, 400},  // [firmware]
                     {0, 0, 1, 100},  // main
                     {2, 1, 2, 300},  // main;f
                     {3, 2, 4, 90},   // main;f;g
                     {2, 2, 1, 40},   // main;g
                     {3, 1, 1, 50},   // main;f;f
                     {6, 2, 1, 20}};  // main;f;f;g
  counts.blocks = {{0x1000, 10, 5, 0, 20},
                   {0x1100, 20, 7, 1, 50},
                   {0x1200, 4, 3, 2, 50},
                   {0xc0000, 2, 1, 3, 400}};
  counts.deepest = 4;
  return counts;
}

inline CountedProfile sample_profile() { return make_profile(sample_code(), sample_counts()); }

}  // namespace harness::profile
