#!/bin/sh
# Builds the project if it is missing or outdated, then runs runner.jar with the same arguments. In the distribution there is
# nothing to build. An AppCDS archive, created on first use, halves the start-up time of the JVM.
set -eu

self=$0
[ -L "$self" ] && self=$(readlink -f "$self")
here=$(cd "${self%/*}" && pwd -P)
terminal=false
[ -t 2 ] && terminal=true

# In the POSIX locale, the JVM supports only ASCII file names.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *UTF-8* | *utf-8* | *UTF8* | *utf8*) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

die() {
  code=$1; shift
  printf '%s\n' "$*" >&2
  exit "$code"
}

find_java() {
  java=java
  [ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
  command -v "$java" >/dev/null || die 4 "Java not found. Install a JDK 17 (for example the package openjdk-17-jdk), or set JAVA_HOME to one."
}

# Runs a command in the background with its output in a log, and shows a message with the elapsed time.
with_progress() { # message, log, command ...
  message=$1; log=$2; shift 2
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  trap 'kill "$child" 2>/dev/null; wait "$child" 2>/dev/null || true; [ $terminal = true ] && echo >&2; exit 130' INT TERM
  seconds=0
  [ $terminal = true ] || printf '%s\n' "$message" >&2
  while kill -0 "$child" 2>/dev/null; do
    if [ $terminal = true ]; then
      printf '\r%s %s s' "$message" "$seconds" >&2
    elif [ "$seconds" -gt 0 ] && [ $((seconds % 30)) -eq 0 ]; then
      printf '%s %s s\n' "$message" "$seconds" >&2
    fi
    sleep 1
    seconds=$((seconds + 1))
  done
  [ $terminal = true ] && printf '\r\033[K' >&2
  trap - INT TERM
  wait "$child"
}

build() {
  command -v javac >/dev/null || [ -x "${JAVA_HOME:-}/bin/javac" ] || die 4 "Java compiler not found. Install a JDK 17 (for example the package openjdk-17-jdk), or set JAVA_HOME to one."
  command -v mvn >/dev/null || die 4 "Maven not found, and this checkout is not built. Install Maven (for example the package maven), or use the distribution, which needs no build."
  mkdir -p "$here/target"
  modules=step-process,english-lemmas,pyspark-equivalent-jobs,runner
  with_progress "Building (first run, or sources changed; log: $here/target/build.log) ..." "$here/target/build.log" \
    mvn -B -f "$here/pom.xml" -pl "$modules" -Dmaven.test.skip -Dspotless.check.skip package || {
    grep -m 20 '^\[ERROR\]' "$here/target/build.log" >&2 || tail -n 20 "$here/target/build.log" >&2
    die 4 "Build failed. Full log: $here/target/build.log"
  }
  : >"$stamp"
}

# An archive is valid for one JVM and one jar. The JVM ignores one that does not match.
archive_is_valid() {
  [ -f "$archive" ] && [ ! "$jar" -nt "$archive" ] && [ -f "$archive.for" ] && read -r archive_java <"$archive.for" && [ "$archive_java" = "$java" ]
}

create_archive() {
  mkdir -p "${archive%/*}" 2>/dev/null && [ -w "${archive%/*}" ] || return 0
  work=$archive.$$
  mkdir -p "$work/rehearsal"
  printf '{"name":"warm","parameters":{"p":1},"steps":[{"name":"a","script_uri":"s3://b/a.py","args":{"x":"${p}"}},{"name":"b","script_uri":"s3://b/b.py","inputs":{"a":{"from_step":"a"}}}]}' >"$work/steps.json"
  printf '{"steps":[{"name":"a b"}]}' >"$work/wrong.json"
  with_progress "Creating an AppCDS archive for faster start-up (once) ..." "$work/log" sh -c '
    java=$1 jar=$2 work=$3 archive=$4 aws=$5
    n=0
    loaded() {
      n=$((n + 1))
      "$java" -Xshare:auto -XX:DumpLoadedClassList="$work/classes.$n" -cp "$jar" "$@" || true
    }
    for arguments in "--help" "-a run --help" "-a validate -steps $work/wrong.json" "-a plan -steps $work/steps.json --output json" "-a plan -steps $work/steps.json"; do
      loaded org.emrelay.runner.cli.Main $arguments
    done
    [ $aws = false ] || loaded org.emrelay.runner.cli.CdsWarmup "$work/rehearsal"
    cat "$work"/classes.* | sort -u >"$work/classes"
    "$java" -Xshare:dump -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$work/archive" -cp "$jar"
    mv -f "$work/archive" "$archive"' sh "$java" "$jar" "$work" "$archive" $aws || : >"$archive"
  printf '%s\n' "$java" >"$archive.for"
  rm -rf "$work"
}

find_java
if [ -f "$here/runner.jar" ]; then
  jar=$here/runner.jar
else
  jar=$here/runner/target/runner.jar
  stamp=$here/runner/target/built
  if [ ! -f "$jar" ] || [ ! -f "$stamp" ] || [ -n "$(find "$here/pom.xml" "$here"/*/pom.xml "$here/runner/src/main" "$here/step-process/src/main" "$here/english-lemmas/src/main" "$here/pyspark-equivalent-jobs/src/main" -newer "$stamp" -print)" ]; then
    build
  fi
fi

# The AWS SDK makes the archive six times as large and slows down every command that maps it. Commands that do not need the SDK use an
# archive without it.
aws=false
cluster=false
archive=runner.jsa
case " $* " in
  *" local"*) ;;
  *create_cluster* | *terminate_cluster* | *describe_cluster* | *list_clusters*emr* | *emr*list_clusters* | *" --check "*) aws=true cluster=true ;;
  *" run "*" emr "* | *" emr "*" run "* | *" j-"*) aws=true ;;
  *_steps* | *" logs "* | *fetch_output*) if [ -f .runner/cluster-fleet/workspace-id ]; then aws=true; fi ;;
esac
if [ $aws = true ]; then archive=runner-aws.jsa; fi
if [ -w "${jar%/*}" ]; then archive=${jar%/*}/$archive; else archive=${XDG_CACHE_HOME:-$HOME/.cache}/emrelay/$archive; fi
archive_is_valid || create_archive

columns=0
interactive=false
[ -t 0 ] && interactive=$terminal
if [ $terminal = true ]; then
  size=$(stty size <&2 2>/dev/null) && columns=${size#* }
fi
# C1 and C2: only C2 uses the CPU's SHA-256 instructions, and the jars of a pipeline are hashed.
# Cluster commands use C1 only: they take about a second, and C2 would use part of it.
compilers=-XX:TieredStopAtLevel=4
[ $cluster = false ] || compilers=-XX:TieredStopAtLevel=1
exec "$java" $compilers -XX:SharedArchiveFile="$archive" -Xshare:auto -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC -XX:-UsePerfData \
  -Drunner.command="$0" -Drunner.terminal=$terminal -Drunner.columns="$columns" -Drunner.interactive=$interactive -jar "$jar" "$@"
