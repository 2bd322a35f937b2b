package org.emrelay.runner.platform.emr.preflight;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.jspecify.annotations.Nullable;

/** Checks that the account has what the cluster file names. */
final class AccountChecks {
    private final AwsContext aws;
    private final Cluster cluster;
    private final Consumer<String> errors;

    AccountChecks(AwsContext aws, Cluster cluster, Consumer<String> errors) {
        this.aws = aws;
        this.cluster = cluster;
        this.errors = errors;
    }

    void checkRelease() {
        String label = cluster.software().release().label();
        report(
                Kind.INVALID_REQUEST,
                fault -> "ReleaseLabel: EMR release '" + label + "' does not exist in this region. "
                        + fault.awsMessage(),
                "describe EMR release " + label,
                () -> aws.emr().describeReleaseLabel(request -> request.releaseLabel(label)));
    }

    void checkGivenRoles() {
        checkExists(
                "ServiceRole",
                cluster.iam().serviceRole(),
                name -> aws.iam().getRole(request -> request.roleName(name)));
        checkExists(
                "JobFlowRole",
                cluster.iam().instanceProfile(),
                name -> aws.iam().getInstanceProfile(request -> request.instanceProfileName(name)));
    }

    private <T> void checkExists(String key, @Nullable String nameOrArn, Function<String, T> call) {
        if (nameOrArn != null) {
            String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
            report(
                    Kind.NOT_FOUND,
                    fault -> key + ": '" + name + "' does not exist in this account. Give an existing one, or remove"
                            + " the key to create one.",
                    "get " + key + " " + name,
                    () -> call.apply(name));
        }
    }

    void checkGivenBucket() {
        String bucket = cluster.storage().bucket();
        if (bucket != null) {
            report(
                    Kind.NOT_FOUND,
                    fault -> "bucket: bucket '" + bucket
                            + "' does not exist. Create it, or remove the key to let Emrelay create one.",
                    "get bucket " + bucket,
                    () -> aws.s3().headBucket(request -> request.bucket(bucket)));
        }
    }

    void checkSecurityConfiguration() {
        String name = cluster.iam().securityConfiguration();
        if (name != null) {
            report(
                    Kind.NOT_FOUND,
                    fault -> "SecurityConfiguration: '" + name + "' does not exist in this region. Give an existing"
                            + " one, or remove the key to create one.",
                    "describe security configuration " + name,
                    () -> aws.emr().describeSecurityConfiguration(request -> request.name(name)));
        }
    }

    /** Makes a call and reports an error of this kind; others are thrown. */
    private <T> void report(Kind kind, Function<AwsException, String> message, String operation, Supplier<T> call) {
        try {
            aws.callBriefly(operation, call);
        } catch (AwsException fault) {
            if (!fault.is(kind)) {
                throw fault;
            }
            errors.accept(message.apply(fault));
        }
    }
}
