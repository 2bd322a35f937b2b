package org.emrelay.runner.export.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.json.JsonMap;

/** The policy statements for an orchestrator that creates clusters, adds steps and terminates the clusters. */
public final class CallerStatements {
    private static final String CLUSTERS =
            "arn:${AWS::Partition}:elasticmapreduce:${AWS::Region}:${AWS::AccountId}:cluster/*";

    private CallerStatements() {}

    public static List<Map<String, Object>> of(ExportedPipeline pipeline) {
        List<Map<String, Object>> statements = new ArrayList<>();
        statements.add(allow(
                "CreateClusters",
                List.of("elasticmapreduce:AddTags", "elasticmapreduce:RunJobFlow"),
                "*",
                condition("StringEquals", tags("aws:RequestTag/", pipeline))));
        statements.add(allow(
                "SetClusterPolicies",
                List.of("elasticmapreduce:PutAutoTerminationPolicy", "elasticmapreduce:PutManagedScalingPolicy"),
                sub(CLUSTERS),
                Map.of()));
        statements.add(allow(
                "UseClusters",
                List.of(
                        "elasticmapreduce:AddJobFlowSteps",
                        "elasticmapreduce:CancelSteps",
                        "elasticmapreduce:DescribeCluster",
                        "elasticmapreduce:DescribeStep",
                        "elasticmapreduce:TerminateJobFlows"),
                sub(CLUSTERS),
                condition("StringEquals", tags("aws:ResourceTag/", pipeline))));
        statements.add(passRole("PassServiceRole", "ServiceRole", "elasticmapreduce.amazonaws.com*", pipeline));
        statements.add(passRole("PassNodeRole", "JobFlowRole", "ec2.amazonaws.com*", pipeline));
        return statements;
    }

    private static Map<String, Object> allow(
            String sid, List<String> actions, Object resource, Map<String, Object> condition) {
        return new JsonMap()
                .with("Sid", sid)
                .with("Effect", "Allow")
                .with("Action", actions)
                .with("Resource", resource)
                .withUnlessEmpty("Condition", condition);
    }

    private static Map<String, Object> condition(String operator, Map<String, Object> values) {
        return Map.of(operator, values);
    }

    private static Map<String, Object> tags(String prefix, ExportedPipeline pipeline) {
        Map<String, Object> tags = new LinkedHashMap<>();
        pipeline.resources().ownerTags().forEach((key, value) -> tags.put(prefix + key, CloudFormationText.of(value)));
        return tags;
    }

    /** @param key of the cluster, with the name or the ARN of a role or an instance profile of the same name */
    private static Map<String, Object> passRole(String sid, String key, String service, ExportedPipeline pipeline) {
        String role = Objects.toString(pipeline.cluster().get(key))
                .replace(":instance-profile/", ":role/")
                .replace(Reference.NODE_PROFILE.token(), Reference.NODE_ROLE.token());
        Object arn = role.startsWith("arn:")
                ? role
                : CloudFormationText.of(
                        "arn:" + Reference.PARTITION.token() + ":iam::" + Reference.ACCOUNT.token() + ":role/" + role);
        return allow(
                sid, List.of("iam:PassRole"), arn, condition("StringLike", Map.of("iam:PassedToService", service)));
    }

    private static Object sub(String text) {
        return Map.of("Fn::Sub", text);
    }
}
