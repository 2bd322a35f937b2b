#!/usr/bin/env bash
# Measures create_cluster, execute_steps and terminate_cluster with 80 ms latency to AWS. The server is ministack, an AWS emulator. A proxy
# (benchmarks/emr/SlowAws.java) delays its responses and logs the calls. Prints a Markdown table: benchmarks/emr.sh | tee benchmarks/emr.md
# usage: [ROUNDS=7] [DELAY=80] [ORIGINAL=17.8] [CALLS=DIR] benchmarks/emr.sh
# DELAY: latency in milliseconds. ORIGINAL: seconds that the original Python runner takes from its first request until RunJobFlow responds, with the
# same server and latency. CALLS: an existing directory, to which the call logs of the last round are copied.
# Requires curl and python3 with venv; installs ministack from PyPI.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
rounds=${ROUNDS:-7}
delay=${DELAY:-80}
original=${ORIGINAL:-17.8}
runner=$here/runner.sh
servers=$here/runner/target/servers
work=$(mktemp -d)
server=
proxy=
cleanup() {
  [ -z "$proxy" ] || kill "$proxy" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

"$runner" -a create_cluster --help >/dev/null # builds the runner, and creates its AppCDS archive in the background
while pgrep -f "emrelay/runner-[0-9-]*[.]attempt" >/dev/null; do sleep 1; done
python=$servers/ministack-1.5.33/bin/python # shared with the tests of -Pservers
if [ ! -f "$servers/ministack-1.5.33/installed" ]; then
  python3 -m venv --clear "$servers/ministack-1.5.33"
  "$python" -m pip install --quiet --disable-pip-version-check ministack==1.5.33
  : >"$servers/ministack-1.5.33/installed"
fi
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
await_port() { # port
  for _ in $(seq 300); do (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done
  echo "No server on port $1 after 30 s." >&2; exit 1
}
server_port=$(free_port)
"$python" "$here/runner/src/test/resources/servers/start_ministack.py" "$server_port" >"$work/server.log" 2>&1 &
server=$!
mkdir "$work/classes"
javac -proc:none -d "$work/classes" "$here"/benchmarks/emr/*.java
await_port "$server_port"

# AWS's default VPC has an internet gateway; ministack's has none.
ec2() { curl -sf "http://127.0.0.1:$server_port/" -d "$1&Version=2016-11-15" -H 'Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0'; }
field() { sed -n "s/.*<$1>\([^<]*\)<.*/\1/p" | head -n 1; }
tables=$(ec2 Action=DescribeRouteTables)
gateway=$(ec2 Action=CreateInternetGateway | tr '\n' ' ' | field internetGatewayId)
ec2 "Action=AttachInternetGateway&InternetGatewayId=$gateway&VpcId=$(echo "$tables" | tr '>' '>\n' | tr -d '\n' | field vpcId)" >/dev/null
ec2 "Action=CreateRoute&RouteTableId=$(echo "$tables" | tr -d '\n' | field routeTableId)&DestinationCidrBlock=0.0.0.0/0&GatewayId=$gateway" >/dev/null

# ministack cannot create security configurations: the cluster file names an existing one.
sed 's/"Tags":/"SecurityConfiguration": "theirs", "Tags":/' "$here/cluster-ec2-spot-fleet.json" >"$work/cluster-ec2-spot-fleet.json"
cp "$here/bootstrap-action.sh" "$work"
cd "$work"
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=not-so-secret AWS_REGION=us-east-1

measure() { # create, create-jar, execute or terminate, command ...: appends "seconds, seconds of the longest chain, calls, chain, (whole command)" to a file
  local action=$1 port start whole; shift
  port=$(free_port)
  java -XX:+UseSerialGC -cp "$work/classes" SlowAws "$port" "http://127.0.0.1:$server_port" "$delay" "$work/log" &
  proxy=$!
  await_port "$port"
  # Warms up the proxy. These calls are not counted.
  for _ in $(seq 30); do curl -s "http://127.0.0.1:$port/" -o /dev/null & done; wait $(jobs -p | grep -vx -e "$proxy" -e "$server") || true
  warm=$(wc -l <"$work/log")
  start=$(date +%s%N)
  AWS_ENDPOINT_URL=http://127.0.0.1:$port "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
  whole=$((($(date +%s%N) - start) / 1000000))
  kill "$proxy"; wait "$proxy" 2>/dev/null || true
  proxy=
  tail -n +$((warm + 1)) "$work/log" >"$work/calls"
  cp "$work/calls" "$work/$action.calls"
  if [ "$action" = execute ]; then
    awk -v whole="$whole" 'NR == 1 { first = $1 } { first = $1 < first ? $1 : first; last = $2 > last ? $2 : last; lists += $4 == "ListSteps" } END { print last - first, "-", NR, lists, "(" whole ")" }' "$work/calls"
  else
    echo "$(java -cp "$work/classes" CallChain "${action%-jar}" "$work/calls") ($whole)"
  fi | tee -a "$work/$action" >&2
}

# ministack completes steps immediately, without output.
cat >"$work/steps.json" <<'END'
{ "name": "three", "defaults": { "script_uri": "job.py" }, "steps": [ { "name": "a" }, { "name": "b", "after": ["a"] }, { "name": "c", "after": ["b"] } ] }
END
echo 'print("done")' >"$work/job.py"

for _ in $(seq "$rounds"); do
  measure create "$runner" -a create_cluster -c demo --no-wait
  AWS_ENDPOINT_URL=http://127.0.0.1:$server_port "$runner" -a add_steps >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
  measure execute "$runner" -a execute_steps
  measure terminate "$runner" -a terminate_cluster -c demo --yes --delete-bucket
  measure create-jar java -jar "$here/runner/target/runner.jar" -a create_cluster -c demo --no-wait
  AWS_ENDPOINT_URL=http://127.0.0.1:$server_port "$runner" -a terminate_cluster -c demo --yes --delete-bucket >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
done
[ -z "${CALLS:-}" ] || cp "$work"/*.calls "$CALLS"

spread() { sort -n | awk '{ a[NR] = $1 } END { printf "%.2f / %.2f / %.2f", a[1], a[int((NR + 1) / 2)], a[NR] }'; }
row() { # label, action
  echo "| $1 | $(awk '{ print $3; exit }' "$work/$2") | $(awk '{ print $1 }' "$work/$2" | spread) | $(awk '{ print $2 }' "$work/$2" | spread) | $(awk '{ print $1 / $2 }' "$work/$2" | spread) | $(sed 's/.*(\(.*\))$/\1/' "$work/$2" | awk '{ print $1 / 1000 }' | spread) |"
}
chain() { sort -k 2 -n "$work/$1" | awk 'NR == 1 { sub(/^[^ ]+ [^ ]+ [^ ]+ /, ""); sub(/ \([0-9]+\)$/, ""); print }'; }

echo "| AWS latency $delay ms; min / median / max of $rounds | calls | first request to last response, s | longest chain of dependent calls, s | ratio | whole command, s |"
echo "|---|---|---|---|---|---|"
row "\`create_cluster\`, until RunJobFlow responds" create
row "the same by \`java -jar runner.jar\`" create-jar
echo "| \`execute_steps\`, three steps that complete immediately | $(awk '{ print $3; exit }' "$work/execute") | $(awk '{ print $1 }' "$work/execute" | spread) | - | - | $(sed 's/.*(\(.*\))$/\1/' "$work/execute" | awk '{ print $1 / 1000 }' | spread) |"
row "\`terminate_cluster --delete-bucket\`" terminate
echo
echo "The original runner takes 91 s for the same \`execute_steps\`, because it polls every 30 s after each step. ListSteps calls of Emrelay: $(awk '{ print $4; exit }' "$work/execute")."
times_as_long() { awk -v o="$original" '{ print o / $1 }' "$work/$1" | spread; }
echo "The original runner takes $original s until RunJobFlow responds, $(times_as_long create) times as long as \`runner.sh\`, $(times_as_long create-jar) times as long as \`java -jar\`."
echo
echo "Longest chains of dependent calls:"
echo
echo "- create: $(chain create)"
echo "- terminate: $(chain terminate)"
echo
echo "The duration of a call is the latency plus the server's response time. \`benchmarks/emr/CallChain.java\` declares the dependencies."
echo "$(nproc) cores, shared by the runner, the proxy and the server; $(java -version 2>&1 | head -n 1), $(date -u +%Y-%m-%d)."
