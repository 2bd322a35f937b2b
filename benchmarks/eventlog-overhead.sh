#!/usr/bin/env bash
# Measures what the event log costs that every step writes for the report: runs the word-cloud pipeline in turn with and without it,
# and compares the times of each round. Prints a Markdown table:
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

run() { # with|without: prints the wall time in milliseconds
  local start
  start=$(date +%s%N)
  (cd "$work" && java -jar "$jar" -a run -steps "$1.json" -p rows="${ROWS:-100000}" --workspace "$work/runs" --to "$work/results" --overwrite-results) \
    >"$work/out" 2>&1 || { tail -n 20 "$work/out" >&2; return 1; }
  echo $((($(date +%s%N) - start) / 1000000))
}
median() {
  sort -n | awk '{ value[NR] = $1 } END { printf "%.1f", value[int((NR + 1) / 2)] / 1000 }'
}

# After the first run, the archive of Spark's classes is made in the background.
for _ in 1 2 3; do run with >/dev/null; done
for ((round = 0; round < ${ROUNDS:-7}; round++)); do
  if ((round % 2)); then order='with without'; else order='without with'; fi
  for kind in $order; do
    run "$kind" >>"$work/times-$kind"
  done
  echo "round $((round + 1)): with $(tail -n 1 "$work/times-with") ms, without $(tail -n 1 "$work/times-without") ms" >&2
done
with=$(median <"$work/times-with")
without=$(median <"$work/times-without")
echo "| | median of ${ROUNDS:-7} runs, seconds |"
echo "|---|---|"
echo "| without event logs | $without |"
echo "| with event logs, which the runner reads | $with |"
echo
ratios=$(paste "$work/times-with" "$work/times-without" | awk '{ printf "%.3f\n", $1 / $2 }' | sort -n | tr '\n' ' ')
echo "With / without in each round, sorted: ${ratios% }. The word-cloud pipeline with ${ROWS:-100000} rows, in turn with and without, $(nproc) cores,"
echo "$(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
