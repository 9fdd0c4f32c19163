#!/bin/sh
# lint.sh [format|tidy]: clang-format and clang-tidy as errors, on the files that git knows. tidy wants
# build/release, and is several times as fast where build/asan is there too.
set -eu
cd "$(dirname "$0")/.."
what=${1:-all}

if [ "$what" != tidy ]; then
  echo "== clang-format"
  git ls-files -z -- '*.cpp' '*.h' '*.c' | xargs -0 clang-format-19 --dry-run --Werror
fi

if [ "$what" != format ]; then
  echo "== clang-tidy"
  python3 ci/tidy.py
fi
