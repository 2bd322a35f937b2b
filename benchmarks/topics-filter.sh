#!/usr/bin/env bash
# Measures the filter of the topics pipeline with 100,000 and ten times the posts in a fixed heap, and the tokens of posts.
# Each size runs in a new JVM. Prints Markdown: benchmarks/topics-filter.sh | tee benchmarks/topics-filter.md
# usage: [HEAP=2g] [SIZES='100000 1000000'] benchmarks/topics-filter.sh
# On a busy machine, compare CPU times.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
heap=${HEAP:-2g}
sizes=${SIZES:-100000 1000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here"
[ -n "${SKIP_BUILD:-}" ] ||
  mvn -q -B -pl pages,sql-step,step-process,english-lemmas,noto-fonts,pyspark-equivalent-jobs package -Dmaven.test.skip -Dspotless.check.skip >&2

jobs=pyspark-equivalent-jobs/target
class_path="$work/classes:$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar step-process/target/spark/*.jar | tr ' ' ':')"
mkdir "$work/classes"
javac -proc:none -nowarn -cp "$class_path" -d "$work/classes" benchmarks/topics/TopicsFilterBenchmark.java
spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' pom.xml)

benchmark() { # command, arguments ...
  # shellcheck disable=SC2086
  java -Xmx"$heap" -XX:+UseParallelGC $spark_options -Duser.timezone=UTC -Dspark.master='local[2]' -Dspark.app.name=topics \
    -Dspark.ui.enabled=false -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 \
    -Dspark.local.dir="$work/spark" -cp "$class_path" TopicsFilterBenchmark "$@" 2>"$work/err" ||
    { tail -n 40 "$work/err" >&2; return 1; }
}

echo "| posts, $heap heap | kept | duplicates with an original | time | CPU time | µs per post |"
echo "|---|---|---|---|---|---|"
times=()
cpu_times=()
for size in $sizes; do
  benchmark generate "$work/posts-$size" "$size" >&2
  benchmark filter "$work/posts-$size" "$work/filtered-$size" | grep '^|'
  times+=("$(sed -n 's/^seconds //p' "$work/err")")
  cpu_times+=("$(sed -n 's/^CPU seconds //p' "$work/err")")
done
echo
ratio() { echo "$1 $2" | awk '{printf "%.1f", $1 / $2}'; }
echo "The largest number of posts takes $(ratio "${times[-1]}" "${times[0]}") times the time of the smallest, and" \
  "$(ratio "${cpu_times[-1]}" "${cpu_times[0]}") times the CPU time. Target: at most 11 for ten times the posts."
# shellcheck disable=SC2086
benchmark tokens "$work/posts-${sizes%% *}" | grep '^Tokens'
echo
echo "Spark \`local[2]\`, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
