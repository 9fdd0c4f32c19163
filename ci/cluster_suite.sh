# Sourced by cluster_ratio.sh and cluster_soak.sh, from the root of the project: a Slurm on loopback
# (ci/slurm.sh), ended with all that is in $work when the script ends, and suites of boots for it.
source=$PWD
program=$(realpath "${UNIHARNESS:-build/release/uniharness}")
work=$(mktemp -d)
mine=()  # ids of processes in the background: they would outlive the script, and wait for a Slurm that is gone
end() {
  local id
  for id in "${mine[@]}"; do kill -9 "$id" $(pgrep -P "$id") 2>/dev/null || true; done
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
  local i name
  mkdir "$work/suite"
  cd "$work/suite"
  cp "$(dirname "$program")/images/tinyllama.elf" .
  for ((i = 0; i < $1; ++i)); do
    printf -v name 'boot-%05d' "$i"
    printf 'name: %s\nimage: {kernel: tinyllama.elf}\nboots: 1\nmachine: {model: pc, vga: false}\nlimits: {wall: 10m, idle: 10m}\n' \
      "$name" >"$name.yaml"
  done
}
