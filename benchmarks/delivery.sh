#!/usr/bin/env bash
# Measures the delivery pipeline: its time on the real log and on generated logs, and the accuracy of its model against a baseline,
# the model of an earlier system, at five cutoff dates. Prints Markdown tables.
# usage: [ROWS='100000 1000000'] [MODELS=yes] benchmarks/delivery.sh [DIR]
# DIR contains ShippingLogs.csv and ProductDescriptions.csv (default: 10,000 generated orders). ROWS= skips the generated logs,
# MODELS=no skips the comparison of models. On a busy machine, compare CPU times.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
real=${1:+$(cd "$1" && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runner=$here/runner.sh
jobs=$here/pyspark-equivalent-jobs/target

"$runner" --help >/dev/null # builds the runner if necessary

cd "$work"
pipeline() { # name, parameters ...: runs the complete pipeline in a new workspace
  local name=$1 TIMEFORMAT='%R %U %S'
  shift
  mkdir "$name"
  (cd "$name" && time "$runner" -a run -steps "$here/pipelines/delivery/steps.json" "$@" >out 2>err) 2>"$name/time" ||
    { cat "$name/err" >&2; return 1; }
}

row() { # label, name, parameters ...
  local label=$1 name=$2
  shift 2
  pipeline "$name" "$@"
  awk -F '[ ,]' -v label="$label" '
    NR == 1 { time = sprintf("%.0f s | %.0f s", $1, $2 + $3) }
    $1 == "validation" && $2 == "carrier_estimate" { carrier = $4 }
    $1 == "validation" && $2 != "carrier_estimate" { model = sprintf("%.3f | %.3f | %.3f", $4, $8, $5) }
    END { printf "| %s | %s | %s | %.3f |\n", label, time, model, carrier }' "$name/time" "$name/results/delivery/train/metrics.csv"
  rm -rf "$name"
}

if [ -n "$real" ]; then
  log="the real log"
  parameters=(-p "shipping_logs=$real/ShippingLogs.csv" -p "product_descriptions=$real/ProductDescriptions.csv")
else
  log="10,000 generated orders"
  parameters=()
fi
pipeline first "${parameters[@]}" # creates Spark's AppCDS archive, and the generated orders for the comparison of models
echo "| complete pipeline | wall-clock time | CPU time | MAE | MAE, rounded | MSE | carrier's estimate: MAE |"
echo "|---|---|---|---|---|---|---|"
row "$log" default "${parameters[@]}"
row "$log, \`-p loss=squared\`" squared "${parameters[@]}" -p loss=squared
for rows in ${ROWS-100000 1000000}; do
  row "$rows generated orders" "rows-$rows" -p "rows=$rows"
done

if [ "${MODELS:-yes}" = yes ]; then
  class_path="$work/classes:$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar "$here"/runner/target/spark/*.jar | tr ' ' ':')"
  mkdir "$work/classes"
  javac -proc:none -nowarn -cp "$class_path" -d "$work/classes" "$here"/benchmarks/delivery/*.java
  spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")
  generated=$(echo first/.runner/output/delivery/2*/orders)
  echo
  # shellcheck disable=SC2086
  java -Xmx2g $spark_options -Dspark.master='local[2]' -Dspark.app.name=delivery -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" \
    -cp "$class_path" DeliveryBenchmark \
    "${real:-$generated}/ShippingLogs${real:+.csv}" "${real:-$generated}/ProductDescriptions.csv" "$work/cutoffs" \
    2>"$work/err" | grep '^|\|^$' || { tail -n 40 "$work/err" >&2; exit 1; }
fi
echo
echo "Spark \`local[2]\`, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
