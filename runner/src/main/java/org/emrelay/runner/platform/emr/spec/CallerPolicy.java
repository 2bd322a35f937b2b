package org.emrelay.runner.platform.emr.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.aws.iam.CallerStatement;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.resource.OwnerTags;

/**
 * The policy of the user or role that runs this program.
 *
 * <p>It allows changing only what has the names or tags of this program. Where IAM supports neither, the resource is {@code
 * *}.
 */
public final class CallerPolicy {
    /** Where it is documented. */
    public static final String DOCUMENT = "docs/caller-policy.json";

    private static final List<String> ANY = List.of("*");
    private static final Map<String, Object> NEW_AND_TAGGED = tagged("aws:RequestTag/");
    private static final Map<String, Object> TAGGED = tagged("aws:ResourceTag/");

    private final CallerResources resources;
    private final List<CallerStatement> statements = new ArrayList<>();

    private CallerPolicy(CallerResources resources) {
        this.resources = resources;
        addQueries();
        addClusters();
        addIam();
        addSecurityGroups();
        addBuckets();
    }

    /** The policy for all clusters in any account and region. */
    public static CallerPolicy ofAllClusters() {
        return new CallerPolicy(CallerResources.ofAllClusters());
    }

    /** The policy for one cluster, without what its cluster file makes unnecessary. */
    public static CallerPolicy of(ClusterResources resources) {
        return new CallerPolicy(CallerResources.of(resources));
    }

    public List<CallerStatement> statements() {
        return List.copyOf(statements);
    }

    public Map<String, Object> document() {
        return PolicyDocument.of(
                statements.stream().map(CallerStatement::document).toList());
    }

    /** Any value will do: a resource with this tag is ours. */
    private static Map<String, Object> tagged(String conditionKeyPrefix) {
        return Map.of("Null", Map.of(conditionKeyPrefix + OwnerTags.WORKSPACE, "false"));
    }

    private void add(String sid, String consequence, List<String> on, String... actions) {
        add(sid, consequence, on, Map.of(), Map.of(), actions);
    }

    private void add(
            String sid, String consequence, List<String> on, Map<String, Object> condition, String... actions) {
        add(sid, consequence, on, condition, Map.of(), actions);
    }

    private void add(
            String sid,
            String consequence,
            List<String> on,
            Map<String, Object> condition,
            Map<String, String> context,
            String... actions) {
        if (!on.isEmpty()) {
            statements.add(new CallerStatement(sid, List.of(actions), on, condition, context, consequence));
        }
    }

    private void addQueries() {
        add(
                "ReadClusters",
                "no command finds or follows a cluster",
                ANY,
                "elasticmapreduce:DescribeCluster",
                "elasticmapreduce:ListClusters",
                "elasticmapreduce:ListInstanceFleets",
                "elasticmapreduce:ListInstances",
                "elasticmapreduce:ListSteps");
        add(
                "FindResources",
                "create_cluster and terminate_cluster do not find which resources exist",
                ANY,
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "elasticmapreduce:DescribeSecurityConfiguration",
                "elasticmapreduce:ListSecurityConfigurations",
                "iam:GetInstanceProfile",
                "iam:GetRole",
                "iam:ListInstanceProfiles",
                "iam:ListRoles",
                "s3:ListAllMyBuckets");
        add(
                "CheckAccount",
                "create_cluster and plan --check find fewer problems",
                ANY,
                "ec2:DescribeInstanceTypeOfferings",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeRouteTables",
                "ec2:DescribeSpotPriceHistory",
                "ec2:DescribeVpcAttribute",
                "ec2:DescribeVpcEndpoints",
                "elasticmapreduce:DescribeReleaseLabel",
                "elasticmapreduce:GetBlockPublicAccessConfiguration",
                "elasticmapreduce:ListSupportedInstanceTypes",
                "iam:SimulatePrincipalPolicy",
                "servicequotas:GetServiceQuota");
        add(
                "ReadPrices",
                "costs are calculated with the bundled prices, which are older and cover one region",
                ANY,
                "pricing:GetProducts");
        add(
                "FindDefaultKeys",
                "the created roles get no access to KMS keys that encrypt given buckets and EBS volumes by default",
                ANY,
                "ec2:GetEbsDefaultKmsKeyId",
                "ec2:GetEbsEncryptionByDefault",
                "s3:GetEncryptionConfiguration");
    }

