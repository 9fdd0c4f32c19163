#!/bin/sh
# A real Grid Engine on this machine, for tests: one node with a queue of some slots, in namespaces of
# its own. Its daemons listen on all addresses, so they get a network in which there is none but the
# loopback; there the machine is called n1, and nobody outside can reach them or is disturbed.
# Packages: gridengine-master gridengine-exec gridengine-client. Needs root, for the namespaces.
#
#   gridengine.sh up DIR SLOTS [TASKS]      TASKS: how many an array may have (75000)
#   gridengine.sh in DIR COMMAND...         runs a command where qsub and qstat work, in this folder
#   gridengine.sh kill-controller DIR       the controller ends by SIGKILL
#   gridengine.sh controller DIR            and begins again
#   gridengine.sh down DIR                  ends everything
#
# Status 77: this machine cannot have one, and why is printed.
set -eu

word=${1:?gridengine.sh: up, in, kill-controller, controller or down}
mkdir -p "${2:?gridengine.sh: which folder?}"
dir=$(cd "$2" && pwd)
programs=/usr/lib/gridengine
shared=/usr/share/gridengine
export SGE_ROOT="$dir" SGE_CELL=default SGE_QMASTER_PORT=6444 SGE_EXECD_PORT=6445

. "$(dirname "$0")/daemons.sh"

# Takes the place of this script. The folder is named anew: that of the caller is one of outside.
enter() {
  exec nsenter --net="/proc/$keeper/ns/net" --mount="/proc/$keeper/ns/mnt" --uts="/proc/$keeper/ns/uts" \
    --wd="$PWD" "$@"
}

configuration() {
  cat >"$dir/default/common/bootstrap" <<END
admin_user none
default_domain none
ignore_fqdn true
spooling_method classic
spooling_lib libspoolc
spooling_params $dir/default/common;$dir/spool/qmaster
binary_path $dir/bin
qmaster_spool_dir $dir/spool/qmaster
security_mode none
listener_threads 2
worker_threads 2
scheduler_threads 1
END
  echo n1 >"$dir/default/common/act_qmaster"
  with "execd_spool_dir=$dir/spool/execd" min_uid=0 min_gid=0 mailer=/bin/true "max_aj_tasks=$1" \
    <$shared/default-configuration >"$dir/global"
}

# Puts values in place of those of a table of keys and values.
with() {
  for pair in "$@"; do set -- "$@" -e "s,^(${pair%%=*}) .*,\\1 ${pair#*=},"; shift; done
  sed -E "$@"
}

begin_controller() {
  "$programs/sge_qmaster" >>"$dir/said" 2>&1
  wait_for 300 answers || { cat "$dir/said" "$dir/spool/qmaster/messages" >&2; exit 1; }
}
answers() { qconf -sh >/dev/null 2>&1; }
node_is_up() { qhost 2>/dev/null | grep -Eq '^n1 +lx-'; }

# In the namespaces.
begin() {
  ip link set lo up
  hostname n1
  echo '127.0.0.1 n1' >"$dir/hosts"
  mount --bind "$dir/hosts" /etc/hosts
  configuration "$2"
  {
    "$programs/spoolinit" classic libspoolc "$dir/default/common;$dir/spool/qmaster" init
    "$programs/spooldefaults" configuration "$dir/global"
    "$programs/spooldefaults" complexes "$shared/util/resources/centry"
    "$programs/spooldefaults" usersets "$shared/util/resources/usersets"
    "$programs/spooldefaults" managers "$(id -un)"
  } >"$dir/said" 2>&1 || { cat "$dir/said" >&2; exit 1; }
  begin_controller
  # A task begins when it was handed in or another has ended, and not every quarter of a minute.
  qconf -ssconf | with schedule_interval=0:0:1 flush_submit_sec=1 flush_finish_sec=1 \
    job_load_adjustments=NONE >"$dir/scheduling"
  qconf -sq | with qname=all.q hostlist=n1 "slots=$1" load_thresholds=NONE pe_list=NONE rerun=TRUE >"$dir/queue"
  { qconf -as n1 && qconf -Msconf "$dir/scheduling" && qconf -Aq "$dir/queue" && qconf -sq all.q && "$programs/sge_execd"; } \
    >>"$dir/said" 2>&1 || { cat "$dir/said" >&2; exit 1; }
  wait_for 600 node_is_up || {
    echo "gridengine.sh: the node did not come up" >&2
    cat "$dir/spool/execd/n1/messages" >&2
    exit 1
  }
}

up() {
  for program in qsub qstat qconf nsenter unshare ip; do
    command -v $program >/dev/null || cannot "$program is not installed"
  done
  for program in sge_qmaster sge_execd; do
    [ -x "$programs/$program" ] || cannot "$program is not installed"
  done
  unshare --net --mount --uts true 2>"$dir/said" || cannot "no namespaces of its own: $(head -n 1 "$dir/said")"
  mkdir -p "$dir/default/common" "$dir/spool/qmaster/job_scripts" "$dir/spool/execd"
  ln -s $shared/util "$dir/util"
  for place in bin utilbin lib; do ln -s "/var/lib/gridengine/$place" "$dir/$place"; done
  # Who keeps the namespaces, whatever becomes of the daemons.
  unshare --net --mount --uts sleep infinity >/dev/null 2>&1 &
  echo $! >"$dir/keeper"
  keeper=$!
  wait_for 100 has_its_own || cannot "no namespaces of its own"
  (enter sh "$0" begin "$dir" "$@")
}
has_its_own() { [ "$(readlink "/proc/$keeper/ns/uts")" != "$(readlink /proc/self/ns/uts)" ]; }

# All that run in its network.
down() {
  lives "$keeper" || return 0
  network=$(readlink "/proc/$keeper/ns/net")
  [ "$network" != "$(readlink /proc/self/ns/net)" ] || { echo "gridengine.sh: $keeper is not its keeper" >&2; exit 1; }
  for _ in 1 2 3; do
    for process in /proc/[0-9]*; do
      [ "$(readlink "$process/ns/net" 2>/dev/null)" = "$network" ] || continue
      [ "${process#/proc/}" = "$keeper" ] || kill -9 "${process#/proc/}" 2>/dev/null || true
    done
  done
  kill -9 "$keeper" 2>/dev/null || true
  wait_for 100 gone "$keeper"
}

shift 2
keeper=$(id_in "$dir/keeper")
case "$word" in
  up) up "$1" "${2:-75000}" ;;
  begin) begin "$@" ;;
  in) enter "$@" ;;
  kill-controller) kill -9 "$(id_in "$dir/spool/qmaster/qmaster.pid")" ;;
  controller) (enter sh "$0" begin-controller "$dir") ;;
  begin-controller) begin_controller ;;
  down) down ;;
  *) echo "gridengine.sh: no such word: $word" >&2; exit 2 ;;
esac
