# How programs of the corpus are compiled, for the scripts beside. To be sourced, with $corpus naming
# this folder and $out a folder to work in.
target=(--target=i386-unknown-linux-gnu -msse2 -fno-pic)
language=(-ffreestanding -nostdlibinc -ffp-contract=off -fno-math-errno -I"$corpus")
c=(clang-19 -std=c17)
cpp=(clang-19 -std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics)
inputs=("$corpus"/{build.sh,compile.sh,corpus.h,native/start.c})

newer() {  # A B...: is A newer than each B
  local made=$1 from
  shift
  for from; do [ "$made" -nt "$from" ] || return 1; done
}
to_bitcode() {  # SOURCE LEVEL BITCODE [OPTION...]: a line "// Flags: ..." of the source adds to them
  local source=$1 level=$2 bitcode=$3 own
  local -n compiler=c
  shift 3
  case $source in
    *.ll)
      cat "$corpus/corpus.ll" "$source" |
        clang-19 "${target[@]}" "-$level" -x ir -emit-llvm -c - -o "$bitcode"
      return ;;
    *.cpp) local -n compiler=cpp ;;
  esac
  own=$(grep -m1 -oE '^// Flags: .*' "$source") || own=""
  read -ra own <<<"${own#// Flags: }"
  "${compiler[@]}" "${target[@]}" "${language[@]}" "$@" "${own[@]}" "-$level" -emit-llvm -c "$source" -o "$bitcode"
}
# What every native program is linked with.
native_runtime() {
  CORPUS_RUNTIME=$(clang-19 "${target[@]}" --rtlib=compiler-rt -print-libgcc-file-name)
  export CORPUS_RUNTIME
  newer "$out/start.o" "${inputs[@]}" ||
    clang-19 "${target[@]}" -std=c17 -O1 -ffreestanding -c "$corpus/native/start.c" -o "$out/start.o"
}
# Code generation and no more: the bitcode is optimized. A symbol that neither the guest's interface
# nor compiler-rt has is an error of the linker's.
to_native() {  # BITCODE LEVEL PROGRAM
  llc-19 -"${2/s/2}" -relocation-model=static -filetype=obj "$1" -o "$3.o"
  ld.lld-19 -static "$out/start.o" "$3.o" "$CORPUS_RUNTIME" -o "$3"
  rm "$3.o"
}
argument_of() {  # SOURCE: as its comment says, else 1
  local line
  line=$(grep -m1 -oE '^// Argument: -?[0-9]+' "$1") || line="1"
  echo "${line##* }"
}
