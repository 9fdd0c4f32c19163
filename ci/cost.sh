# shellcheck shell=bash
# To be sourced by scripts that compare what commands cost.
TIMEFORMAT='%3U %3S'

# Of a command: microseconds of wall time and of processor time, its children's with it. Its output goes
# to $out/output; its status is not of interest here.
cost() {  # COMMAND...
  local start=${EPOCHREALTIME/./} used
  used=$({ time "$@" >"$out/output" 2>&1 </dev/null; } 2>&1) || true
  echo "$((${EPOCHREALTIME/./} - start)) $(awk '{printf "%d", 1000000 * ($1 + $2)}' <<<"$used")"
}

# FILE has a line for each turn, with cost() of three commands, NAME each: their means, and the ratios of
# the third to the others. Wall time is left out where the load is above MOST.
print_costs() {  # FILE NAME NAME NAME MOST
  local load
  load=$(cut -d" " -f1 /proc/loadavg)
  echo "$(wc -l <"$1") turns, load $load, $(nproc) processors: $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
  print_ratios "processor time" "$1" 2 "$2" "$3" "$4"
  if awk -v load="$load" -v most="$5" 'BEGIN {exit !(load > most)}'; then
    echo "  wall time: not comparable, others work here, too"
  else
    print_ratios "wall time" "$1" 1 "$2" "$3" "$4"
  fi
}

print_ratios() {  # WHAT FILE COLUMN NAME NAME NAME
  echo "  $1:"
  local first=$3 second=$(($3 + 2)) third=$(($3 + 4))
  awk -v a="$first" -v b="$second" -v c="$third" -v one="$4" -v two="$5" -v three="$6" '
    {x += $a; y += $b; z += $c}
    END {printf "    %s %.1f ms, %s %.1f ms, %s %.1f ms\n", one, x/NR/1000, two, y/NR/1000, three, z/NR/1000}' "$2"
  print_ratio "$2" "$third" "$second" "$6 by $5"
  print_ratio "$2" "$third" "$first" "$6 by $4"
  print_ratio "$2" "$second" "$first" "$5 by $4"
}

print_ratio() {  # FILE COLUMN COLUMN NAME
  awk -v a="$2" -v b="$3" '$b > 0 {print $a / $b}' "$1" | sort -n | awk -v name="$4" '
    {v[NR] = $1}
    END {printf "    %s: ratio %.3f [%.3f..%.3f]\n", name, v[int((NR + 1) / 2)], v[int((NR - 1) / 4) + 1], v[int((NR - 1) * 3 / 4) + 1]}'
}
