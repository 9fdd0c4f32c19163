#!/bin/sh
# A real Slurm on this machine, for tests: controller and nodes are daemons of their own that listen on
# loopback, need neither systemd nor control groups, and are ended by the ids that they wrote.
# Packages: slurmctld slurmd slurm-client munge.
#
#   slurm.sh up DIR NODES CPUS [LINE...]   nodes n1, n2, ...; LINEs are added to slurm.conf. Prints
#                                          SLURM_CONF=DIR/slurm.conf when all nodes are idle
#   slurm.sh node DIR NODE [COMMAND...]    begins one node again, by COMMAND (taskset -c 0, say)
#   slurm.sh kill-node DIR NODE            as if it lost its power: all that runs there is gone at once
#   slurm.sh freeze-node DIR NODE          its daemon stands still, and what it has begun runs on
#   slurm.sh down DIR                      ends everything
#
# PATIENCE=5 in front of it: seconds until a node that does not answer is given up, and until its tasks
# begin elsewhere. More is right where nodes are not to be lost: a machine that is busy loses them, too.
#
# Status 77: this machine cannot have one, and why is printed.
set -eu

word=${1:?slurm.sh: up, node, kill-node, freeze-node or down}
mkdir -p "${2:?slurm.sh: which folder?}"
dir=$(cd "$2" && pwd)
export SLURM_CONF="$dir/slurm.conf"
patience=${PATIENCE:-60}

. "$(dirname "$0")/daemons.sh"

# The first of 40 ports in a row that nobody listens at.
free_ports() {
  taken=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '{split($2, a, ":"); print a[2]}')
  base=$((20000 + $$ % 250 * 40))
  for _ in $(seq 250); do
    port=$base
    while [ $port -lt $((base + 40)) ]; do
      case "$taken" in *"$(printf %04X $port)"*) break ;; esac
      port=$((port + 1))
    done
    [ $port -lt $((base + 40)) ] || { echo "$base"; return; }
    base=$((20000 + (base - 20000 + 40) % 10000))
  done
  cannot "no free ports"
}

configuration() {
  nodes=$1 cpus=$2
  shift 2
  cat <<END
ClusterName=tests
SlurmctldHost=$host($address)
SlurmctldPort=$base
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$dir/munge/socket,cred_expire=$patience
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool-%n
SlurmctldPidFile=$dir/controller.pid
SlurmdPidFile=$dir/node-%n.pid
SlurmctldLogFile=$dir/controller.log
SlurmdLogFile=$dir/node-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=1
SlurmdParameters=config_overrides
SlurmdTimeout=$patience
MessageTimeout=$((patience < 10 ? patience : 10))
ReturnToService=2
KillWait=5
END
  for line in "$@"; do echo "$line"; done
  for i in $(seq "$nodes"); do
    echo "NodeName=n$i NodeHostname=$host NodeAddr=$address Port=$((base + i)) CPUs=$cpus RealMemory=1000"
  done
  echo "PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP"
}

all_idle() { [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = "$1" ]; }
is_back() {
  case "$(sinfo -h -n "$1" -o %t 2>/dev/null)" in idle | mix | alloc | comp) ;; *) return 1 ;; esac
}

up() {
  nodes=$1 cpus=$2
  shift 2
  for program in slurmctld slurmd sbatch munged; do
    command -v $program >/dev/null || cannot "$program is not installed"
  done
  host=$(hostname -s)
  address=$(getent ahostsv4 "$host" | awk 'NR == 1 {print $1}')
  case "$address" in
    127.*) ;;
    *) cannot "the name of this machine, $host, stands for '$address', which is not loopback (/etc/hosts)" ;;
  esac
  base=$(free_ports)
  mkdir -p "$dir/munge" "$dir/state"
  chmod 0755 "$dir/munge"
  configuration "$nodes" "$cpus" "$@" >"$SLURM_CONF"
  # It is not used, but looked for: finding out by itself fails without a mounted control group.
  echo "CgroupPlugin=cgroup/v1" >"$dir/cgroup.conf"
  head -c 1024 /dev/urandom >"$dir/munge/key"
  chmod 0400 "$dir/munge/key"
  munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" \
    --log-file="$dir/munge/log" --seed-file="$dir/munge/seed" 2>"$dir/munge/complaints"
  slurmctld -c
  for i in $(seq "$nodes"); do
    mkdir -p "$dir/spool-n$i"
    slurmd -N "n$i"
  done
  if ! wait_for 600 all_idle "$nodes"; then
    echo "slurm.sh: not all nodes came up:" >&2
    sinfo -N >&2 || true
    tail -n 5 "$dir"/*.log >&2
    exit 1
  fi
  echo "SLURM_CONF=$SLURM_CONF"
}

# All of a node: its daemon, and the processes that say that they run there with those that watch them.
processes_of() {
  id_in "$dir/node-$1.pid"
  for process in /proc/[0-9]*; do
    environment=$(tr '\0' '\n' 2>/dev/null <"$process/environ" | grep -E '^(SLURMD_NODENAME|SLURM_CONF)=') || continue
    case "$environment" in *"SLURM_CONF=$SLURM_CONF"*) ;; *) continue ;; esac
    case "$environment" in *"SLURMD_NODENAME=$1"*) echo "${process#/proc/}" ;; esac
  done
}
kill_node() {
  all=$(processes_of "$1")
  # Who watches a job dies before it: it would still tell the controller that the job was killed, which is
  # an end, and no reason to begin it elsewhere.
  for watcher in $(pgrep -x slurmstepd || true); do
    for child in $(pgrep -P "$watcher" || true); do
      case " $(echo $all) " in *" $child "*) all="$watcher $all" ;; esac
    done
  done
  kill -9 $all 2>/dev/null || true
  rm -f "$dir/node-$1.pid"
}

begin_node() {
  node=$1
  shift
  process=$(id_in "$dir/node-$node.pid")
  if lives "$process"; then
    kill "$process"
    wait_for 300 gone "$process"
  fi
  "$@" slurmd -N "$node"
  wait_for 600 is_back "$node" || { echo "slurm.sh: $node did not come back" >&2; exit 1; }
}

queue_is_empty() { [ -z "$(timeout 5 squeue -h 2>/dev/null)" ]; }

down() {
  [ -f "$SLURM_CONF" ] || return 0
  # What stands still cannot end.
  for file in "$dir"/node-*.pid; do kill -CONT "$(id_in "$file")" 2>/dev/null || true; done
  if lives "$(id_in "$dir/controller.pid")"; then
    timeout 10 scancel -p all 2>/dev/null || true
    wait_for 150 queue_is_empty || true
  fi
  for file in "$dir"/node-*.pid "$dir/controller.pid" "$dir/munge/pid"; do
    process=$(id_in "$file")
    lives "$process" || continue
    kill "$process" 2>/dev/null || true
    wait_for 100 gone "$process" || kill -9 "$process"
    rm -f "$file"
  done
  # Who watched a job goes on telling that it ended to a controller that is no more.
  for process in $(pgrep -x slurmstepd || true); do
    tr '\0' '\n' 2>/dev/null <"/proc/$process/environ" | grep -qxF "SLURM_CONF=$SLURM_CONF" || continue
    kill -9 "$process" 2>/dev/null || true
  done
}

shift 2
case "$word" in
  up) up "$@" ;;
  node) begin_node "$@" ;;
  kill-node) kill_node "$1" ;;
  freeze-node) kill -STOP "$(id_in "$dir/node-$1.pid")" ;;
  down) down ;;
  *) echo "slurm.sh: no such word: $word" >&2; exit 2 ;;
esac
