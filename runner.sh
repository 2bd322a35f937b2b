#!/bin/sh
# Builds the project if it is missing or outdated, then runs runner.jar with the same arguments. In the distribution there is
# nothing to build. An AppCDS archive, created in the background after the first command, halves the start-up time of the JVM.
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
  modules=pages,sql-step,step-process,english-lemmas,noto-fonts,pyspark-equivalent-jobs,runner
  with_progress "Building (first run, or sources changed; log: $here/target/build.log) ..." "$here/target/build.log" \
    mvn -B -f "$here/pom.xml" -pl "$modules" -Dmaven.test.skip -Dspotless.check.skip package || {
    grep -m 20 '^\[ERROR\]' "$here/target/build.log" >&2 || tail -n 20 "$here/target/build.log" >&2
    die 4 "Build failed. Full log: $here/target/build.log"
  }
  : >"$stamp"
}

find_java
if [ -f "$here/runner.jar" ]; then
  jar=$here/runner.jar
else
  jar=$here/runner/target/runner.jar
  stamp=$here/runner/target/built
  if [ ! -f "$jar" ] || [ ! -f "$stamp" ] || [ -n "$(find "$here/pom.xml" "$here"/*/pom.xml "$here/runner/src/main" "$here/pages/src/main" "$here/sql-step/src/main" "$here/step-process/src/main" "$here/english-lemmas/src/main" "$here/pyspark-equivalent-jobs/src/main" -newer "$stamp" -print)" ]; then
    build
  fi
fi

# The archive of this java and this jar. The runner creates a missing one in the background.
case ${XDG_CACHE_HOME:-} in
  /*) cache=$XDG_CACHE_HOME/emrelay ;;
  *) cache=${HOME:+$HOME/.cache/emrelay} ;;
esac
shared=-Xshare:auto
missing=
if [ -n "$cache" ]; then
  missing=$cache/runner-$(LC_ALL=C ls -lLi "$(command -v "$java")" "$jar" | cksum | tr ' ' -)
  for archive in "$missing"-*.jsa; do
    if [ -f "$archive" ]; then shared=-XX:SharedArchiveFile=$archive missing=; fi
  done
fi

size="0 0"
output=false
interactive=false
[ -t 1 ] && output=true
[ -t 0 ] && interactive=$terminal
if [ $terminal = true ]; then
  size=$(stty size <&2 2>/dev/null) || size="0 0"
fi
# Most commands are too short for C2. These upload files, and only C2 uses the CPU's SHA-256 instructions.
tier=1
for argument do
  case ${argument#-*=} in run | add[_-]steps | execute[_-]steps) tier=4 ;; esac
done
# A class path with a colon is two; without -jar, the JVM need not open the jar, whose classes are in the archive.
case $jar in
  *:*) set -- -jar "$jar" "$@" ;;
  *) set -- -cp "$jar" org.emrelay.runner.cli.Main "$@" ;;
esac
# ArchiveRelocationMode=0 maps the archive at the address it was dumped for. At a random one, the JVM relocates each page first.
exec "$java" "$shared" -XX:TieredStopAtLevel=$tier -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC -XX:-UsePerfData -Drunner.missing.archive="$missing" \
  -Drunner.command="$0" -Drunner.terminal=$terminal -Drunner.output=$output -Drunner.rows="${size% *}" -Drunner.columns="${size#* }" -Drunner.interactive=$interactive "$@"
