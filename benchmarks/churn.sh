#!/usr/bin/env bash
# Measures cleaning and features of the churn pipeline against a baseline: chained filters, dropDuplicates and UDFs; one groupBy and
# one join per feature; a window function for the label. Both alternate in one JVM, and their columns must be equal.
# Then measures 1, 4 and 16 million events in a fixed heap. Prints Markdown tables: benchmarks/churn.sh | tee benchmarks/churn.md
# usage: [HEAP=2g] [COMPARE_HEAP=4g] [ROUNDS=3] [USERS=850] [TIMES='1 4 16'] benchmarks/churn.sh
# 850 users generate about a million events in 61 days. On a busy machine, compare CPU times.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
heap=${HEAP:-2g}
users=${USERS:-850}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here"
mvn -q -B -pl pages,sql-step,step-process,english-lemmas,noto-fonts,pyspark-equivalent-jobs package -Dmaven.test.skip -Dspotless.check.skip >&2

jobs=pyspark-equivalent-jobs/target
tests=pyspark-equivalent-jobs/src/test/java/org/emrelay/jobs/churn
class_path="$work/classes:$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar step-process/target/spark/*.jar | tr ' ' ':')"
mkdir "$work/classes"
javac -proc:none -nowarn -cp "$class_path" -d "$work/classes" benchmarks/churn/FeaturesBenchmark.java \
  "$tests"/{clean/ReferenceCleaning,features/ReferenceFeatures}.java
spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' pom.xml)

benchmark() { # command, arguments ...
  # shellcheck disable=SC2086
  java -Xmx"$heap" -XX:+UseParallelGC $spark_options -Duser.timezone=UTC -Dspark.master='local[2]' -Dspark.app.name=churn \
    -Dspark.ui.enabled=false -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 \
    -Dspark.local.dir="$work/spark" -cp "$class_path" FeaturesBenchmark "$@" 2>"$work/err" ||
    { tail -n 40 "$work/err" >&2; return 1; }
}

benchmark generate "$users" "$work/events-1" >&2
# The baseline's plan has sixty joins and needs a larger heap than Emrelay's jobs.
heap=${COMPARE_HEAP:-4g} benchmark compare "$work/events-1" "$work/compare" "${ROUNDS:-3}" | grep '^|'
rm -rf "$work/compare"

echo
echo "| events, $heap heap | cleaning | features | total | total CPU time | µs per event | CPU µs per event |"
echo "|---|---|---|---|---|---|---|"
for times in ${TIMES:-1 4 16}; do
  [ -d "$work/events-$times" ] || benchmark generate $((times * users)) "$work/events-$times" >&2
  benchmark scale "$work/events-$times" "$work/scale-$times" | grep '^|'
  rm -rf "$work/events-$times" "$work/scale-$times"
done
echo
echo "Each row of the second table is measured in a new JVM. Spark \`local[2]\`, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
