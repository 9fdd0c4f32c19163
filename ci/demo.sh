#!/bin/sh
# demo.sh [NAME [OPTION...]]: from nothing to a report: installs what that needs, builds uniharness, and
# lets it build, boot, check and report on scenarios/NAME.yaml: session20, the TinyLlama unikernel, where
# none is named; selfhost is the compiler that compiles itself.
set -eu
cd "$(dirname "$0")/.."

sh ci/setup.sh tool
. ci/build.sh
build release uniharness
name=session20
case ${1:-} in
  '' | -*) ;;
  *) name=$1 && shift ;;
esac
exec build/release/uniharness run "scenarios/$name.yaml" "$@"
