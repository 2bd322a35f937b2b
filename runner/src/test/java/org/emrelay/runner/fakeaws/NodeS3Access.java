package org.emrelay.runner.fakeaws;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.iam.PolicyEvaluator;
import org.emrelay.runner.fakeaws.iam.Role;
import org.emrelay.runner.fakeaws.s3.S3State;

/** What S3 and KMS answer to the nodes of a cluster, by the policies of their role. */
public final class NodeS3Access {
    private final IamState iam;
    private final S3State s3;

    NodeS3Access(IamState iam, S3State s3) {
        this.iam = iam;
        this.s3 = s3;
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
        if (!new PolicyEvaluator(role.inlinePolicies().values()).allows(action, object, Map.of())) {
            return Optional.of("not authorized to perform: " + action + " on resource: " + object);
        }
        return s3.defaultKey(bucket).flatMap(kmsKey -> iam.kms().denial(role, keyAction, kmsKey, Map.of()));
    }
}
