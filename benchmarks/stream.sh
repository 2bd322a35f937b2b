#!/usr/bin/env bash
# Streams a million posts from files to files: once at full speed, and once with the process killed (kill -9) at 20 random moments. Then the topics
# pipeline combines them. Counts what was lost, and what came twice. Prints Markdown: benchmarks/stream.sh | tee benchmarks/stream.md
# usage: [POSTS=1000000] [KILLS=20] [HEAP=256m] benchmarks/stream.sh
# Targets: at least 20,000 posts a second, nothing lost. Build first: mvn -Dmaven.test.skip package
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
posts=${POSTS:-1000000} kills=${KILLS:-20} heap=${HEAP:-256m}
jar=$here/runner/target/runner.jar
[ -f "$jar" ] || { echo "$jar not found. Build first: mvn -Dmaven.test.skip package" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

definition() { # name, source, more keys
  printf '{ "name": "%s", "source": %s%s }\n' "$1" "$2" "${3:-}" >"$1.json"
}
start() { # name: prints the peak of the resident memory in MB and the seconds
  local pid begin peak=0 now
  begin=$(date +%s%N)
  java -Xmx"$heap" -jar "$jar" -a start_stream -stream "$1.json" >"$1.out" 2>"$1.err" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$pid/status" 2>/dev/null || true)
    [ -z "$now" ] || peak=$now
    sleep 0.2
  done
  wait "$pid" || { tail -n 5 "$1.err" >&2; return 1; }
  echo "$peak $((($(date +%s%N) - begin) / 1000000))"
}
read_posts() { # name: what the last checkpoint has
  sed -n 's/.*"read" : \([0-9]*\).*/\1/p' ".runner/streams/$1/checkpoint.json" 2>/dev/null || echo 0
}

definition archive "{ \"type\": \"synthetic\", \"posts\": $posts }" ', "sink": { "directory": "archive", "buffer_mb": 8 }'
start archive >/dev/null
echo "generated $(du -sh archive | cut -f1)" >&2
echo "| from files to files, $heap heap | posts a second | resident memory at most |"
echo "|---|---|---|"
for kind in all filtered; do
  more='' label='all posts'
  [ "$kind" = all ] || more=', "track": ["rocket", "bread", "falcon 9"], "languages": ["en"]' label='those with one of three terms, in English'
  definition "$kind" '{ "type": "replay", "path": "archive" }' "$more"
  read -r peak millis < <(start "$kind")
  echo "| $label | $((posts * 1000 / millis)) | $peak MB |"
done

definition killed "{ \"type\": \"replay\", \"path\": \"archive\", \"rate\": $((posts / 40)) }"
done_kills=0 peak=0
while ((done_kills < kills)); do
  java -Xmx"$heap" -jar "$jar" -a start_stream -stream killed.json >/dev/null 2>&1 &
  pid=$!
  sleep "$((1 + RANDOM % 2)).$((RANDOM % 10))"
  now=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$pid/status" 2>/dev/null || true)
  ((${now:-0} <= peak)) || peak=$now
  kill -9 "$pid" 2>/dev/null || { echo "the stream ended after $done_kills kills" >&2; break; }
  wait "$pid" 2>/dev/null || true
  done_kills=$((done_kills + 1))
  echo "kill $done_kills: $(read_posts killed) posts kept" >&2
done
start killed >/dev/null
ids=$work/ids
find .runner/streams/killed/posts -name '*.json.gz' -exec zcat {} + | grep -o '"id":"[0-9]*"' | sort >"$ids"
lines=$(wc -l <"$ids") different=$(sort -u "$ids" | wc -l)
java -jar "$jar" -a run -steps "$here/pipelines/topics/steps.json" --only combine -p posts=stream:killed >"$work/out" 2>&1 ||
  { tail -n 20 "$work/out" >&2; exit 1; }
combined=$(find .runner/output/topics -path '*combine/report.json' -exec sed -n 's/.*"posts" *: *\([0-9]*\).*/\1/p' {} + | head -n 1)
echo
echo "Killed $done_kills times: $posts posts in the source, $lines lines in the files with $different ids, $combined posts in the table of \`combine\`." \
  "Resident memory at most $peak MB."
echo
echo "$(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
