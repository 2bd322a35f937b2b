#!/usr/bin/env bash
# Measures the words job against Spark NLP's plain chain, and with ten times the titles, all in one run, and prints a
# Markdown table: benchmarks/words.sh | tee benchmarks/words.md
# usage: benchmarks/words.sh [titles, 1000000] [folder with real data]; HEAP=2g ROUNDS=2 TENFOLD=yes
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
titles=${1:-1000000}
real=${2:-$here/../shared/data}
heap=${HEAP:-2g}
rounds=${ROUNDS:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here"
modules=step-process,english-lemmas,pyspark-equivalent-jobs
mvn -q -B -pl "$modules" package -Dmaven.test.skip -Dspotless.check.skip >&2

jobs=pyspark-equivalent-jobs/target
tests=pyspark-equivalent-jobs/src/test/java/org/sparkpipelines/jobs/wordclouds/words
class_path="$work/classes:$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar step-process/target/spark/*.jar | tr ' ' ':')"
mkdir "$work/classes"
javac -proc:none -nowarn -cp "$class_path" -d "$work/classes" benchmarks/words/*.java "$tests"/{NastyTitles,PlainChain}.java 2>/dev/null

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' pom.xml)
java_flags="-Xmx$heap -XX:+UseParallelGC -XX:-UsePerfData"

run() { # class arguments ...
  # shellcheck disable=SC2086
  taskset -c 0,1 java $java_flags $spark_options -Dspark.master='local[2]' -Dspark.app.name=words -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" \
    -cp "$class_path" "$@" 2>"$work/err" || { tail -n 40 "$work/err" >&2; return 1; }
}

measure() { # file for "wall cpu" in seconds, class arguments ...
  local file=$1
  shift
  TIMEFORMAT='%R %U %S'
  { time run "$@" >&2; } 2>"$work/time"
  awk '{ print $1, $2 + $3 }' <(tail -n 1 "$work/time") >>"$file"
}

extract=org.sparkpipelines.jobs.wordclouds.words.ExtractWords
columns=(--title-column title --weight-column weight)

run WordsBenchmark generate "$work/titles" "$titles" >&2
run WordsBenchmark nasty "$work/nasty" >&2
unzip -p "$jobs"/lib/english-lemmas-*.jar org/sparkpipelines/lemmas/english-lemmas.txt >"$work/lemmas.txt"

for round in $(seq "$rounds"); do
  for way in ours explode_outer explode; do
    rm -rf "$work/words-$way"
    echo "round $round: $way" >&2
    case $way in
      ours) measure "$work/$way" $extract --titles "$work/titles" "${columns[@]}" --output "$work/words-$way" ;;
      *) measure "$work/$way" WordsBenchmark "$way" "$work/titles" "$work/lemmas.txt" "$work/words-$way" ;;
    esac
  done
done

best() { sort -n "$1" | head -n 1; }
wall() { best "$1" | cut -d ' ' -f 1; }
cpu() { best "$1" | cut -d ' ' -f 2; }
row() { # name, file, number of titles, wall of ours
  awk -v name="$1" -v wall="$(wall "$2")" -v cpu="$(cpu "$2")" -v titles="$3" -v ours="$4" 'BEGIN {
    printf "| %s | %.1f | %.1f | %d | %.1f |\n", name, wall, cpu, titles / wall, wall / ours }'
}

echo "| $titles distinct titles to words: read, fold duplicates, find words, write | s | CPU s | titles/s | × ours |"
echo "|---|---|---|---|---|"
row "the plain chain, \`explode\` (bar: 12)" "$work/explode" "$titles" "$(wall "$work/ours")"
row "the plain chain, \`explode_outer\` (bar: 5)" "$work/explode_outer" "$titles" "$(wall "$work/ours")"
row "\`ExtractWords\`" "$work/ours" "$titles" "$(wall "$work/ours")"

if [ "${TENFOLD:-yes}" = yes ]; then
  run WordsBenchmark generate "$work/tenfold" $((10 * titles)) >&2
  measure "$work/ours10" $extract --titles "$work/tenfold" "${columns[@]}" --output "$work/words-tenfold"
  row "\`ExtractWords\`, ten times the titles, the same heap (bar: 11)" "$work/ours10" $((10 * titles)) "$(wall "$work/ours")"
fi

echo
echo "| words, each with its year and weight, as often as out of the plain chain | rows | differ |"
echo "|---|---|---|"
same() { # name, titles
  rm -rf "$work/left" "$work/right"
  run $extract --titles "$2" "${columns[@]}" --output "$work/left" >&2
  run WordsBenchmark explode "$2" "$work/lemmas.txt" "$work/right" >&2
  echo "| $1 | $(run WordsBenchmark compare "$work/left" "$work/right") |"
}
echo "| the generated titles | $(run WordsBenchmark compare "$work/words-ours" "$work/words-explode") |"
same "titles made to break things (NastyTitles)" "$work/nasty"
if [ -f "$real/books/goodbooks10k_books.csv" ]; then
  run WordsBenchmark books "$real/books/goodbooks10k_books.csv" "$work/books" >&2
  same "goodbooks10k" "$work/books"
fi
echo
echo "Each the better of $rounds runs in turn, each run a JVM of its own: \`java $java_flags\`, Spark \`local[2]\`, 2 cores. $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)"
