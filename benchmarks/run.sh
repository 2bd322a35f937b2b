#!/usr/bin/env bash
# Measures what the product promises about speed, all in one run, and prints a Markdown table: benchmarks/run.sh | tee benchmarks/last.md
# Only ratios and whole-process times on this machine mean anything; quote them with the machine.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runner=$here/runner.sh
spark=$here/runner/target/spark
rounds=${ROUNDS:-11}

"$runner" --help >/dev/null # builds, and makes the class-data archive

now() { date +%s%N; }
seconds() { awk -v ns="$1" 'BEGIN { printf "%.2f", ns / 1e9 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

elapsed() { # command ... → nanoseconds
  local begun
  begun=$(now)
  "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; return 1; }
  echo $(($(now) - begun))
}

median() { # command ... → nanoseconds
  for _ in $(seq "$rounds"); do elapsed "$@"; done | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}

# A DAG of 1,000 steps: forty layers of twenty-five, each step reading two of the layer above.
thousand_steps() {
  awk 'BEGIN {
    print "{\"name\":\"thousand\",\"defaults\":{\"script_uri\":\"s3://bucket/job.py\"},\"steps\":["
    for (i = 0; i < 1000; i++) {
      inputs = i < 25 ? "\"data\":\"s3://bucket/data\"" : sprintf("\"left\":{\"from_step\":\"step%d\"},\"right\":{\"from_step\":\"step%d\"}", i - 25, i - 1 - (i % 25) )
      printf "%s{\"name\":\"step%d\",\"inputs\":{%s},\"args\":{\"number\":%d}}\n", i ? "," : "", i, inputs, i
    }
    print "]}"
  }'
}

# The least that a step can do, ten rows to a file, in a jar of its own.
mkdir "$work/classes"
javac -proc:none -cp "$spark/*" -d "$work/classes" "$here/benchmarks/chain/TrivialStep.java"
jar --create --file "$work/trivial.jar" -C "$work/classes" .

chain() { # of ten trivial steps, one after the other
  awk -v jar="$work/trivial.jar" 'BEGIN {
    printf "{\"name\":\"chain\",\"defaults\":{\"script_uri\":\"%s\"},\"steps\":[", jar
    for (i = 0; i < 10; i++) {
      printf "%s{\"name\":\"step%d\",\"main_class\":\"TrivialStep\",\"args\":[\"${output}\"]%s}", i ? "," : "", i, i ? sprintf(",\"after\":[\"step%d\"]", i - 1) : ""
    }
    print "]}"
  }'
}

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")
plain_spark_submits() {
  for i in $(seq 10); do
    # shellcheck disable=SC2086
    java -Xmx1g $spark_options -cp "$spark/*" org.apache.spark.deploy.SparkSubmit --master 'local[2]' \
      --class TrivialStep "$work/trivial.jar" "$work/plain/$i"
  done
}

cd "$work"
thousand_steps >thousand.json
chain >chain.json

help=$(median "$runner" --help)
validate=$(median "$runner" -a validate -steps "$here/steps.json")
plan=$(median "$runner" -a plan -steps thousand.json)

elapsed "$runner" -a run -steps chain.json >/dev/null # makes Spark's class-data archive
plain=$(elapsed plain_spark_submits)
ours=$(elapsed "$runner" -a run -steps chain.json)
plain=$((plain + $(elapsed plain_spark_submits)))
ours=$((ours + $(elapsed "$runner" -a run -steps chain.json)))
resumed=$(median "$runner" -a run -steps chain.json --resume)
pipeline=$(elapsed "$runner" -a run -steps "$here/steps.json")

cat <<TABLE
| what | bar | measured |
|---|---|---|
| \`--help\`, median of $rounds | 0.30 s | $(seconds "$help") s |
| \`validate\` of the root pipeline | 0.40 s | $(seconds "$validate") s |
| \`plan\` of a DAG of 1,000 steps | 1.2 s | $(seconds "$plan") s |
| ten trivial steps, against ten plain spark-submits, twice in turn | 0.30 | $(ratio "$ours" "$plain") ($(seconds "$ours") s / $(seconds "$plain") s) |
| the same again with \`--resume\`, nothing changed | 2 s | $(seconds "$resumed") s |
| the root pipeline, from the command to the pictures | 45 s | $(seconds "$pipeline") s |

$(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)
TABLE
