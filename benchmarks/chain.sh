#!/bin/sh
# How long a chain of trivial steps takes, each in a process of its own, started in three ways (see ChainBenchmark).
# usage: benchmarks/chain.sh [number of steps, 10] [rows of a long step, 0 for none]
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
