#!/usr/bin/env bash
# Runs programs that each have one fault, applies the setting that the report's finding proposes, and runs them again. Prints a
# Markdown table: benchmarks/findings.sh | tee benchmarks/findings.md
# usage: [FAULTS='skew spill …'] benchmarks/findings.sh          the table
#        benchmarks/findings.sh logs DIR                         the event logs of all programs, for the tests, into DIR
# Build first: mvn -Dmaven.test.skip package. Takes 10 to 20 minutes. On a busy machine the ratios mean little.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
spark=$here/runner/target/spark
[ -d "$spark" ] || { echo "$spark not found. Build first: mvn -Dmaven.test.skip package" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/classes" "$work/home" "$work/data"
ln -s "$spark" "$work/home/jars"
javac -proc:none -nowarn -d "$work/classes" -cp "$spark/*" "$here"/benchmarks/findings/*.java
spark_options=$(sed -n 's/.*<spark.jvm.options>\(.*\)<\/spark.jvm.options>.*/\1/p' "$here/pom.xml")

# Prints the seconds of the application, and the seconds of its executors. FILE gets the event log.
run() { # FILE, class, program, heap, master, properties ...
  local file=$1 class=$2 program=$3 heap=$4 master=$5 properties=()
  shift 5
  for property in "$@"; do properties+=("-D$property"); done
  rm -rf "$work/log"
  mkdir "$work/log"
  # shellcheck disable=SC2086
  SPARK_HOME=$work/home SPARK_SCALA_VERSION=2.12 java -Xmx"$heap" $spark_options -Dspark.master="$master" -Dspark.app.name="$program" \
    -Dspark.driver.memory="$heap" -Dspark.ui.enabled=false -Dspark.driver.host=localhost -Dspark.driver.bindAddress=127.0.0.1 \
    -Dspark.local.dir="$work/spark" -Dspark.eventLog.enabled=true -Dspark.eventLog.dir="file://$work/log" -Dspark.eventLog.compress=true \
    -Dspark.eventLog.logStageExecutorMetrics=true -Dspark.executor.processTreeMetrics.enabled=true \
    -Dspark.executor.extraClassPath="$work/classes" "-Dspark.executor.extraJavaOptions=$spark_options" ${properties[@]+"${properties[@]}"} \
    -cp "$work/classes:$spark/*" "$class" "$program" "$work/data" >"$work/out" 2>"$work/err" ||
    [ "$program" = memory-under-provisioned ] || { tail -n 20 "$work/err" >&2; return 1; }
  java -cp "$work/classes:$spark/*" TrimLog "$work"/log/* "$file"
}

# Sets heap, master, properties and the setting that the finding proposes.
fault() {
  master='local[2]' heap=1g properties=() after=() cheaper=
  case $1 in
    skew) heap=2g properties=(spark.sql.shuffle.partitions=16 spark.sql.adaptive.coalescePartitions.enabled=false)
      after=(spark.sql.autoBroadcastJoinThreshold=100MB) ;;
    spill) heap=700m properties=(spark.sql.shuffle.partitions=2) after=(heap=1400m) ;;
    gc-pressure) after=(heap=2g) ;;
    tiny-tasks) properties=(spark.sql.adaptive.enabled=false spark.sql.shuffle.partitions=2000) after=(spark.sql.shuffle.partitions=6) ;;
    too-few-partitions) properties=(spark.sql.shuffle.partitions=1) after=(spark.sql.shuffle.partitions=6) ;;
    small-files) properties=(spark.sql.adaptive.enabled=false spark.sql.shuffle.partitions=1000) after=(spark.sql.shuffle.partitions=2) ;;
    idle-cores) master='local-cluster[4,1,1024]' after=('master=local-cluster[2,1,1024]') cheaper=yes ;;
    driver-bound) master='local-cluster[2,1,1024]' after=(spark.dynamicAllocation.enabled=true) cheaper=yes ;;
    memory-over-provisioned) master='local-cluster[2,1,4096]' properties=(spark.executor.memory=4g) ;;
    memory-under-provisioned) master='local-cluster[2,1,1024]' properties=(spark.executor.memory=512m) ;;
  esac
}

faults=${FAULTS:-skew gc-pressure tiny-tasks too-few-partitions small-files idle-cores driver-bound}
if [ "${1:-}" = logs ]; then
  for fault in skew spill gc-pressure tiny-tasks too-few-partitions small-files idle-cores driver-bound memory-over-provisioned \
    memory-under-provisioned; do
    fault "$fault"
    echo "$fault: $(run "$2/$fault.zstd" Pathologies "$fault" "$heap" "$master" ${properties[@]+"${properties[@]}"})" >&2
  done
  for program in word-count join sql training sort small-groups window cached pi conversion; do
    master='local[2]'
    [ "$program" != conversion ] || master='local-cluster[2,1,1024]'
    echo "$program: $(run "$2/$program.zstd" CleanPrograms "$program" 1g "$master")" >&2
  done
  exit
fi

echo "| finding | changed to | unit | before | after | after / before |"
echo "|---|---|---|---|---|---|"
for fault in $faults; do
  fault "$fault"
  read -r seconds executors < <(run "$work/before.zstd" Pathologies "$fault" "$heap" "$master" ${properties[@]+"${properties[@]}"})
  changed=()
  for change in "${after[@]}"; do
    case $change in
      heap=*) heap=${change#heap=} ;;
      master=*) master=${change#master=} ;;
      *) changed+=("$change") ;;
    esac
  done
  read -r seconds_after executors_after < <(run "$work/after.zstd" Pathologies "$fault" "$heap" "$master" \
    ${properties[@]+"${properties[@]}"} ${changed[@]+"${changed[@]}"})
  unit=seconds before=$seconds after_value=$seconds_after
  [ -z "$cheaper" ] || { unit='executor seconds' before=$executors after_value=$executors_after; }
  echo "| $fault | \`${after[*]}\` | $unit | $before | $after_value | $(awk "BEGIN { printf \"%.2f\", $after_value / $before }") |"
done
echo
echo "Seconds: from the start of the application to its end. Executor seconds: the lifetimes of all executors. Spark 3.5.6, $(nproc) cores, $(date -u +%Y-%m-%d)."
