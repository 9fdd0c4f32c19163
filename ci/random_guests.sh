#!/bin/sh
# Profiles guests at random whose instructions are known (harness/profile/random_guest/), and
# compares. Usage: ci/random_guests.sh [COUNT [FIRST_SEED]], 1,000 from 1 by default; the build tree
# is $BUILD, build/release by default. Ends at the first guest that is counted otherwise, and names
# its seed.
set -eu
cd "$(dirname "$0")/.."
UNIHARNESS_RANDOM_GUESTS=${1:-1000} UNIHARNESS_RANDOM_SEED=${2:-1} \
  "${BUILD:-build/release}/harness/profile/harness_profile_tests" --gtest_filter='RandomGuests.*'
