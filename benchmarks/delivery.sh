#!/usr/bin/env bash
# Measures the delivery pipeline: how long it takes on the real log and on generated ones, and how good its model is beside the
# earlier system's, over five cutoffs in time. Prints Markdown tables.
# usage: [ROWS='100000 1000000'] [MODELS=yes] benchmarks/delivery.sh [folder in which ShippingLogs.csv and ProductDescriptions.csv lie]
# Without a folder 10,000 generated orders stand for the real ones. ROWS= generates none, MODELS=no leaves out the cutoffs.
# On a machine that does something else besides, look at the CPU seconds.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
real=${1:+$(cd "$1" && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runner=$here/runner.sh
jobs=$here/pyspark-equivalent-jobs/target

"$runner" --help >/dev/null # builds what is not built

cd "$work"
pipeline() { # name, parameters ...: runs the whole pipeline in a workspace of its own
  local name=$1 TIMEFORMAT='%R %U %S'
  shift
  mkdir "$name"
  (cd "$name" && time "$runner" -a run -steps "$here/pipelines/delivery/steps.json" "$@" >out 2>err) 2>"$name/time" ||
    { cat "$name/err" >&2; return 1; }
}

row() { # what it is, name, parameters ...
  local what=$1 name=$2
  shift 2
  pipeline "$name" "$@"
  awk -F '[ ,]' -v what="$what" '
    NR == 1 { time = sprintf("%.0f s | %.0f s", $1, $2 + $3) }
    $1 == "validation" && $2 == "carrier_estimate" { theirs = $4 }
    $1 == "validation" && $2 != "carrier_estimate" { ours = sprintf("%.3f | %.3f | %.3f", $4, $8, $5) }
    END { printf "| %s | %s | %s | %.3f |\n", what, time, ours, theirs }' "$name/time" "$name/results/delivery/train/metrics.csv"
  rm -rf "$name"
}

if [ -n "$real" ]; then
  log="the real log"
  own=(-p "shipping_logs=$real/ShippingLogs.csv" -p "product_descriptions=$real/ProductDescriptions.csv")
else
  log="10,000 generated orders"
  own=()
fi
pipeline first "${own[@]}" # makes Spark's class-data archive; its orders are those of the cutoffs, where they are generated
echo "| the whole pipeline | time | CPU time | MAE | MAE of rounded days | MSE | carrier's estimate: MAE |"
echo "|---|---|---|---|---|---|---|"
row "$log" default "${own[@]}"
row "$log, \`-p loss=squared\`" squared "${own[@]}" -p loss=squared
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
