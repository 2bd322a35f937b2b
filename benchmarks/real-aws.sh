#!/usr/bin/env bash
# Runs the word clouds once on real Amazon EMR, and compares what happens with what the fake AWS of the tests assumes (docs/aws-rules.md).
# usage: benchmarks/real-aws.sh --yes-spend --bucket BUCKET --prefix PREFIX --subnet SUBNET [--rows 20000] [--record DIR]
#   --yes-spend  agrees to the cost: two m5.xlarge for about 40 minutes, below 1 USD. Without it, nothing is done.
#   --bucket     an existing bucket; everything is written below --prefix and stays there
#   --subnet     a private subnet with a route to S3 through a gateway endpoint
#   --rows       how many titles the word clouds count
#   --record     where the recording is written; default: real-aws-DATE
# Region and credentials are those of the AWS CLI: AWS_REGION, AWS_PROFILE and so on.
# The recording has every AWS call of the runner with its answer. It has no credentials, and 123456789012 as the account, but the names of users,
# roles and buckets in the account. Read it before you share it, and do not share DIR/work.
# Ctrl-C and failures terminate the cluster too.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
usage() { sed -n '3,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; }

agreed='' bucket='' prefix='' subnet='' rows=20000 record=''
while [ $# -gt 0 ]; do
  case $1 in
    --yes-spend) agreed=yes; shift; continue ;;
    --bucket | --prefix | --subnet | --rows | --record) [ $# -gt 1 ] || usage ;;
    *) usage ;;
  esac
  case $1 in
    --bucket) bucket=$2 ;;
    --prefix) prefix=$2 ;;
    --subnet) subnet=$2 ;;
    --rows) rows=$2 ;;
    --record) record=$2 ;;
  esac
  shift 2
done
if [ -z "$agreed" ] || [ -z "$bucket" ] || [ -z "$prefix" ] || [ -z "$subnet" ]; then usage; fi
record=${record:-real-aws-$(date -u +%Y%m%d-%H%M%S)}
[ ! -e "$record" ] || { echo "$record exists already: name another directory with --record." >&2; exit 2; }

mkdir -p "$record/work" "$record/classes/software/amazon/awssdk/global/handlers"
record=$(cd "$record" && pwd)
"$here/runner.sh" --version >/dev/null # builds the runner
jar=$here/runner/target/runner.jar
javac -proc:none -cp "$jar" -d "$record/classes" "$here"/benchmarks/real-aws/*.java
echo RecordedCalls >"$record/classes/software/amazon/awssdk/global/handlers/execution.interceptors"

cd "$record/work"
cp "$here/bootstrap-action.sh" "$here"/benchmarks/real-aws/probe* .
# cluster-small.json with one type per fleet, node labels, and the given bucket and subnet
sed -e 's/, { "InstanceType": "r5.xlarge" }//' -e 's/"IdleTimeout": 3600/"IdleTimeout": 1800/' \
  -e "s|^{\$|{ \"bucket\": \"$bucket\", \"prefix\": \"$prefix\", \"Ec2SubnetIds\": [\"$subnet\"],\n  \"Configurations\": [{ \"Classification\": \"yarn-site\", \"Properties\": { \"yarn.node-labels.enabled\": \"true\" } }],|" \
  -e '/"\$schema"/d' "$here/cluster-small.json" >cluster-ec2-spot-fleet.json

runner() {
  java -Drecord="$record/calls.jsonl" -cp "$record/classes:$jar" org.emrelay.runner.cli.Main "$@"
}
say() { echo "== $*" >&2; }
mask_account() { # DIR/work keeps it: the runner needs it to terminate the cluster
  local account=''
  [ ! -e "$record/calls.jsonl" ] ||
    account=$(sed -n '/.*"operation":"GetCallerIdentity".*"Account":"\([0-9]*\)".*/{s//\1/p;q}' "$record/calls.jsonl")
  [ -z "$account" ] || grep -lZ -e "$account" "$record"/*.* | xargs -0r sed -i "s/$account/123456789012/g"
}
up=''
end() { # on any exit: nothing may stay up
  local code=$?
  trap - EXIT INT TERM
  if [ -n "$up" ]; then
    say "Terminating the cluster"
    runner -a terminate_cluster -c real-aws --yes ||
      echo "The cluster may still be running. Terminate it: cd $record/work && java -jar $jar -a terminate_cluster -c real-aws --yes" >&2
  fi
  mask_account
  exit "$code"
}
trap end EXIT
trap 'exit 130' INT TERM

say "Checking the account"
runner -a plan -t emr --check -steps "$here/steps.json" -cluster cluster-ec2-spot-fleet.json -p rows="$rows" | tee "$record/plan.txt"
say "Creating the cluster"
up=yes
cluster=$(runner -a create_cluster -t emr -c real-aws)
say "Word clouds of $rows titles"
runner -a add_steps -idc "$cluster" -steps "$here/steps.json" -p rows="$rows"
runner -a execute_steps -idc "$cluster" --output json >"$record/word-clouds.json"
runner -a fetch_output -idc "$cluster" --to "$record/results"
say "Probes: arguments, node labels, a failure"
runner -a add_steps -idc "$cluster" -steps probes.json
runner -a execute_steps -idc "$cluster" --output json >"$record/probes.json" || true # the failing step
runner -a fetch_output -idc "$cluster" --to "$record/results" arguments
runner -a list_clusters | tee "$record/clusters.txt"
say "Removing everything"
runner -a terminate_cluster -c real-aws --yes | tee "$record/removed.txt"
up=''
say "Removing everything again"
runner -a terminate_cluster -c real-aws --yes | tee "$record/removed-again.txt" || true
runner -a list_clusters --orphans | tee "$record/orphans.txt"

say "What the run says about docs/aws-rules.md"
java -cp "$record/classes:$jar" GuessReport "$here/docs/aws-rules.md" "$record" | tee "$record/rules.md"
say "Recorded in $record: calls.jsonl has every call, rules.md this table"
