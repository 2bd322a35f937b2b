#!/usr/bin/env bash
# Measures the ExtractWords job against a plain Spark NLP pipeline, and on ten times the titles. Prints Markdown tables:
# benchmarks/words.sh | tee benchmarks/words.md
# usage: [HEAP=2g] [FLAGS='-XX:+UseParallelGC'] [AGAIN=yes] [TENFOLD=yes] benchmarks/words.sh [TITLES] [DIR]
# TITLES: number of generated titles (default: 1000000). DIR: directory that contains books/goodbooks10k_books.csv, for a comparison on
# real titles. FLAGS: JVM flags; local steps start with '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'.
# Each job runs twice in its JVM, cold and warm; the warm run excludes class loading and JIT compilation. AGAIN=no skips the warm run,
# TENFOLD=no the run on ten times the titles. On a busy machine, compare CPU ratios.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
titles=${1:-1000000}
real=${2:-}
heap=${HEAP:-2g}
export AGAIN=${AGAIN:-yes}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here"
mvn -q -B -pl pages,sql-step,step-process,english-lemmas,noto-fonts,pyspark-equivalent-jobs package -Dmaven.test.skip -Dspotless.check.skip >&2

jobs=pyspark-equivalent-jobs/target
tests=pyspark-equivalent-jobs/src/test/java/org/emrelay/jobs/wordclouds/words
class_path="$work/classes:$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar step-process/target/spark/*.jar | tr ' ' ':')"
mkdir "$work/classes"
javac -proc:none -nowarn -cp "$class_path" -d "$work/classes" benchmarks/words/*.java "$tests"/{AdversarialTitles,ReferencePipeline}.java

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' pom.xml)
java_flags="-Xmx$heap ${FLAGS:--XX:+UseParallelGC}"

benchmark() { # command, arguments ...
  # shellcheck disable=SC2086
  java $java_flags $spark_options -Dspark.master='local[2]' -Dspark.app.name=words -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" \
    -cp "$class_path" WordsBenchmark "$@" 2>"$work/err" || { tail -n 40 "$work/err" >&2; return 1; }
}

measure() { # file, variant, titles: appends "cold, CPU, warm, CPU" in seconds to the file
  rm -rf "$work/words-$2" "$work/words-$2-warm"
  benchmark "$2" "$3" "$work/lemmas.txt" "$work/words-$2" | tee >(cat >&2) | sed -n 's/^seconds //p' >>"$1"
}

seconds() { cut -d ' ' -f "$2" "$work/$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b == "-") print b; else printf a / b < 1000 ? "%.1f" : "%.0f", a / b }'; }
row() { # label, file, number of titles
  local cold warm
  cold="$(seconds "$2" 1) | $(seconds "$2" 2) | $(ratio "$(seconds "$2" 1)" "$(seconds extract 1)") | $(ratio "$(seconds "$2" 2)" "$(seconds extract 2)")"
  warm="$(seconds "$2" 3) | $(seconds "$2" 4) | $(ratio "$(seconds "$2" 3)" "$(seconds extract 3)") | $(ratio "$(seconds "$2" 4)" "$(seconds extract 4)")"
  echo "| $1 | $cold | $warm | $(ratio "$3" "$(seconds "$2" 3)") |"
}
columns="cold JVM: s | CPU s | ratio | CPU ratio | warm JVM: s | CPU s | ratio | CPU ratio | titles/s |"

unzip -p "$jobs"/lib/english-lemmas-*.jar org/emrelay/lemmas/english-lemmas.txt >"$work/lemmas.txt"
benchmark generate "$work/titles" "$titles" >&2
for variant in extract explode_outer explode; do
  echo "$variant:" >&2
  measure "$work/$variant" "$variant" "$work/titles"
done

echo "| $titles distinct titles: read, deduplicate, extract words, write | $columns"
echo "|---|---|---|---|---|---|---|---|---|---|"
row "Spark NLP, \`explode\`" explode "$titles"
row "Spark NLP, \`explode_outer\`" explode_outer "$titles"
row "\`ExtractWords\`" extract "$titles"

echo
echo "| (year, word, weight) rows, compared with Spark NLP | rows | differences |"
echo "|---|---|---|"
echo "| generated titles | $(benchmark compare "$work/words-extract" "$work/words-explode") |"
compare() { # label, titles
  for variant in extract explode; do measure "$work/ignored" "$variant" "$2"; done
  echo "| $1 | $(benchmark compare "$work/words-extract" "$work/words-explode") |"
}
benchmark adversarial "$work/adversarial" >&2
compare "adversarial titles (\`AdversarialTitles\`)" "$work/adversarial"
if [ -f "$real/books/goodbooks10k_books.csv" ]; then
  benchmark books "$real/books/goodbooks10k_books.csv" "$work/books" >&2
  compare "goodbooks10k" "$work/books"
fi

if [ "${TENFOLD:-yes}" = yes ]; then
  rm -rf "$work"/words-*
  benchmark generate "$work/tenfold" $((10 * titles)) >&2
  measure "$work/extract10" extract "$work/tenfold"
  echo
  echo "| \`ExtractWords\`, $heap heap | $columns"
  echo "|---|---|---|---|---|---|---|---|---|---|"
  row "$titles titles" extract "$titles"
  row "$((10 * titles)) titles" extract10 $((10 * titles))
fi
echo
echo "Ratios are relative to \`ExtractWords\`. \`java $java_flags\`, Spark \`local[2]\`, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
