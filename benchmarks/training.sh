#!/usr/bin/env bash
# Compares the time and the quality of training with scikit-learn's: logistic regression, random forest and boosted trees, with
# 6 candidates each and 3 folds, on activity of 22,278 users in 48 columns. Prints a Markdown table:
# benchmarks/training.sh | tee benchmarks/training.md
# usage: [SEEDS='1 2 3'] benchmarks/training.sh
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

grids='{"lr": {"regParam": [0.1, 0.01, 0.001, 0.0001, 0.00001, 0], "maxIter": 100},
 "rf": {"numTrees": 100, "maxDepth": 20, "maxBins": 256, "minInstancesPerNode": [1, 4, 12], "featureSubsetStrategy": ["sqrt", "0.3"]},
 "gbt": {"maxDepth": [3, 4, 5], "maxIter": 100, "maxBins": 256, "minInstancesPerNode": 20, "stepSize": [0.1, 0.2]}}'
spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")
class_path=$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar "$here"/runner/target/spark/*.jar | tr ' ' ':')
job() { # class below org.emrelay.jobs.classification, arguments ...
  local main=org.emrelay.jobs.classification.$1
  shift
  # shellcheck disable=SC2086
  java -Xmx2g $spark_options -Dspark.master='local[*]' -Dspark.app.name=churn -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" \
    -Dspark.sql.shuffle.partitions=2 -cp "$class_path" "$main" "$@" \
    >"$work/out" 2>"$work/err" || { tail -n 20 "$work/err" >&2; return 1; }
}
python() {
  "$work/venv/bin/python" "$here/benchmarks/churn/training_sklearn.py" "$@"
}
seconds() { # command ...: prints its wall time
  local start
  start=$(date +%s%N)
  "$@" >&2
  echo $((($(date +%s%N) - start) / 100000000)) | sed 's/.$/.&/'
}

times=""
echo "| seed | model | validated | scikit-learn | held-out AUC-PR | scikit-learn | difference |"
echo "|---|---|---|---|---|---|---|"
for seed in ${SEEDS-1 2 3}; do
  directory=$work/$seed
  python generate "$directory/table" "$seed"
  emrelay=$(seconds job train.TrainClassifiers --table "$directory/table" --id user --label left --positive 1 --models lr,rf,gbt \
    --grids "$grids" --folds 3 --test-share 0.2 --output "$directory/train")
  sklearn=$(seconds python search "$directory/train" "$directory/predictions.parquet")
  job evaluate.EvaluateClassifiers --training "$directory/train" --subject users --event leave --output "$directory/evaluate"
  python compare "$seed" "$directory/train" "$directory/evaluate" "$directory/predictions.parquet"
  times="$times| $seed | $emrelay | $sklearn | $(awk "BEGIN { printf \"%.2f\", $emrelay / $sklearn }") |"$'\n'
done
echo
echo "| seed | Emrelay, seconds | scikit-learn, seconds | ratio |"
echo "|---|---|---|---|"
echo "$times"
echo "Validated: the mean AUC-PR of 3 folds. Difference: Emrelay minus scikit-learn on the same held-out users, with its 95 % confidence"
echo "interval (paired bootstrap). Seconds: the wall time of the whole process, from reading the table to the saved models."
echo "Spark \`local[*]\`, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
