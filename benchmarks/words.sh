#!/usr/bin/env bash
# Measures the words job against Spark NLP's plain pipeline, and with ten times the titles, all in one run, and prints a
# Markdown table: benchmarks/words.sh | tee benchmarks/words.md
# usage: [HEAP=2g] [FLAGS='-XX:+UseParallelGC'] [AGAIN=yes] [TENFOLD=yes] benchmarks/words.sh [titles, 1000000] [folder in which books/goodbooks10k_books.csv lies]
# On a machine that does something else besides, look at × CPU: how many times the CPU seconds of ours. The second turn, in
# the same JVM, tells the speed of a job that runs for long, without the time in which a JVM loads and compiles.
# FLAGS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' is what a local step starts with; AGAIN=no leaves out the second, warm turn.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
titles=${1:-1000000}
real=${2:-}
heap=${HEAP:-2g}
export AGAIN=${AGAIN:-yes}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here"
mvn -q -B -pl step-process,english-lemmas,pyspark-equivalent-jobs package -Dmaven.test.skip -Dspotless.check.skip >&2

jobs=pyspark-equivalent-jobs/target
tests=pyspark-equivalent-jobs/src/test/java/org/emrelay/jobs/wordclouds/words
class_path="$work/classes:$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar step-process/target/spark/*.jar | tr ' ' ':')"
mkdir "$work/classes"
javac -proc:none -nowarn -cp "$class_path" -d "$work/classes" benchmarks/words/*.java "$tests"/{AdversarialTitles,ReferencePipeline}.java

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' pom.xml)
java_flags="-Xmx$heap ${FLAGS:--XX:+UseParallelGC}"

benchmark() { # what, arguments ...
  # shellcheck disable=SC2086
  java $java_flags $spark_options -Dspark.master='local[2]' -Dspark.app.name=words -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" \
    -cp "$class_path" WordsBenchmark "$@" 2>"$work/err" || { tail -n 40 "$work/err" >&2; return 1; }
}

measure() { # file, way, titles: appends "cold, its CPU, warm, its CPU" in seconds
  rm -rf "$work/words-$2" "$work/words-$2-again"
  benchmark "$2" "$3" "$work/lemmas.txt" "$work/words-$2" | tee >(cat >&2) | sed -n 's/^seconds //p' >>"$1"
}

took() { cut -d ' ' -f "$2" "$work/$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b == "-") print b; else printf a / b < 1000 ? "%.1f" : "%.0f", a / b }'; }
row() { # name, file, number of titles
  local cold warm
  cold="$(took "$2" 1) | $(took "$2" 2) | $(ratio "$(took "$2" 1)" "$(took ours 1)") | $(ratio "$(took "$2" 2)" "$(took ours 2)")"
  warm="$(took "$2" 3) | $(took "$2" 4) | $(ratio "$(took "$2" 3)" "$(took ours 3)") | $(ratio "$(took "$2" 4)" "$(took ours 4)")"
  echo "| $1 | $cold | $warm | $(ratio "$3" "$(took "$2" 3)") |"
}
columns="new JVM: s | CPU s | × | × CPU | again, warm: s | CPU s | × | × CPU | titles/s |"

unzip -p "$jobs"/lib/english-lemmas-*.jar org/emrelay/lemmas/english-lemmas.txt >"$work/lemmas.txt"
benchmark generate "$work/titles" "$titles" >&2
for way in ours explode_outer explode; do
  echo "$way:" >&2
  measure "$work/$way" "$way" "$work/titles"
done

echo "| $titles distinct titles: read, fold duplicates, find words, write | $columns"
echo "|---|---|---|---|---|---|---|---|---|---|"
row "the plain pipeline, \`explode\`" explode "$titles"
row "the plain pipeline, \`explode_outer\`" explode_outer "$titles"
row "\`ExtractWords\`" ours "$titles"

echo
echo "| words, each with its year and weight, as often as out of the plain pipeline | words | differ |"
echo "|---|---|---|"
echo "| the generated titles | $(benchmark compare "$work/words-ours" "$work/words-explode") |"
same() { # name, titles
  for way in ours explode; do measure "$work/ignored" "$way" "$2"; done
  echo "| $1 | $(benchmark compare "$work/words-ours" "$work/words-explode") |"
}
benchmark nasty "$work/nasty" >&2
same "adversarial titles (\`AdversarialTitles\`)" "$work/nasty"
if [ -f "$real/books/goodbooks10k_books.csv" ]; then
  benchmark books "$real/books/goodbooks10k_books.csv" "$work/books" >&2
  same "goodbooks10k" "$work/books"
fi

if [ "${TENFOLD:-yes}" = yes ]; then
  rm -rf "$work"/words-*
  benchmark generate "$work/tenfold" $((10 * titles)) >&2
  measure "$work/ours10" ours "$work/tenfold"
  echo
  echo "| \`ExtractWords\` in a heap of $heap | $columns"
  echo "|---|---|---|---|---|---|---|---|---|---|"
  row "$titles titles" ours "$titles"
  row "ten times as many" ours10 $((10 * titles))
fi
echo
echo "\`java $java_flags\`, Spark \`local[2]\`, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
