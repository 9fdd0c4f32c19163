# Sourced by cluster_ratio.sh and cluster_soak.sh, from the root of the project: a Slurm on loopback
# (ci/slurm.sh), ended with all that is in $work when the script ends, and suites of boots for it.
source=$PWD
program=$(realpath "${UNIHARNESS:-build/release/uniharness}")
work=$(mktemp -d)
end() {
  sh "$source/ci/slurm.sh" down "$work/slurm"
  rm -rf "$work"
}
trap end EXIT

# Nodes, each of one processor. Ends the script where there can be no Slurm here, which slurm.sh says.
begin_slurm() {
  local status=0
  sh "$source/ci/slurm.sh" up "$work/slurm" "$1" 1 >"$work/up" || status=$?
  [ $status != 77 ] || exit 0
  [ $status = 0 ] || exit $status
  export SLURM_CONF=$work/slurm/slurm.conf
}

# A suite of so many boots of one image in $work/suite, which becomes the working folder.
write_suite() {
  local i
  mkdir "$work/suite"
  cd "$work/suite"
  cp "$(dirname "$program")/images/tinyllama.elf" .
  for ((i = 0; i < $1; ++i)); do
    printf 'name: boot-%05d\nimage: {kernel: tinyllama.elf}\nboots: 1\nmachine: {model: pc, vga: false}\nlimits: {wall: 10m, idle: 10m}\n' \
      "$i" >"boot-$(printf %05d "$i").yaml"
  done
}
