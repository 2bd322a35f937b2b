#!/usr/bin/env bash
# Measures the combine step of the topics pipeline: one new hour on top of 24 against the same hour alone. Both alternate in one JVM.
# Target: at most 1.5 times. Prints a Markdown table: benchmarks/topics-combine.sh | tee benchmarks/topics-combine.md
# usage: [HEAP=2g] [POSTS=100000] [ROUNDS=7] benchmarks/topics-combine.sh
# POSTS is the number in an hour. On a busy machine, compare CPU times.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here"
mvn -q -B -pl pages,sql-step,step-process,english-lemmas,noto-fonts,pyspark-equivalent-jobs package -Dmaven.test.skip -Dspotless.check.skip >&2

jobs=pyspark-equivalent-jobs/target
class_path="$work/classes:$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar step-process/target/spark/*.jar | tr ' ' ':')"
mkdir "$work/classes"
javac -proc:none -nowarn -cp "$class_path" -d "$work/classes" benchmarks/topics/CombineBenchmark.java
spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' pom.xml)

# shellcheck disable=SC2086
java -Xmx"${HEAP:-2g}" -XX:+UseParallelGC $spark_options -Duser.timezone=UTC -Dspark.master='local[2]' -Dspark.app.name=topics \
  -Dspark.ui.enabled=false -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 \
  -Dspark.local.dir="$work/spark" -cp "$class_path" CombineBenchmark "$work/data" "${POSTS:-100000}" "${ROUNDS:-7}" 2>"$work/err" |
  grep '^|' || { tail -n 40 "$work/err" >&2; exit 1; }
echo
echo "Median of ${ROUNDS:-7} rounds. Spark \`local[2]\`, ${HEAP:-2g} heap, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
