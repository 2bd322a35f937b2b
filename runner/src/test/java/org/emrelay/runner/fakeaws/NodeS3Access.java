package org.emrelay.runner.fakeaws;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.iam.PolicyEvaluator;
import org.emrelay.runner.fakeaws.iam.RequiredPermission;
import org.emrelay.runner.fakeaws.iam.Role;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.ApiRequest;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.CommonErrors;

/** What S3 and KMS answer to the nodes of a cluster, by the policies of their role. */
public final class NodeS3Access {
    /** What S3 does with the bucket's default key, in the name of the caller. */
    private static final Map<String, List<String>> KEY_ACTIONS = Map.of(
            "PutObject", List.of("kms:GenerateDataKey"),
            "CopyObject", List.of("kms:GenerateDataKey"),
            "CreateMultipartUpload", List.of("kms:GenerateDataKey"),
            "UploadPart", List.of("kms:GenerateDataKey"),
            "CompleteMultipartUpload", List.of("kms:Decrypt"),
            "GetObject", List.of("kms:Decrypt"));

    private final IamState iam;
    private final S3State s3;
    private final RequiredPermissions permissions;

    NodeS3Access(IamState iam, S3State s3, RequiredPermissions permissions) {
        this.iam = iam;
        this.s3 = s3;
        this.permissions = permissions;
    }

    /** Throws the error that S3 answers if the role of the instance profile lacks a permission. */
    void check(String profile, ApiRequest request) {
        Role role = iam.profiles().get(profile).role();
        for (RequiredPermission required : permissions.of(request)) {
            if (!policies(role).allows(required.action(), required.resource(), required.context())) {
                throw CommonErrors.denied("s3", role.name(), required.action(), required.resource());
            }
        }
        List<String> keyActions = KEY_ACTIONS.getOrDefault(request.operation(), List.of());
        String bucket = request.resource().split("/", 2)[0];
        keyActions.stream()
                .flatMap(action -> denialOfKey(role, bucket, action).stream())
                .findFirst()
                .ifPresent(reason -> {
                    throw new AwsError(403, "AccessDenied", reason);
                });
    }

    private static PolicyEvaluator policies(Role role) {
        return new PolicyEvaluator(role.inlinePolicies().values());
    }

    /** Why a PUT of an object is denied; empty if it is not. S3 encrypts it with the bucket's default key. */
    public Optional<String> denialOfPut(String role, String bucket, String key) {
        return denial(role, "s3:PutObject", bucket, key, "kms:GenerateDataKey");
    }

    /** Why a GET of an object is denied that was encrypted with the bucket's default key; empty if it is not. */
    public Optional<String> denialOfGet(String role, String bucket, String key) {
        return denial(role, "s3:GetObject", bucket, key, "kms:Decrypt");
    }

    private Optional<String> denial(String roleName, String action, String bucket, String key, String keyAction) {
        Role role = Objects.requireNonNull(iam.roles().get(roleName), roleName);
        String object = "arn:aws:s3:::" + bucket + "/" + key;
        if (!policies(role).allows(action, object, Map.of())) {
            return Optional.of("not authorized to perform: " + action + " on resource: " + object);
        }
        return denialOfKey(role, bucket, keyAction);
    }

    private Optional<String> denialOfKey(Role role, String bucket, String action) {
        return s3.defaultKey(bucket).flatMap(key -> iam.kms().denial(role, action, key, Map.of()));
    }
}
