#!/usr/bin/env bash
#
# EMR bootstrap action: runs on every node before its applications start. It fails fast, because a half-configured node would fail much
# later, in a step. EMR also runs it on replacement nodes. Its output is in
# <logs>/<cluster>/node/<instance>/bootstrap-actions/1/stdout.gz.
#
# It installs only missing packages. Amazon Linux serves its packages from S3, so a private subnet needs only an S3 endpoint. A node
# starts even if a package cannot be installed: only some steps need it, and the log says which.

set -euo pipefail
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"

log() {
  printf '%s bootstrap-action: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"
}

failed() {
  log "failed with exit code $1 at line $2: $3" >&2
}
trap 'failed "$?" "$LINENO" "$BASH_COMMAND"' ERR

# EMR writes the role of a node to this file. It does not exist on other hosts.
node_role() {
  local info=/mnt/var/lib/info/instance.json
  if [[ -r "$info" ]] && grep -Eq '"isMaster"[[:space:]]*:[[:space:]]*true' "$info"; then
    echo primary
  elif [[ -r "$info" ]]; then
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

# install_packages PACKAGE...: retries once, because many nodes that start together may overload the repository.
install_packages() {
  local attempt
  for attempt in 1 2; do
    if sudo -n timeout 60 dnf install --assumeyes --quiet --setopt=install_weak_deps=False "$@"; then
      return 0
    fi
    log "dnf failed to install $* (attempt $attempt of 2)"
    sleep 5
  done
  return 1
}

# ensure TEST PACKAGES CONSEQUENCE: installs the packages unless the test succeeds, or logs the consequence if they are unavailable.
ensure() {
  local test=$1 consequence=$3 packages
  read -ra packages <<<"$2"
  if $test; then
    log "${packages[*]}: already installed"
  elif install_packages "${packages[@]}" && $test; then
    log "${packages[*]}: installed"
  else
    log "warning: ${packages[*]}: not installed and not available. $consequence"
  fi
}

name=$(uname -n)
architecture=$(uname -m)
cpus=$(nproc)
role=$(node_role)
log "started on $name (role $role, $architecture, $cpus CPUs)"
ensure has_fonts "fontconfig dejavu-sans-fonts" \
  "Steps that draw text must bundle their fonts, as the pipelines of Emrelay do."
ensure has_openmp "libgomp" \
  "Steps that use XGBoost fail with UnsatisfiedLinkError; all others run."
log "done"
