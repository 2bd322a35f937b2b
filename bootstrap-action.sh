#!/usr/bin/env bash
#
# Runs on every node of an EMR cluster before its applications start. It must be strict, for a node that is half set up
# fails much later and far away; and it may run twice, for EMR replaces nodes. What it says ends up in
# <logs>/<cluster>/node/<instance>/bootstrap-actions/1/stdout.gz.

set -euo pipefail
export LC_ALL=C

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

say "begins on $(uname -n), a node of role $(node_role), $(uname -m), $(nproc) CPUs"
say "nothing is installed: EMR's release holds all that the steps need"
say "done"
