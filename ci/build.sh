# Sourced by demo.sh and test.sh: build PRESET [TARGET...], quietly unless it fails.
build() {
  preset=$1
  shift
  mkdir -p build
  # Of this checkout alone, below build: removing that removes all. Precompiled headers are let in.
  export CCACHE_DIR="${CCACHE_DIR:-$PWD/build/ccache}" CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1 \
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
  log=build/$preset.log
  if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" >"$log" 2>&1 </dev/null || { cat "$log" >&2; return 3; }
  fi
  # A terminal sees ninja's own progress line; a log gets the output only when it is needed.
  if [ -t 1 ]; then
    cmake --build "build/$preset" ${1:+--target "$@"}
  else
    cmake --build "build/$preset" ${1:+--target "$@"} >>"$log" 2>&1 </dev/null ||
      { tail -n 60 "$log" >&2; return 3; }
  fi
}
