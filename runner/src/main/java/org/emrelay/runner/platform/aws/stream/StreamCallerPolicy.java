package org.emrelay.runner.platform.aws.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.aws.iam.CallerStatement;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.resource.StreamNames;

/** The policy of the user or role that runs streams. It allows changes only to resources with the names of this program. */
public final class StreamCallerPolicy {
    /** Where it is documented. */
    public static final String DOCUMENT = "docs/stream-caller-policy.json";

    private final AwsScope scope;
    private final List<CallerStatement> statements = new ArrayList<>();

    private StreamCallerPolicy(
            AwsScope scope,
            String deliveryStream,
            String role,
            String logGroup,
            List<String> ownBuckets,
            String bucket) {
        this.scope = scope;
        addDeliveryStreams(List.of(scope.arn("firehose", "deliverystream/" + deliveryStream)));
        addRoles(List.of(scope.globalArn("iam", "role/" + role)));
        addLogGroups(scope.arn("logs", "log-group:" + logGroup));
        addBuckets(ownBuckets.stream().map(scope::bucketArn).toList(), bucket);
        add("CheckPermissions", "plan --check finds fewer problems", List.of("*"), "iam:SimulatePrincipalPolicy");
    }

    /** The policy for all streams in any account and region that write to buckets of their own. */
    public static StreamCallerPolicy ofAllStreams() {
        String ours = ResourceNames.PREFIX + "*";
        String bucket = ResourceNames.PREFIX + "posts-*";
        return new StreamCallerPolicy(
                new AwsScope("aws", "*", "*", ""),
                ours,
                ours + "-firehose",
                "/aws/kinesisfirehose/" + ours,
                List.of(bucket),
                bucket);
    }

    /** The policy for one stream. */
    static StreamCallerPolicy of(StreamResources resources) {
        StreamNames names = resources.names();
        return new StreamCallerPolicy(
                names.scope(),
                names.deliveryStream(),
                names.role(),
                names.logGroup(),
                resources.bucket().map(spec -> spec.name()).stream().toList(),
                resources.bucketName());
    }

    public List<CallerStatement> statements() {
        return List.copyOf(statements);
    }

    public Map<String, Object> document() {
        return PolicyDocument.of(
                statements.stream().map(CallerStatement::document).toList());
    }

    private void add(String sid, String consequence, List<String> on, String... actions) {
        if (!on.isEmpty()) {
            statements.add(new CallerStatement(sid, List.of(actions), on, Map.of(), Map.of(), consequence));
        }
    }

    private void addDeliveryStreams(List<String> streams) {
        add(
                "ManageDeliveryStreams",
                "create_stream and delete_stream cannot find, create or delete the delivery stream",
                streams,
                "firehose:CreateDeliveryStream",
                "firehose:DeleteDeliveryStream",
                "firehose:DescribeDeliveryStream",
                "firehose:ListTagsForDeliveryStream",
                "firehose:TagDeliveryStream");
        add("SendPosts", "start_stream cannot send posts", streams, "firehose:PutRecordBatch");
    }

    private void addRoles(List<String> roles) {
        add(
                "ManageStreamRoles",
                "create_stream cannot create the role, or delete_stream cannot delete it",
                roles,
                "iam:CreateRole",
                "iam:DeleteRole",
                "iam:DeleteRolePolicy",
                "iam:DetachRolePolicy",
                "iam:GetRole",
                "iam:ListAttachedRolePolicies",
                "iam:ListRolePolicies",
                "iam:PutRolePolicy",
                "iam:TagRole");
        String key = "iam:PassedToService";
        statements.add(new CallerStatement(
                "PassRoleToFirehose",
                List.of("iam:PassRole"),
                roles,
                Map.of("StringLike", Map.of(key, "firehose.amazonaws.com*")),
                Map.of(key, scope.principal("firehose")),
                "create_stream cannot give the delivery stream its role"));
    }

    private void addLogGroups(String logGroup) {
        add(
                "ManageLogGroups",
                "create_stream cannot create the log group, or delete_stream cannot delete it",
                List.of(logGroup, logGroup + ":*"),
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:DeleteLogGroup",
                "logs:GetLogEvents",
                "logs:ListTagsForResource",
                "logs:PutRetentionPolicy",
                "logs:TagResource");
    }

    private void addBuckets(List<String> ownBuckets, String bucket) {
        add(
                "ManagePostBuckets",
                "create_stream cannot create the bucket, or delete_stream --delete-posts cannot delete it",
                ownBuckets,
                "s3:CreateBucket",
                "s3:DeleteBucket",
                "s3:ListBucketMultipartUploads",
                "s3:ListBucketVersions",
                "s3:PutBucketPolicy",
                "s3:PutBucketPublicAccessBlock",
                "s3:PutBucketTagging",
                "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration");
        add(
                "FindPosts",
                "create_stream and start_stream do not find the bucket",
                List.of(scope.bucketArn(bucket)),
                "s3:GetBucketTagging",
                "s3:GetEncryptionConfiguration",
                "s3:ListBucket");
        add(
                "DeletePosts",
                "delete_stream --delete-posts cannot delete the posts",
                List.of(scope.bucketArn(bucket + "/*")),
                "s3:AbortMultipartUpload",
                "s3:DeleteObject",
                "s3:DeleteObjectVersion");
    }
}
