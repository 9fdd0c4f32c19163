#!/bin/bash
# build_runner32.sh OUTDIR [FILE...]: builds, of what is older than its sources, both or these
#   OUTDIR/runner32     runner32.cpp with reader, verifier, T0 and T1
#   OUTDIR/compiler.bc  the compiler as a program, as selfhost/CMakeLists.txt makes it at -O2
# From the environment: JOBS, how many at a time (2).
set -euo pipefail
jit=$(cd "$(dirname "$0")/.." && pwd)
out=${1:?usage: build_runner32.sh OUTDIR [FILE...]}
shift
. "$jit/testing/runner32.sh"
mkdir -p "$out"
write_ninja >"$out/build.ninja.new"
cmp -s "$out/build.ninja.new" "$out/build.ninja" || cp "$out/build.ninja.new" "$out/build.ninja"
ninja -C "$out" -j "${JOBS:-2}" --quiet "$@"
