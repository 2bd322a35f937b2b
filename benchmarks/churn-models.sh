#!/usr/bin/env bash
# Evaluates the churn pipeline's models at the full size of the published log. Compares the best model with logistic regression on
# raw page counts, on the same users, and evaluates it at other cutoffs. Prints a Markdown table:
# benchmarks/churn-models.sh | tee benchmarks/churn-models.md
# usage: [HEAP=4g] [USERS=22278] [EVENTS=LOG] [CUTOFF=2018-11-10] [MOVED='2018-11-03 2018-11-10 2018-11-17'] benchmarks/churn-models.sh
# EVENTS: an existing log, instead of a generated one. MOVED: the cutoffs at which the best model is evaluated.
# Build the jobs first: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
heap=${HEAP:-4g}
users=${USERS:-22278}
cutoff=${CUTOFF:-2018-11-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jobs=$here/pyspark-equivalent-jobs/target
[ -f "$jobs/jobs.jar" ] || { echo "$jobs/jobs.jar not found. Build the jobs first: mvn -Dmaven.test.skip package" >&2; exit 1; }

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")
class_path=$work/classes:$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar "$here"/step-process/target/spark/*.jar | tr ' ' ':')
mkdir "$work/classes"
javac -proc:none -nowarn -cp "$class_path" -d "$work/classes" "$here/benchmarks/churn/PageCountsBenchmark.java"

job() { # main class, arguments ...
  echo "$(date +%T) $*" >&2
  # shellcheck disable=SC2086
  java -Xmx"$heap" -XX:+UseParallelGC $spark_options -Duser.timezone=UTC -Dspark.master='local[2]' -Dspark.app.name=churn \
    -Dspark.sql.session.timeZone=UTC -Dspark.ui.enabled=false -Dspark.driver.host=localhost \
    -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" -cp "$class_path" "$@" 2>"$work/err" ||
    { tail -n 20 "$work/err" >&2; return 1; }
}
emrelay_job() { # class below org.emrelay.jobs, arguments ...
  local main=org.emrelay.jobs.$1
  shift
  job "$main" "$@" >&2
}
train_and_evaluate() { # table, models, directory
  emrelay_job classification.train.TrainClassifiers --table "$1" --id user_id --label label --models "$2" --folds 3 --output "$3/train"
  emrelay_job classification.evaluate.EvaluateClassifiers --training "$3/train" --subject users --event leave --output "$3/evaluate"
}
rows() { # suffix, cutoff, directory: prints a row per model
  awk -F, -v suffix="$1" -v cutoff="$2" '
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    { printf "| %s%s | %s | %d | %d | %.3f (%.3f to %.3f) | %.3f (%.3f to %.3f) |\n", $column["model"], suffix, cutoff,
        $column["rows"], $column["positives"], $column["auc"], $column["auc_low"], $column["auc_high"],
        $column["auc_pr"], $column["auc_pr_low"], $column["auc_pr_high"] }' "$3/evaluate/metrics.csv"
}
best() { # directory → name of the best model
  sed -n 's/.*"best" : "\(.*\)".*/\1/p' "$1/evaluate/metrics.json"
}

log=${EVENTS:-$work/events/log}
[ -n "${EVENTS:-}" ] || emrelay_job churn.events.GenerateEvents --users "$users" --output "$work/events"
emrelay_job churn.clean.CleanEvents --events "$log" --output "$work/clean"
[ -n "${EVENTS:-}" ] || rm -rf "$work/events"

echo "| model | cutoff | held-out users | churned | AUC | AUC-PR |"
echo "|---|---|---|---|---|---|"
emrelay_job churn.features.BuildUserFeatures --events "$work/clean" --cutoff "$cutoff" --output "$work/features"
train_and_evaluate "$work/features/users" lr,rf,gbt "$work/models"
rows "" "$cutoff" "$work/models"
job PageCountsBenchmark table "$work/clean/events" "$cutoff" "$work/features/users" "$work/counts" >&2
train_and_evaluate "$work/counts" lr "$work/baseline"
rows " on raw page counts" "$cutoff" "$work/baseline"
best=$(best "$work/models")
job PageCountsBenchmark difference "$work/models/evaluate" "$best" "$work/baseline/evaluate" lr |
  sed "s/difference, same users/$best minus lr on raw page counts, same users/"
for other in ${MOVED-2018-11-03 2018-11-10 2018-11-17}; do
  emrelay_job churn.features.BuildUserFeatures --events "$work/clean" --cutoff "$other" --window 14 --output "$work/$other/features"
  train_and_evaluate "$work/$other/features/users" "$best" "$work/$other"
  rows ", 14-day window" "$other" "$work/$other"
done
echo
echo "${EVENTS:+Log: }${EVENTS:-$users users, generated with seed 1}. In parentheses: 95 % confidence intervals. Heap $heap, Spark \`local[2]\`, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
