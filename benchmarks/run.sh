#!/usr/bin/env bash
# Measures the start-up, plan and step overhead of the runner, and prints a Markdown table: benchmarks/run.sh | tee benchmarks/last.md
# usage: [ROUNDS=11] benchmarks/run.sh
# The times depend on the machine: report them together with the machine, or compare ratios.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runner=$here/runner.sh
spark=$here/runner/target/spark
rounds=${ROUNDS:-11}

await_archives() { # which the commands before create in the background
  while pgrep -f "emrelay/[a-z]*-[0-9a-f-]*[.]attempt" >/dev/null; do sleep 1; done
}
"$runner" --help >/dev/null # builds the runner
await_archives

now() { date +%s%N; }
seconds() { awk -v ns="$1" 'BEGIN { printf "%.2f", ns / 1e9 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

elapsed() { # command ... → nanoseconds
  local start
  start=$(now)
  "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; return 1; }
  echo $(($(now) - start))
}

median() { # command ... → median in nanoseconds
  for _ in $(seq "$rounds"); do elapsed "$@"; done | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}

# A DAG of 1,000 steps: 40 layers of 25; each step reads two steps of the previous layer.
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

# A minimal step: it writes ten rows to a file.
mkdir "$work/classes"
javac -proc:none -cp "$spark/*" -d "$work/classes" "$here/benchmarks/chain/TrivialStep.java"
jar --create --file "$work/trivial.jar" -C "$work/classes" .

chain() { # ten trivial steps in sequence
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

elapsed "$runner" -a run -steps chain.json >/dev/null
await_archives
baseline=$(elapsed plain_spark_submits)
emrelay=$(elapsed "$runner" -a run -steps chain.json)
baseline=$((baseline + $(elapsed plain_spark_submits)))
emrelay=$((emrelay + $(elapsed "$runner" -a run -steps chain.json)))
resumed=$(median "$runner" -a run -steps chain.json --resume)
pipeline=$(elapsed "$runner" -a run -steps "$here/steps.json")

# 200 newer runs of the same steps that never finished: all their journals are read before an older result is found.
finished=$("$runner" -a plan -steps chain.json --resume --output json | sed -n 's/.*"reused_from" : "\(.*\)",/\1/p' | head -n 1)
for i in $(seq 200); do
  id=$(printf '20990101-00%02d%02d-ab3f' $((i / 60)) $((i % 60)))
  mkdir ".runner/runs/$id"
  sed "s/$finished/$id/g" ".runner/runs/$finished/run.json" >".runner/runs/$id/run.json"
  head -n 1 ".runner/runs/$finished/events.jsonl" >".runner/runs/$id/events.jsonl"
done
history=$(median "$runner" -a plan -steps chain.json --resume)

cat <<TABLE
| benchmark | target | measured |
|---|---|---|
| \`--help\`, median of $rounds | 0.12 s | $(seconds "$help") s |
| \`validate\` of the root pipeline | 0.25 s | $(seconds "$validate") s |
| \`plan\` of a DAG of 1,000 steps | 0.6 s | $(seconds "$plan") s |
| ten trivial steps, relative to ten plain \`spark-submit\` calls, two alternating rounds | 0.30 | $(ratio "$emrelay" "$baseline") ($(seconds "$emrelay") s / $(seconds "$baseline") s) |
| the same steps with \`--resume\`, nothing changed | 2 s | $(seconds "$resumed") s |
| \`plan --resume\` in a workspace with 200 runs | 1 s | $(seconds "$history") s |
| the root pipeline, from the command to the images | 45 s | $(seconds "$pipeline") s |

$(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)
TABLE
