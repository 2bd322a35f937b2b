package org.emrelay.runner.fakeaws.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.iam.PolicyValidator;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.fakeaws.wire.XmlTrees;

/** Puts, gets and deletes bucket subresources, validated as by S3 and stored as put. */
final class BucketSettingOperations {
    private static final Map<String, String> ROOTS = Map.of(
            "publicAccessBlock", "PublicAccessBlockConfiguration",
            "encryption", "ServerSideEncryptionConfiguration",
            "lifecycle", "LifecycleConfiguration",
            "tagging", "Tagging",
            "versioning", "VersioningConfiguration",
            "ownershipControls", "OwnershipControls");

    private final S3State s3;

    BucketSettingOperations(S3State s3) {
        this.s3 = s3;
    }

    void addTo(Map<String, S3Operation> operations) {
        S3Route.SETTINGS.forEach((setting, name) -> {
            operations.put("Put" + name, (route, request) -> put(setting, route, request));
            operations.put("Get" + name, (route, request) -> get(setting, route));
            operations.put(
                    "Delete" + name.replace("LifecycleConfiguration", "Lifecycle"),
                    (route, request) -> delete(setting, route));
        });
    }

    private Response put(String setting, S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        check(setting, bucket, request);
        bucket.settings.put(setting, request.bodyText());
        return Response.empty(setting.equals("policy") || setting.equals("tagging") ? 204 : 200);
    }

    private void check(String setting, Bucket bucket, Request request) {
        if (setting.equals("policy")) {
            checkPolicy(bucket, request.bodyText());
            return;
        }
        Tree tree = XmlTrees.read(request.body(), ROOTS.getOrDefault(setting, ""));
        if (setting.equals("lifecycle")) {
            tree.trees("Rule").forEach(BucketSettingOperations::checkRule);
        } else if (setting.equals("encryption")) {
            String algorithm =
                    tree.tree("Rule").tree("ApplyServerSideEncryptionByDefault").text("SSEAlgorithm", "");
            if (!algorithm.matches("AES256|aws:kms|aws:kms:dsse")) {
                throw malformed();
            }
        }
    }

    private static void checkRule(Tree rule) {
        List<String> actions =
                List.of("Expiration", "Transition", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload");
        boolean hasScope = rule.has("Filter") || rule.has("Prefix");
        if (!rule.text("Status", "").matches("Enabled|Disabled") || !hasScope) {
            throw malformed();
        }
        if (actions.stream().noneMatch(rule::has)) {
            throw new AwsError(400, "InvalidRequest", "At least one action needs to be specified in a rule");
        }
    }

    private static AwsError malformed() {
        return new AwsError(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    private static void checkPolicy(Bucket bucket, String document) {
        List<Tree> statements;
        try {
            statements = PolicyValidator.statements(document);
        } catch (AwsError error) {
            throw new AwsError(400, "MalformedPolicy", error.message());
        }
        String publicAccessBlock = bucket.settings.getOrDefault("publicAccessBlock", "");
        String arn = (bucket.region.startsWith("cn-") ? "arn:aws-cn:s3:::" : "arn:aws:s3:::") + bucket.name;
        for (Tree statement : statements) {
            if (!statement.has("Principal")) {
                throw new AwsError(400, "MalformedPolicy", "Missing required field Principal");
            }
            for (String resource : statement.texts("Resource")) {
                if (!resource.equals(arn) && !resource.startsWith(arn + "/")) {
                    throw new AwsError(400, "MalformedPolicy", "Policy has invalid resource");
                }
            }
            boolean allPrincipals = statement.texts("Principal").contains("*")
                    || statement.tree("Principal").texts("AWS").contains("*");
            if (allPrincipals
                    && statement.text("Effect", "").equals("Allow")
                    && publicAccessBlock.contains("<BlockPublicPolicy>true</BlockPublicPolicy>")) {
                throw new AwsError(
                        403,
                        "AccessDenied",
                        "Access Denied because public policies are blocked by the BlockPublicPolicy"
                                + " block public access setting.");
            }
        }
    }

    private Response get(String setting, S3Route route) {
        Bucket bucket = s3.bucket(route.bucket());
        String body = bucket.settings.get(setting);
        if (body != null) {
            return Response.bytes(200, body.getBytes(StandardCharsets.UTF_8))
                    .with("Content-Type", setting.equals("policy") ? "application/json" : "application/xml");
        }
        return switch (setting) {
            case "policy" -> throw notConfigured(bucket, "NoSuchBucketPolicy", "The bucket policy does not exist");
            case "tagging" -> throw notConfigured(bucket, "NoSuchTagSet", "The TagSet does not exist");
            case "publicAccessBlock" ->
                throw notConfigured(
                        bucket,
                        "NoSuchPublicAccessBlockConfiguration",
                        "The public access block configuration was not found");
            case "lifecycle" ->
                throw notConfigured(
                        bucket, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
            case "ownershipControls" ->
                throw notConfigured(
                        bucket, "OwnershipControlsNotFoundError", "The bucket ownership controls were not found");
            case "versioning" ->
                Response.xml(200, "<VersioningConfiguration xmlns=\"" + BucketOperations.NAMESPACE + "\"/>");
            // Since 2023, S3 encrypts every bucket by default.
            default ->
                Response.xml(
                        200,
                        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256"
                                + "</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false"
                                + "</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>");
        };
    }

    private static AwsError notConfigured(Bucket bucket, String code, String message) {
        return new AwsError(404, code, message, Map.of("BucketName", bucket.name));
    }

    private Response delete(String setting, S3Route route) {
        s3.bucket(route.bucket()).settings.remove(setting);
        return Response.empty(204);
    }
}
