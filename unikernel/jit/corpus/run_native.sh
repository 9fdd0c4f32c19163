#!/bin/bash
# run_native.sh FILE.bc [ARGUMENT]: runs a guest in bitcode as a program of the host's processor. It
# stands for an interpreter where a script wants one to compare with.
set -euo pipefail
corpus=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
. "$corpus/compile.sh"
native_runtime
to_native "$1" O1 "$out/program"
"$out/program" "${2:-1}"
