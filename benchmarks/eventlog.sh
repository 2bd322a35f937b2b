#!/usr/bin/env bash
# Measures how fast an event log of 1 GB is read with a heap of 256 MB on two cores: benchmarks/eventlog.sh | tee benchmarks/eventlog.md
# The log repeats a small one that Spark wrote, with more tasks a stage. Needs 1.2 GB in TMPDIR.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/runner.sh" --help >/dev/null # builds the runner
mkdir "$work/classes"
javac -proc:none -cp "$here/runner/target/runner.jar" -d "$work/classes" "$here"/benchmarks/eventlog/*.java
run() { java -Xmx256m -XX:ActiveProcessorCount=2 -cp "$work/classes:$here/runner/target/runner.jar" "$@"; }
sample=$here/runner/src/test/resources/org/emrelay/runner/eventlog/local-1796082808702.zstd
run EventLogGenerator "$sample" $((1 << 30)) "$work/app-1" "$work/app-1.zstd"
echo "| event log | size on disk in MB | tasks | seconds | MB/s, uncompressed | peak heap in MB |"
echo "|---|---|---|---|---|---|"
for log in "$work/app-1" "$work/app-1.zstd"; do
  for round in 1 2 3; do run EventLogBenchmark "$log"; done
done
echo
echo "$(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d), load average $(cut -d ' ' -f 1 /proc/loadavg)."
