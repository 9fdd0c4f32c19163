# Sourced by slurm.sh and gridengine.sh: processes that are begun and waited for.

# This machine cannot have what the script begins, and why.
cannot() {
  echo "${0##*/}: $1" >&2
  exit 77
}

# A process that is there, and no zombie.
lives() { [ -n "$1" ] && grep -qs '^State:[^Z]*$' "/proc/$1/status"; }
gone() { ! lives "$1"; }
id_in() { cat "$1" 2>/dev/null || true; }

# Waits for a command to succeed, a tenth of a second at a time.
wait_for() {
  tries=$1
  shift
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.1
  done
}
