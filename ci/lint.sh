#!/bin/sh
# lint.sh [format|tidy]: clang-format and clang-tidy as errors, on the files that git knows.
set -eu
cd "$(dirname "$0")/.."
what=${1:-all}

if [ "$what" != tidy ]; then
  echo "== clang-format"
  git ls-files -z -- '*.cpp' '*.h' '*.c' | xargs -0 clang-format-19 --dry-run --Werror
fi

if [ "$what" != format ]; then
  echo "== clang-tidy"
  # A file is checked again only when it, a header, or the list of checks has changed.
  stamps=build/tidy
  mkdir -p "$stamps"
  headers=$(git ls-files -s -- '*.h' .clang-tidy CMakeLists.txt | git hash-object --stdin)
  # Tests are exempt: half of what tidy says of them is about GoogleTest's macros. So are the fuzz
  # targets, which the release build does not compile as they are.
  git ls-files -- 'harness/*.cpp' 'kernel_lib/*.cpp' 'unikernel/*.cpp' ':!*_test.cpp' ':!harness/fuzz/*' | while read -r file; do
    stamp=$stamps/$(printf '%s' "$file" | tr / _).$(git hash-object "$file").$headers
    [ -e "$stamp" ] || printf '%s %s\n' "$file" "$stamp"
  done >"$stamps/todo"
  xargs -r -P 2 -L 1 sh -c \
    'clang-tidy-19 --quiet -p build/release "$0" >"$1.log" 2>/dev/null && mv "$1.log" "$1" ||
     { cat "$1.log" >&2; rm -f "$1.log"; exit 1; }' <"$stamps/todo"
fi
