#!/usr/bin/env bash
#
# Runs on every node of an EMR cluster before its applications start. It must be strict, for a node that is half set up
# fails much later and far away; and it may run twice, for EMR replaces nodes. What it says ends up in
# <logs>/<cluster>/node/<instance>/bootstrap-actions/1/stdout.gz.
#
# Installed is only what is missing. Amazon Linux keeps its packages in S3, so a private subnet with an endpoint of S3 gets them
# too. A node that reaches no packages starts all the same: each of them matters to some steps only, and the log says to which.

set -euo pipefail
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"

say() {
  printf '%s bootstrap-action: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"
}

failed() {
  say "failed with exit code $1 at line $2: $3" >&2
}
trap 'failed "$?" "$LINENO" "$BASH_COMMAND"' ERR

# EMR writes what a node is into this file; on any other machine there is none.
node_role() {
  local facts=/mnt/var/lib/info/instance.json
  if [[ -r "$facts" ]] && grep -Eq '"isMaster"[[:space:]]*:[[:space:]]*true' "$facts"; then
    echo primary
  elif [[ -r "$facts" ]]; then
    echo worker
  else
    echo unknown
  fi
}

has_fonts() {
  command -v fc-list >/dev/null && [[ -n "$(fc-list)" ]]
}

has_openmp() {
  [[ "$(ldconfig -p)" == *libgomp.so.1* ]]
}

# fetch_packages PACKAGE...: twice, for a hundred nodes that start at once ask at once.
fetch_packages() {
  local attempt
  for attempt in 1 2; do
    if sudo -n timeout 60 dnf install --assumeyes --quiet --setopt=install_weak_deps=False "$@"; then
      return 0
    fi
    say "dnf could not install $* (attempt $attempt of 2)"
    sleep 5
  done
  return 1
}

# ensure TEST PACKAGES CONSEQUENCE: makes the test true by these packages, or says what follows where they cannot be had.
ensure() {
  local test=$1 consequence=$3 packages
  read -ra packages <<<"$2"
  if $test; then
    say "${packages[*]}: there already"
  elif fetch_packages "${packages[@]}" && $test; then
    say "${packages[*]}: installed"
  else
    say "warning: ${packages[*]}: not there and not to be had. $consequence"
  fi
}

name=$(uname -n)
machine=$(uname -m)
cpus=$(nproc)
role=$(node_role)
say "begins on $name, a node of role $role, $machine, $cpus CPUs"
ensure has_fonts "fontconfig dejavu-sans-fonts" \
  "Steps that draw text use the fonts in their own jars, as the pipelines here do; others may find none."
ensure has_openmp "libgomp" \
  "Steps that train with XGBoost fail with UnsatisfiedLinkError; all others run."
say "done"
