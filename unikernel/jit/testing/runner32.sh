# How runner32 and the compiler as a program are built, for the scripts that do. To be sourced, with
# $jit naming unikernel/jit.
common=(-std=c++20 -ffreestanding -nostdlibinc -ffp-contract=off -fno-exceptions -fno-rtti
  -fno-threadsafe-statics -fno-pic -fno-stack-protector)
to_object=(clang++-19 -m32 -march=i686 -msse2 -mfpmath=sse "${common[@]}" -O1 -fomit-frame-pointer
  -momit-leaf-frame-pointer -ffunction-sections -fdata-sections -c)
to_bitcode=(clang++-19 --target=i386-unknown-linux-gnu -msse2 "${common[@]}" -fno-math-errno -O2
  -fno-vectorize -fno-slp-vectorize -emit-llvm -c)
if command -v ccache >/dev/null; then to_object=(ccache "${to_object[@]}"); fi

# Both print names, from $jit on.
runner_sources() {
  (cd "$jit" && printf '%s\n' {adaptive,bitcode,compiler,interpreter,ir,specialize}/*.cpp testing/runner32.cpp |
    grep -vE '_test\.cpp$|fuzz|^ir/print')
}
compiler_sources() {
  (cd "$jit" && printf '%s\n' {bitcode,compiler,ir}/*.cpp interpreter/{constants,layout,machine,operands}.cpp \
    selfhost/{compiler_program,without_interpreter}.cpp |
    grep -vE '_test\.cpp$|fuzz|^ir/print|^compiler/(islands|enter|runtime_calls)\.cpp$')
}
link_runner() {  # PROGRAM OBJECT...
  local program=$1
  shift
  ld.lld-19 -static --gc-sections -z nognustack "$@" "$(builtins)" -o "$program"
}
builtins() { clang-19 --target=i386-unknown-linux-gnu --rtlib=compiler-rt -print-libgcc-file-name; }

write_ninja() {
  local source object objects=() parts=()
  cat <<NINJA
rule object
  command = ${to_object[*]} -MMD -MF \$out.d -I$jit \$in -o \$out
  deps = gcc
  depfile = \$out.d
rule bitcode
  command = ${to_bitcode[*]} -MMD -MF \$out.d -I$jit \$in -o \$out
  deps = gcc
  depfile = \$out.d
rule link
  command = ld.lld-19 -static --gc-sections -z nognustack \$in $(builtins) -o \$out
rule program
  command = llvm-link-19 \$in -o \$out.linked && opt-19 -passes=internalize,globaldce -internalize-public-api-list=guest_main \$out.linked -o \$out
NINJA
  for source in $(runner_sources); do
    objects+=("objects/$source.o")
    echo "build objects/$source.o: object $jit/$source"
  done
  echo "build objects/string.o: object $jit/../../kernel_lib/mem/string.cpp"
  for source in $(compiler_sources); do
    parts+=("bitcode/$source.bc")
    echo "build bitcode/$source.bc: bitcode $jit/$source"
  done
  echo "build runner32: link ${objects[*]} objects/string.o"
  echo "build compiler.bc: program ${parts[*]}"
}
