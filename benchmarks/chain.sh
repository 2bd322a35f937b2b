#!/bin/sh
# Compares ways to start step processes, on a chain of trivial steps with one process per step (see ChainBenchmark).
# usage: benchmarks/chain.sh [STEPS] [ROWS]
# STEPS: number of trivial steps (default: 10). ROWS: rows of one long step (default: 0, no long step).
set -eu
cd "$(dirname "$0")/.."
runtime=step-process/target/spark
[ -e "$runtime/step-process.jar" ] || mvn -q -B -pl step-process package -DskipTests
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
class_path=$(ls "$runtime"/*.jar | sort | tr '\n' ':')
mkdir "$work/classes"
javac -proc:none -cp "$class_path" -d "$work/classes" benchmarks/chain/*.java
jar --create --file "$work/steps.jar" -C "$work/classes" .
java -cp "$work/classes" ChainBenchmark "$PWD/$runtime" "$work" "${1:-10}" "${2:-0}"
