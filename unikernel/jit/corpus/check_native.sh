#!/bin/sh
# check_native.sh OUTDIR: the corpus built and run natively at all levels, which must agree with one
# another and with expected.tsv; then every program once more under sanitizers (check_sanitizers.sh).
# What passes here has one meaning, and an interpreter that differs is wrong.
set -eu
corpus=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: check_native.sh OUTDIR}
NATIVE="O0 O1 O2 Os" "$corpus/build.sh" "$out"
"$corpus/check_sanitizers.sh" "$out/sanitized"
