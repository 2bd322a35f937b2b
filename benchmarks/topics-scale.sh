#!/usr/bin/env bash
# Runs the steps of the topics pipeline over generated posts, and over ten times as many, in a fixed heap: each step in a JVM of its own.
# Target: at most eleven times the time. Prints Markdown: benchmarks/topics-scale.sh | tee benchmarks/topics-scale.md
# usage: [HEAP=2g] [SIZES='100000 1000000'] benchmarks/topics-scale.sh
# On a busy machine, compare CPU times. Build the jobs first: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
heap=${HEAP:-2g}
read -ra sizes <<<"${SIZES:-100000 1000000}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jobs=$here/pyspark-equivalent-jobs/target
[ -f "$jobs/jobs.jar" ] || { echo "$jobs/jobs.jar not found. Build the jobs first: mvn -Dmaven.test.skip package" >&2; exit 1; }

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")
class_path=$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar "$here"/step-process/target/spark/*.jar | tr ' ' ':')
TIMEFORMAT='%R %U %S'
step() { # name, size, class below org.emrelay.jobs.topics, arguments ...
  local name=$1 size=$2 main=org.emrelay.jobs.topics.$3
  shift 3
  # shellcheck disable=SC2086
  { time java -Xmx"$heap" $spark_options -Duser.timezone=UTC -Dspark.master='local[2]' -Dspark.app.name=topics -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" \
    -cp "$class_path" "$main" "$@" --output "$work/$size/$name" >"$work/out" 2>"$work/err"; } 2>"$work/time" ||
    { tail -n 20 "$work/err" >&2; return 1; }
  echo "$size posts, $name: $(cat "$work/time")" >&2
  awk -v name="$name" -v size="$size" '{ print name, size, $1, $2 + $3 }' "$work/time" >>"$work/times"
}

for size in "${sizes[@]}"; do
  step posts "$size" posts.GeneratePosts --posts "$size"
  step combine "$size" combine.CombinePosts --posts "$work/$size/posts/posts"
  step filter "$size" filter.FilterPosts --posts "$work/$size/combine" --language en
  step topics "$size" model.FindTopics --posts "$work/$size/filter" --language en
  step page "$size" page.DrawTopics --topics "$work/$size/topics" --filtered "$work/$size/filter" --combined "$work/$size/combine"
done

awk -v few="${sizes[0]}" -v many="${sizes[-1]}" '
  function row(name) {
    printf "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |\n", name, time[name, few], cpu[name, few], time[name, many], cpu[name, many],
      time[name, many] / time[name, few]
  }
  { if (!(($1, few) in time)) names[++count] = $1; time[$1, $2] = $3; cpu[$1, $2] = $4 }
  $1 != "posts" { time["all but posts", $2] += $3; cpu["all but posts", $2] += $4 }
  END {
    print "| step | " few " posts, s | CPU, s | " many " posts, s | CPU, s | ratio |"
    print "|---|---|---|---|---|---|"
    for (i = 1; i <= count; i++) row(names[i])
    row("all but posts")
  }' "$work/times"
echo
echo "The page of ${sizes[-1]} posts has $(stat -c %s "$work/${sizes[-1]}/page/topics.html") bytes. A JVM with a heap of $heap for each step, Spark \`local[2]\`," \
  "$(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
