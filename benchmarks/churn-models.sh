#!/usr/bin/env bash
# What the churn pipeline's models can tell at the full size of the published log: our models, the best of them less logistic
# regression on raw page counts on the same users, and the best with the cutoff moved. Prints a Markdown table:
# benchmarks/churn-models.sh | tee benchmarks/churn-models.md
# usage: [HEAP=4g] [USERS=22278] [EVENTS=LOG] [CUTOFF=2018-11-10] [MOVED='2018-11-03 2018-11-10 2018-11-17'] benchmarks/churn-models.sh
# The jobs must be built: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
heap=${HEAP:-4g}
users=${USERS:-22278}
cutoff=${CUTOFF:-2018-11-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jobs=$here/pyspark-equivalent-jobs/target
[ -f "$jobs/jobs.jar" ] || { echo "There is no $jobs/jobs.jar; build the jobs first: mvn -Dmaven.test.skip package" >&2; exit 1; }

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
our() { # job, arguments ...
  local main=org.emrelay.jobs.$1
  shift
  job "$main" "$@" >&2
}
judged() { # table, models, place
  our classification.train.TrainClassifiers --table "$1" --id user_id --label label --models "$2" --folds 3 --output "$3/train"
  our classification.evaluate.EvaluateClassifiers --training "$3/train" --subject users --event leave --output "$3/evaluate"
}
rows() { # what, cutoff, place: a line a model
  awk -F, -v what="$1" -v cutoff="$2" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { printf "| %s%s | %s | %d | %d | %.3f (%.3f to %.3f) | %.3f (%.3f to %.3f) |\n", $at["model"], what, cutoff,
        $at["rows"], $at["positives"], $at["auc"], $at["auc_low"], $at["auc_high"],
        $at["auc_pr"], $at["auc_pr_low"], $at["auc_pr_high"] }' "$3/evaluate/metrics.csv"
}
best() { # place
  sed -n 's/.*"best" : "\(.*\)".*/\1/p' "$1/evaluate/metrics.json"
}

log=${EVENTS:-$work/events/log}
[ -n "${EVENTS:-}" ] || our churn.events.GenerateEvents --users "$users" --output "$work/events"
our churn.clean.CleanEvents --events "$log" --output "$work/clean"
[ -n "${EVENTS:-}" ] || rm -rf "$work/events"

echo "| model | cutoff | held out | of them leave | AUC | AUC-PR |"
echo "|---|---|---|---|---|---|"
our churn.features.BuildUserFeatures --events "$work/clean" --cutoff "$cutoff" --output "$work/features"
judged "$work/features/users" lr,rf,gbt "$work/ours"
rows "" "$cutoff" "$work/ours"
job PageCountsBenchmark table "$work/clean/events" "$cutoff" "$work/features/users" "$work/counts" >&2
judged "$work/counts" lr "$work/plain"
rows " on raw page counts" "$cutoff" "$work/plain"
best=$(best "$work/ours")
job PageCountsBenchmark difference "$work/ours/evaluate" "$best" "$work/plain/evaluate" lr |
  sed "s/difference, same users/$best less lr on raw page counts, same users/"
for moved in ${MOVED-2018-11-03 2018-11-10 2018-11-17}; do
  our churn.features.BuildUserFeatures --events "$work/clean" --cutoff "$moved" --window 14 --output "$work/$moved/features"
  judged "$work/$moved/features/users" "$best" "$work/$moved"
  rows ", window of 14 days" "$moved" "$work/$moved"
done
echo
echo "${EVENTS:+A log of its own. }${EVENTS:-$users users generated with seed 1.} Brackets: 95 of 100. Heap $heap, Spark \`local[2]\`, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