    private void addClusters() {
        add(
                "CreateClusters",
                "create_cluster cannot create the cluster",
                ANY,
                NEW_AND_TAGGED,
                "elasticmapreduce:AddTags",
                "elasticmapreduce:RunJobFlow");
        List<String> clusters = List.of(resources.scope().arn("elasticmapreduce", "cluster/*"));
        add(
                "SetClusterPolicies",
                "create_cluster cannot set the idle timeout or managed scaling of the cluster",
                clusters,
                "elasticmapreduce:PutAutoTerminationPolicy",
                "elasticmapreduce:PutManagedScalingPolicy");
        add(
                "ManageClusters",
                "execute_steps cannot submit or cancel steps, or terminate_cluster cannot terminate the cluster",
                clusters,
                TAGGED,
                "elasticmapreduce:AddJobFlowSteps",
                "elasticmapreduce:CancelSteps",
                "elasticmapreduce:SetTerminationProtection",
                "elasticmapreduce:TerminateJobFlows");
        add(
                "ManageSecurityConfigurations",
                "create_cluster cannot create the security configuration, or terminate_cluster cannot delete it",
                resources.securityConfigurations(),
                "elasticmapreduce:CreateSecurityConfiguration",
                "elasticmapreduce:DeleteSecurityConfiguration");
    }

    private void addIam() {
        add(
                "ManageRoles",
                "create_cluster cannot create the roles, or terminate_cluster cannot delete them",
                resources.createdRoles(),
                "iam:AttachRolePolicy",
                "iam:CreateRole",
                "iam:DeleteRole",
                "iam:DeleteRolePolicy",
                "iam:DetachRolePolicy",
                "iam:GetRolePolicy",
                "iam:ListAttachedRolePolicies",
                "iam:ListRolePolicies",
                "iam:PutRolePolicy",
                "iam:TagRole");
        add(
                "ManageInstanceProfiles",
                "create_cluster cannot create the instance profile, or terminate_cluster cannot delete it",
                resources.createdProfiles(),
                "iam:AddRoleToInstanceProfile",
                "iam:CreateInstanceProfile",
                "iam:DeleteInstanceProfile",
                "iam:RemoveRoleFromInstanceProfile",
                "iam:TagInstanceProfile");
        addPassRole("PassServiceRole", resources.serviceRoles(), "elasticmapreduce");
        addPassRole("PassNodeRole", resources.nodeRoles(), "ec2");
        add(
                "CreateServiceLinkedRole",
                "the first cluster of the account cannot be created",
                resources.serviceLinkedRoles(),
                Map.of("StringLike", Map.of("iam:AWSServiceName", "elasticmapreduce.amazonaws.com*")),
                "iam:CreateServiceLinkedRole");
    }

    /** The condition fits the principals of all partitions. */
    private void addPassRole(String sid, List<String> roles, String service) {
        String key = "iam:PassedToService";
        add(
                sid,
                "create_cluster cannot give the cluster its roles",
                roles,
                Map.of("StringLike", Map.of(key, service + ".amazonaws.com*")),
                Map.of(key, resources.scope().principal(service)),
                "iam:PassRole");
    }

    private void addSecurityGroups() {
        String consequence = "create_cluster cannot create the security groups";
        add("CreateSecurityGroups", consequence, resources.createdGroups(), NEW_AND_TAGGED, "ec2:CreateSecurityGroup");
        add("CreateSecurityGroupsInVpc", consequence, resources.vpcs(), "ec2:CreateSecurityGroup");
        Map<String, String> creation = Map.of("ec2:CreateAction", "CreateSecurityGroup");
        add(
                "TagSecurityGroups",
                consequence,
                resources.createdGroups(),
                Map.of("StringEquals", creation),
                creation,
                "ec2:CreateTags");
        add(
                "ManageSecurityGroups",
                "create_cluster cannot set the rules of the security groups, or terminate_cluster cannot delete them",
                resources.createdGroups(),
                TAGGED,
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:DeleteSecurityGroup",
                "ec2:RevokeSecurityGroupEgress",
                "ec2:RevokeSecurityGroupIngress");
    }

    private void addBuckets() {
        add(
                "ManageBuckets",
                "create_cluster cannot create the bucket, or terminate_cluster --delete-bucket cannot delete it",
                resources.createdBuckets(),
                "s3:CreateBucket",
                "s3:DeleteBucket",
                "s3:GetBucketTagging",
                "s3:ListBucketMultipartUploads",
                "s3:ListBucketVersions",
                "s3:PutBucketPolicy",
                "s3:PutBucketPublicAccessBlock",
                "s3:PutBucketTagging",
                "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration");
        add("ListWorkspaces", "no command finds runs, outputs and logs", resources.buckets(), "s3:ListBucket");
        add(
                "UseWorkspaces",
                "add_steps, execute_steps, fetch_output and logs cannot read or write the workspace",
                resources.objects(),
                "s3:AbortMultipartUpload",
                "s3:DeleteObject",
                "s3:DeleteObjectVersion",
                "s3:GetObject",
                "s3:PutObject");
    }
}
