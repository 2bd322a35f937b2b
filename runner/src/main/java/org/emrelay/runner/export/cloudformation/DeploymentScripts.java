package org.emrelay.runner.export.cloudformation;

import java.util.List;
import java.util.stream.Collectors;
import org.emrelay.runner.export.ExportedPipeline;

/** The Bash scripts that create and delete a stack with the AWS CLI. */
public final class DeploymentScripts {
    public static final String DEPLOY = "deploy.sh";
    public static final String DELETE = "delete.sh";

    private DeploymentScripts() {}

    /**
     * The script that uploads the files and creates the stack, or updates it.
     *
     * @param preparation lines of Bash after the upload
     * @param parameters further parameters, each an assignment as a Bash word
     * @param afterwards lines of Bash at the end
     */
    public static String deploy(
            ExportedPipeline pipeline, List<String> preparation, List<String> parameters, List<String> afterwards) {
        boolean hasGroups = !pipeline.resources().groups().isEmpty();
        String further = parameters.stream().map(parameter -> " " + parameter).collect(Collectors.joining());
        return """
                #!/usr/bin/env bash
                # Uploads the files of the pipeline, and creates its stack or updates it. Needs the AWS CLI, with a profile or keys.
                set -euo pipefail
                cd "$(dirname "$0")"
                usage() {
                  echo "usage: deploy.sh --bucket BUCKET --subnets SUBNET,… %1$s[--stack NAME] [--profile NAME] [--region REGION]" >&2
                  exit 2
                }
                bucket=%2$s subnets=%3$s vpc='' stack=%4$s
                while [ $# -gt 0 ]; do
                  [ $# -gt 1 ] || usage
                  case $1 in
                    --bucket) bucket=$2 ;;
                    --subnets) subnets=$2 ;;
                    --vpc) vpc=$2 ;;
                    --stack) stack=$2 ;;
                    --profile) export AWS_PROFILE=$2 ;;
                    --region) export AWS_REGION=$2 AWS_DEFAULT_REGION=$2 ;;
                    *) usage ;;
                  esac
                  shift 2
                done
                [ -n "$bucket" ] && [ -n "$subnets" ] || usage
                %5$s./upload.sh "$bucket"
                %10$saws cloudformation deploy --template-file %6$s --stack-name "$stack" --capabilities CAPABILITY_NAMED_IAM \\
                  --s3-bucket "$bucket" --s3-prefix %7$sscripts/templates --no-fail-on-empty-changeset \\
                  --parameter-overrides Bucket="$bucket" Subnets="$subnets"%8$s%9$s
                %11$s""".formatted(
                        hasGroups ? "--vpc VPC " : "",
                        word(pipeline.bucket().orElse("")),
                        word(String.join(",", pipeline.subnets())),
                        word(stack(pipeline)),
                        hasGroups ? "[ -n \"$vpc\" ] || usage\n" : "",
                        CloudFormationFormat.TEMPLATE,
                        pipeline.keyPrefix(),
                        hasGroups ? " Vpc=\"$vpc\"" : "",
                        further,
                        lines(preparation),
                        lines(afterwards));
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String word(String value) {
        return value.isEmpty() ? "''" : value;
    }

    /** The default name of the stack. The names of its roles are longer, and have at most 64 characters. */
    public static String stack(ExportedPipeline pipeline) {
        String name = pipeline.name().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^[^A-Za-z]+|-+$", "");
        return name.isEmpty()
                ? "pipeline"
                : name.substring(0, Math.min(40, name.length())).replaceAll("-+$", "");
    }

    /** The script that terminates the clusters of a stack and deletes it. */
    public static String delete(ExportedPipeline pipeline) {
        return """
                #!/usr/bin/env bash
                # Terminates the clusters of the pipeline's stack, and deletes the stack. The bucket stays.
                set -euo pipefail
                usage() {
                  echo "usage: delete.sh [--stack NAME] [--profile NAME] [--region REGION]" >&2
                  exit 2
                }
                stack=%1$s
                while [ $# -gt 0 ]; do
                  [ $# -gt 1 ] || usage
                  case $1 in
                    --stack) stack=$2 ;;
                    --profile) export AWS_PROFILE=$2 ;;
                    --region) export AWS_REGION=$2 AWS_DEFAULT_REGION=$2 ;;
                    *) usage ;;
                  esac
                  shift 2
                done
                for cluster in $(aws emr list-clusters --active --query 'Clusters[].Id' --output text); do
                  owner=$(aws emr describe-cluster --cluster-id "$cluster" \\
                    --query "Cluster.Tags[?Key=='emrelay:workspace'].Value | [0]" --output text)
                  [ "$owner" = "$stack" ] || continue
                  echo "Terminating $cluster" >&2
                  aws emr terminate-clusters --cluster-ids "$cluster"
                  aws emr wait cluster-terminated --cluster-id "$cluster"
                done
                # EMR may have added rules, which refer to the groups of the stack and prevent their deletion.
                for group in $(aws cloudformation describe-stack-resources --stack-name "$stack" \\
                  --query "StackResources[?ResourceType=='AWS::EC2::SecurityGroup'].PhysicalResourceId" --output text); do
                  for rule in $(aws ec2 describe-security-group-rules --filters "Name=group-id,Values=$group" \\
                    --query 'SecurityGroupRules[?!IsEgress].SecurityGroupRuleId' --output text); do
                    aws ec2 revoke-security-group-ingress --group-id "$group" --security-group-rule-ids "$rule" >/dev/null
                  done
                done
                aws cloudformation delete-stack --stack-name "$stack"
                aws cloudformation wait stack-delete-complete --stack-name "$stack"
                echo "Deleted the stack $stack. The bucket stays, with uploads, outputs and logs." >&2
                """.formatted(word(stack(pipeline)));
    }
}
