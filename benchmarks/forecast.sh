#!/usr/bin/env bash
# Measures how well runs are forecast: runs a pipeline many times, and compares the last runs with what was forecast of them. Prints a
# Markdown table: benchmarks/forecast.sh | tee benchmarks/forecast.md
# usage: [RUNS=30] [LAST=10] [RECORD=FILE] benchmarks/forecast.sh [runner's options, such as -steps FILE -p rows=1000]
# RECORD gets the events of all runs, for the tests. Build first: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
runs=${RUNS:-30} last=${LAST:-10}
[ $# -gt 0 ] || set -- -steps "$here/steps.json"
jar=$here/runner/target/runner.jar
[ -f "$jar" ] || { echo "$jar not found. Build first: mvn -Dmaven.test.skip package" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
options=(--workspace "$work/workspace" --to "$work/results")

# The time of the last run, and its forecast.
figures() {
  java -jar "$jar" -a report --text "${options[@]}" | sed -n '1s/.* after \(.*\) (forecast: \(.*\))$/\1|\2/p'
}
seconds() { # 42 s | 1 min 05 s
  awk '{ for (i = 1; i < NF; i += 2) sum += $i * ($(i + 1) == "min" ? 60 : $(i + 1) == "h" ? 3600 : 1); print sum }' <<<"$1"
}

echo "| run | forecast, s | time, s | difference |"
echo "|---|---|---|---|"
worst=0
for ((run = 1; run <= runs; run++)); do
  java -jar "$jar" -a run "$@" "${options[@]}" --overwrite-results --events "$work/events" >"$work/out" 2>&1 || { tail -n 20 "$work/out" >&2; exit 1; }
  echo "run $run of $runs" >&2
  [ -z "${RECORD:-}" ] || grep -v '"attempt_profiled"' "$work/events" >"$RECORD"
  ((run > runs - last)) || continue
  IFS='|' read -r taken expected < <(figures)
  taken=$(seconds "$taken") expected=$(seconds "$expected")
  difference=$(awk -v expected="$expected" -v taken="$taken" 'BEGIN { printf "%.1f", 100 * (expected - taken) / taken }')
  worst=$(awk -v one="${difference#-}" -v other="$worst" 'BEGIN { print (one + 0 > other + 0) ? one : other }')
  echo "| $run | $expected | $taken | $difference % |"
done
echo
echo "Largest difference: $worst %. \`${*/#$here\//}\`, $(nproc) cores, $(date -u +%Y-%m-%d)."
