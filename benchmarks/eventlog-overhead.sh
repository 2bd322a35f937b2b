#!/usr/bin/env bash
# Measures what the event log costs that every step writes for the report: runs the word-cloud pipeline in turn with and without it,
# and compares the wall and the CPU times of each round. Prints a Markdown table:
# benchmarks/eventlog-overhead.sh | tee benchmarks/eventlog-overhead.md
# usage: [ROUNDS=7] [ROWS=100000] benchmarks/eventlog-overhead.sh
# Build first: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jar=$here/runner/target/runner.jar
[ -f "$jar" ] || { echo "$jar not found. Build first: mvn -Dmaven.test.skip package" >&2; exit 1; }

ln -s "$here/pyspark-equivalent-jobs" "$here/data" "$here/schemas" "$work/"
cp "$here/steps.json" "$work/with.json"
sed 's/"defaults": *{/&\n    "spark_conf": { "spark.eventLog.enabled": "false" },/' "$work/with.json" >"$work/without.json"
grep -q eventLog "$work/without.json" || { echo "steps.json has no defaults" >&2; exit 1; }

pipeline() { # with|without
  (cd "$work" && java -jar "$jar" -a run -steps "$1.json" -p rows="${ROWS:-100000}" --workspace "$work/runs" --to "$work/results" \
    --overwrite-results) >"$work/out" 2>&1
}
TIMEFORMAT='%R %U %S'
run() { # with|without: prints the wall time and the CPU time in seconds
  { time pipeline "$1"; } 2>"$work/time" || { tail -n 20 "$work/out" >&2; return 1; }
  awk '{ print $1, $2 + $3 }' "$work/time"
}
median() { # column; reads times
  sort -n -k "$1,$1" | awk -v column="$1" '{ value[NR] = $column } END { printf "%.1f", value[int((NR + 1) / 2)] }'
}
ratios() { # column: the ratio of each round, sorted
  paste -d ' ' "$work/times-with" "$work/times-without" | awk -v column="$1" '{ printf "%.3f\n", $column / $(column + 2) }' | sort -n | xargs
}

# After the first run, the archive of Spark's classes is made in the background.
for _ in 1 2 3; do run with >/dev/null; done
for ((round = 0; round < ${ROUNDS:-7}; round++)); do
  if ((round % 2)); then order='with without'; else order='without with'; fi
  for kind in $order; do
    run "$kind" >>"$work/times-$kind"
  done
  echo "round $((round + 1)): with $(tail -n 1 "$work/times-with") s, without $(tail -n 1 "$work/times-without") s" >&2
done
echo "| median of ${ROUNDS:-7} runs | wall time, s | CPU time, s |"
echo "|---|---|---|"
for kind in without with; do
  echo "| $kind event logs | $(median 1 <"$work/times-$kind") | $(median 2 <"$work/times-$kind") |"
done
echo
echo "With / without in each round, sorted: wall time $(ratios 1); CPU time $(ratios 2). The word-cloud pipeline with ${ROWS:-100000} rows, in turn" \
  "with event logs (which the runner reads) and without, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
