package org.emrelay.runner.fakeaws;

import static org.emrelay.runner.fakeaws.iam.RequiredPermission.on;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.ec2.SecurityGroup;
import org.emrelay.runner.fakeaws.emr.EmrState;
import org.emrelay.runner.fakeaws.emr.FakeCluster;
import org.emrelay.runner.fakeaws.iam.RequiredPermission;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.ApiRequest;
import org.emrelay.runner.fakeaws.wire.PercentEncoding;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.fakeaws.wire.XmlTrees;

/** The permissions that each operation needs, as the Service Authorization Reference lists them. */
record RequiredPermissions(AccountIdentity identity, Ec2State ec2, S3State s3, EmrState emr) {
    private static final String ANY = "*";

    /** The S3 operations whose action has another name. */
    private static final Map<String, String> S3_ACTIONS = Map.ofEntries(
            Map.entry("HeadBucket", "ListBucket"),
            Map.entry("ListBuckets", "ListAllMyBuckets"),
            Map.entry("ListObjects", "ListBucket"),
            Map.entry("ListObjectsV2", "ListBucket"),
            Map.entry("ListObjectVersions", "ListBucketVersions"),
            Map.entry("ListMultipartUploads", "ListBucketMultipartUploads"),
            Map.entry("GetBucketEncryption", "GetEncryptionConfiguration"),
            Map.entry("PutBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
            Map.entry("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("HeadObject", "GetObject"),
            Map.entry("CreateMultipartUpload", "PutObject"),
            Map.entry("UploadPart", "PutObject"),
            Map.entry("CompleteMultipartUpload", "PutObject"),
            Map.entry("ListParts", "ListMultipartUploadParts"));

    List<RequiredPermission> of(ApiRequest request) {
        String action = request.service() + ":" + request.operation();
        return switch (request.service()) {
            case "sts" -> List.of();
            case "elasticmapreduce" -> ofEmr(action, request.parameters());
            case "ec2" -> ofEc2(action, request.parameters());
            case "iam" -> ofIam(action, request.parameters());
            case "s3" -> ofS3(request);
            case "firehose" -> ofFirehose(action, request.parameters());
            case "logs" -> ofLogs(action, request.parameters());
            default -> List.of(on(action, ANY));
        };
    }

    private List<RequiredPermission> ofEmr(String action, Tree request) {
        if (action.endsWith(":RunJobFlow")) {
            return ofRunJobFlow(request);
        }
        List<String> clusters = Stream.of("ClusterId", "JobFlowId", "JobFlowIds")
                .flatMap(key -> request.texts(key).stream())
                .toList();
        if (clusters.isEmpty()) {
            return List.of(on(action, ANY));
        }
        return clusters.stream()
                .map(id -> new RequiredPermission(action, cluster(id), resourceTags(clusterTags(id))))
                .toList();
    }

    /** EMR documents that the policies of a new cluster need their actions, but not when it checks them. */
    private List<RequiredPermission> ofRunJobFlow(Tree request) {
        Map<String, String> tags = requestTags(request.trees("Tags"));
        List<RequiredPermission> required = new ArrayList<>();
        required.add(new RequiredPermission("elasticmapreduce:RunJobFlow", ANY, tags));
        if (!tags.isEmpty()) {
            required.add(new RequiredPermission("elasticmapreduce:AddTags", cluster(ANY), tags));
        }
        for (String policy : List.of("AutoTerminationPolicy", "ManagedScalingPolicy")) {
            if (request.has(policy)) {
                required.add(on("elasticmapreduce:Put" + policy, cluster(ANY)));
            }
        }
        required.add(passRole(request.text("ServiceRole", ""), "elasticmapreduce"));
        required.add(passRole(request.text("JobFlowRole", ""), "ec2"));
        return required;
    }

    private RequiredPermission passRole(String nameOrArn, String service) {
        String arn = nameOrArn.startsWith("arn:") ? nameOrArn : identity.iamArn("role/" + nameOrArn);
        return new RequiredPermission(
                "iam:PassRole",
                arn.replace(":instance-profile/", ":role/"),
                Map.of("iam:PassedToService", identity.principal(service)));
    }

    private String cluster(String id) {
        return identity.arn("elasticmapreduce", "cluster/" + id);
    }

    private Map<String, String> clusterTags(String id) {
        return emr.clusters().stream()
                .filter(cluster -> cluster.id().equals(id))
                .findFirst()
                .map(FakeCluster::tags)
                .orElse(Map.of());
    }

    private List<RequiredPermission> ofEc2(String action, Tree request) {
        if (action.matches("ec2:(Describe|Get).*")) {
            return List.of(on(action, ANY));
        } else if (!action.endsWith("SecurityGroup") && !action.matches(".*SecurityGroup(Ingress|Egress)")) {
            throw new IllegalStateException("unknown permissions of " + action);
        } else if (!action.equals("ec2:CreateSecurityGroup")) {
            String id = request.text("GroupId", "");
            SecurityGroup group = ec2.groups().get(id);
            Map<String, String> tags = group == null ? Map.of() : group.tags();
            return List.of(
                    new RequiredPermission(action, identity.arn("ec2", "security-group/" + id), resourceTags(tags)));
        }
        String newGroup = identity.arn("ec2", "security-group/*");
        Map<String, String> tags = requestTags(request.tree("TagSpecification").trees("Tag"));
        Map<String, String> tagContext = new LinkedHashMap<>(tags);
        tagContext.put("ec2:CreateAction", "CreateSecurityGroup");
        return List.of(
                new RequiredPermission(action, newGroup, tags),
                on(action, identity.arn("ec2", "vpc/" + request.text("VpcId", ""))),
                new RequiredPermission("ec2:CreateTags", newGroup, tagContext));
    }

    private List<RequiredPermission> ofIam(String action, Tree request) {
        String role = identity.iamArn("role/" + request.text("RoleName", ""));
        String profile = identity.iamArn("instance-profile/" + request.text("InstanceProfileName", ""));
        return switch (action) {
            case "iam:ListRoles", "iam:ListInstanceProfiles" -> List.of(on(action, ANY));
            case "iam:SimulatePrincipalPolicy" -> List.of(on(action, request.text("PolicySourceArn", "")));
            case "iam:CreateRole" -> List.of(on(action, role), on("iam:TagRole", role));
            case "iam:CreateInstanceProfile" -> List.of(on(action, profile), on("iam:TagInstanceProfile", profile));
            case "iam:AddRoleToInstanceProfile" ->
                List.of(on(action, profile), passRole(request.text("RoleName", ""), "ec2"));
            default -> List.of(on(action, request.has("InstanceProfileName") ? profile : role));
        };
    }

    private List<RequiredPermission> ofFirehose(String action, Tree request) {
        String stream = identity.arn("firehose", "deliverystream/" + request.text("DeliveryStreamName", ""));
        if (!action.endsWith(":CreateDeliveryStream")) {
            return List.of(on(action, stream));
        }
        Map<String, String> tags = requestTags(request.trees("Tags"));
        return List.of(
                new RequiredPermission(action, stream, tags),
                new RequiredPermission("firehose:TagDeliveryStream", stream, tags),
                passRole(request.tree("ExtendedS3DestinationConfiguration").text("RoleARN", ""), "firehose"));
    }

    private List<RequiredPermission> ofLogs(String action, Tree request) {
        String group = identity.arn("logs", "log-group:" + request.text("logGroupName", ""));
        return switch (action) {
            case "logs:CreateLogGroup" -> List.of(on(action, group), on("logs:TagResource", group));
            case "logs:ListTagsForResource" -> List.of(on(action, request.text("resourceArn", "")));
            case "logs:GetLogEvents" -> List.of(on(action, group + ":log-stream:" + request.text("logStreamName", "")));
            default -> List.of(on(action, group));
        };
    }

    private List<RequiredPermission> ofS3(ApiRequest request) {
        String operation = request.operation();
        String action = "s3:" + S3_ACTIONS.getOrDefault(operation, operation);
        String arn = operation.equals("ListBuckets") ? ANY : identity.s3Arn(request.resource());
        List<RequiredPermission> required = new ArrayList<>();
        switch (operation) {
            case "CopyObject" -> {
                String source = Objects.requireNonNull(request.http().header("x-amz-copy-source"));
                required.add(on(
                        "s3:GetObject",
                        identity.s3Arn(PercentEncoding.decode(source).replaceFirst("^/", ""))));
                required.add(on("s3:PutObject", arn));
            }
            case "ListObjects", "ListObjectsV2", "ListMultipartUploads" ->
                required.add(new RequiredPermission(
                        action, arn, Map.of("s3:prefix", request.http().query().getOrDefault("prefix", ""))));
            case "DeleteObjects" -> addDeletions(request, arn, required);
            case "GetObject", "HeadObject" -> {
                required.add(on(action, arn));
                if (!s3.objectExists(request.resource())) {
                    String bucket = arn.substring(0, arn.indexOf('/'));
                    required.add(on("s3:ListBucket", bucket));
                }
            }
            default -> required.add(on(action, arn));
        }
        return required;
    }

    private static void addDeletions(ApiRequest request, String bucket, List<RequiredPermission> required) {
        for (Tree object : XmlTrees.read(request.http().body(), "Delete").trees("Object")) {
            required.add(on(
                    object.has("VersionId") ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
                    bucket + "/" + object.text("Key")));
        }
    }

    private static Map<String, String> requestTags(List<Tree> tags) {
        Map<String, String> context = new LinkedHashMap<>();
        tags.forEach(tag -> context.put("aws:RequestTag/" + tag.text("Key"), tag.text("Value", "")));
        return context;
    }

    private static Map<String, String> resourceTags(Map<String, String> tags) {
        Map<String, String> context = new LinkedHashMap<>();
        tags.forEach((key, value) -> context.put("aws:ResourceTag/" + key, value));
        return context;
    }
}
