#!/usr/bin/env bash
# Trains and evaluates on tables that no pipeline of ours has seen, by arguments alone, and sets the best model beside
# scikit-learn's HistGradientBoosting with its defaults on the same split. Prints a Markdown table.
# usage: [SEEDS='1 2 3'] [ROWS=4000] benchmarks/churn-sklearn.sh
# The jobs must be built: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jobs=$here/pyspark-equivalent-jobs/target
[ -f "$jobs/jobs.jar" ] || { echo "There is no $jobs/jobs.jar; build the jobs first: mvn -Dmaven.test.skip package" >&2; exit 1; }

if ! { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q scikit-learn==1.7.2 pandas==2.3.3 pyarrow==21.0.0; } \
  >"$work/pip" 2>&1; then
  echo "Not compared with scikit-learn: this machine's Python cannot install it ($(grep -v '^ *$' "$work/pip" | tail -n 1))."
  exit 0
fi

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")
class_path=$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar "$here"/runner/target/spark/*.jar | tr ' ' ':')
job() { # main class, flags ...
  local main=org.emrelay.jobs.classification.$1
  shift
  # shellcheck disable=SC2086
  java -Xmx2g $spark_options -Dspark.master='local[2]' -Dspark.app.name=churn -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" \
    -Dspark.sql.shuffle.partitions=2 -cp "$class_path" "$main" "$@" \
    >"$work/out" 2>"$work/err" || { tail -n 20 "$work/err" >&2; return 1; }
}

echo "| seed | held out | of them gone | our best | AUC | scikit-learn's | difference | AUC-PR | scikit-learn's | difference | our metrics from scikit-learn's |"
echo "|---|---|---|---|---|---|---|---|---|---|---|"
for seed in ${SEEDS-1 2 3}; do
  place=$work/$seed
  "$work/venv/bin/python" "$here/benchmarks/churn/compare_sklearn.py" make "$place/table" "$seed" "${ROWS-4000}"
  job train.TrainClassifiers --table "$place/table" --id account --label renewal --positive gone \
    --models lr,rf,gbt --test-share 0.3 --seed "$seed" --output "$place/train"
  job evaluate.EvaluateClassifiers --training "$place/train" --seed "$seed" --subject accounts --event 'do not renew' \
    --output "$place/evaluate"
  "$work/venv/bin/python" "$here/benchmarks/churn/compare_sklearn.py" judge "$seed" "$place/train" "$place/evaluate"
  if [ -n "${KEEP-}" ]; then cp -r "$place" "$KEEP/"; fi
done
echo
echo "Spark \`local[2]\`, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
