#!/usr/bin/env bash
# Compares the topics that the topics pipeline finds in labelled posts with those of Spark's LDA and scikit-learn's: the same tokens, the
# same vocabulary, as many topics as labels. Prints Markdown: benchmarks/topics.sh FILE | tee -a benchmarks/topics.md
# usage: [SEEDS='1 2 3 4 5'] [METHODS='gibbs-1 gibbs-5 em-1'] [ITERATIONS='10 100'] [MIN_POSTS=3] [HEAP=2g] benchmarks/topics.sh FILE
# FILE: a post a line, its label, a tab and its text. A method is one of the job's and the number of models that it fits for one seed, of which the best
# is kept. ITERATIONS are scikit-learn's. Build the jobs first: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
file=$(realpath "${1:?usage: benchmarks/topics.sh FILE}")
seeds=${SEEDS:-1 2 3 4 5} methods=${METHODS:-gibbs-1 gibbs-5 em-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jobs=$here/pyspark-equivalent-jobs/target
[ -f "$jobs/jobs.jar" ] || { echo "$jobs/jobs.jar not found. Build the jobs first: mvn -Dmaven.test.skip package" >&2; exit 1; }

if ! { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q scikit-learn==1.7.2 pyarrow==21.0.0; } >"$work/pip" 2>&1; then
  echo "Skipped: cannot install scikit-learn ($(grep -v '^ *$' "$work/pip" | tail -n 1))."
  exit 0
fi
compare() { "$work/venv/bin/python" "$here/benchmarks/topics/compare_topics.py" "$@"; }

spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")
class_path=$jobs/jobs.jar:$(echo "$jobs"/lib/*.jar "$here"/step-process/target/spark/*.jar | tr ' ' ':')
run() { # class or source file, arguments ...
  # shellcheck disable=SC2086
  java -Xmx"${HEAP:-2g}" $spark_options -Duser.timezone=UTC -Dspark.master='local[2]' -Dspark.app.name=topics -Dspark.ui.enabled=false \
    -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 -Dspark.local.dir="$work/spark" -Dspark.sql.shuffle.partitions=2 \
    -cp "$class_path" "$@" >"$work/out" 2>"$work/err" || { tail -n 20 "$work/err" >&2; return 1; }
}

compare prepare "$file" "$work"
run org.emrelay.jobs.topics.combine.CombinePosts --posts "$work/posts.jsonl" --output "$work/combined"
run org.emrelay.jobs.topics.filter.FilterPosts --posts "$work/combined" --output "$work/filtered" --language any --similarity 1
run "$here/benchmarks/topics/TopicTokens.java" "$work/filtered/posts" "$work/tokens.tsv"
for seed in $seeds; do
  for method in $methods; do
    run org.emrelay.jobs.topics.model.FindTopics --posts "$work/filtered" --output "$work/runs/$method/$seed" --topics "$(cat "$work/labels")" \
      --method "${method%-*}" --seeds "${method#*-}" --seed $((100 * seed)) --min-posts "${MIN_POSTS:-3}"
    mv "$work/out" "$work/runs/$method/$seed/out"
    echo "$method, seed $seed: $(grep '^Fitted' "$work/runs/$method/$seed/out")" >&2
  done
done
compare table "$(basename "$file")" "$work"
echo
echo "Spark \`local[2]\`, ${HEAP:-2g} heap, $(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
