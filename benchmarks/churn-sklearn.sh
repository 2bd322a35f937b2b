#!/usr/bin/env bash
# Trains and evaluates the classification jobs on tables that are unrelated to the churn log. Compares the best model with
# scikit-learn's HistGradientBoostingClassifier with default parameters, on the same split. Prints a Markdown table.
# usage: [SEEDS='1 2 3'] [ROWS=4000] [KEEP=DIR] benchmarks/churn-sklearn.sh
# KEEP: an existing directory, to which the tables and results are copied.
# Build the jobs first: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jobs=$here/pyspark-equivalent-jobs/target
[ -f "$jobs/jobs.jar" ] || { echo "$jobs/jobs.jar not found. Build the jobs first: mvn -Dmaven.test.skip package" >&2; exit 1; }

if ! { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q scikit-learn==1.7.2 pandas==2.3.3 pyarrow==21.0.0; } \
  >"$work/pip" 2>&1; then
  echo "Skipped: cannot install scikit-learn ($(grep -v '^ *$' "$work/pip" | tail -n 1))."
  exit 0
fi

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")
class_path=$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar "$here"/runner/target/spark/*.jar | tr ' ' ':')
job() { # class below org.emrelay.jobs.classification, arguments ...
  local main=org.emrelay.jobs.classification.$1
  shift
  # shellcheck disable=SC2086
  java -Xmx2g $spark_options -Dspark.master='local[2]' -Dspark.app.name=churn -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" \
    -Dspark.sql.shuffle.partitions=2 -cp "$class_path" "$main" "$@" \
    >"$work/out" 2>"$work/err" || { tail -n 20 "$work/err" >&2; return 1; }
}

echo "| seed | held-out accounts | positives | best Emrelay model | AUC | scikit-learn AUC | difference | AUC-PR | scikit-learn AUC-PR | difference | max. metric deviation |"
echo "|---|---|---|---|---|---|---|---|---|---|---|"
for seed in ${SEEDS-1 2 3}; do
  directory=$work/$seed
  "$work/venv/bin/python" "$here/benchmarks/churn/compare_sklearn.py" generate "$directory/table" "$seed" "${ROWS-4000}"
  job train.TrainClassifiers --table "$directory/table" --id account --label renewal --positive gone \
    --models lr,rf,gbt --test-share 0.3 --seed "$seed" --output "$directory/train"
  job evaluate.EvaluateClassifiers --training "$directory/train" --seed "$seed" --subject accounts --event 'do not renew' \
    --output "$directory/evaluate"
  "$work/venv/bin/python" "$here/benchmarks/churn/compare_sklearn.py" compare "$seed" "$directory/train" "$directory/evaluate"
  if [ -n "${KEEP-}" ]; then cp -r "$directory" "$KEEP/"; fi
done
echo
echo "Spark \`local[2]\`, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
