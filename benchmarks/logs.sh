#!/usr/bin/env bash
# Measures how fast the cause of a failure is found in logs of several kinds, and prints a Markdown table for benchmarks/logs.md.
# The speed depends on the machine: report it together with the machine.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
"$here/runner.sh" --help >/dev/null # builds the runner
java -cp "$here/runner/target/classes" "$here/benchmarks/logs/LogBenchmark.java"
echo
echo "$(nproc) cores, $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)"
