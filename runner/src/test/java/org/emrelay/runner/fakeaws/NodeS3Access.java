package org.emrelay.runner.fakeaws;

import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.iam.PolicyEvaluator;
import org.emrelay.runner.fakeaws.iam.RequiredPermission;
import org.emrelay.runner.fakeaws.iam.Role;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.ApiRequest;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.CommonErrors;

/** Refuses the S3 calls of nodes that the policies of their role do not allow. */
record NodeS3Access(IamState iam, S3State s3, RequiredPermissions permissions) {
    /** What S3 does with the default key of the bucket, on behalf of the caller. */
    private static final Map<String, String> KEY_ACTIONS = Map.of(
            "PutObject", "kms:GenerateDataKey",
            "CopyObject", "kms:GenerateDataKey",
            "CreateMultipartUpload", "kms:GenerateDataKey",
            "UploadPart", "kms:GenerateDataKey",
            "CompleteMultipartUpload", "kms:Decrypt",
            "GetObject", "kms:Decrypt");

    /** HeadObject needs the key only to show checksums. */
    private static Optional<String> keyAction(ApiRequest request) {
        boolean showsChecksum = request.operation().equals("HeadObject")
                && "ENABLED".equals(request.http().header("x-amz-checksum-mode"));
        return Optional.ofNullable(showsChecksum ? "kms:Decrypt" : KEY_ACTIONS.get(request.operation()));
    }

    /** Throws {@link AwsError} if the role of the instance profile lacks a permission. */
    void check(String profile, ApiRequest request) {
        Role role = iam.profiles().get(profile).role();
        PolicyEvaluator policies = new PolicyEvaluator(role.inlinePolicies().values());
        for (RequiredPermission required : permissions.of(request)) {
            if (!policies.allows(required.action(), required.resource(), required.context())) {
                throw CommonErrors.denied("s3", role.name(), required.action(), required.resource());
            }
        }
        String bucket = request.resource().split("/", 2)[0];
        keyAction(request)
                .flatMap(action ->
                        s3.defaultKey(bucket).flatMap(key -> iam.kms().denial(role, action, key, Map.of())))
                .ifPresent(reason -> {
                    throw new AwsError(403, "AccessDenied", reason);
                });
    }
}
