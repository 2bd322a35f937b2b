package org.emrelay.runner.platform.emr.preflight;

import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.BlockPublicAccessConfiguration;

/** Checks the account: each check reports what is wrong and returns true if it finds nothing. */
final class AccountChecks {
    private final AwsContext aws;
    private final Cluster cluster;

    AccountChecks(AwsContext aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    boolean checkRelease(Consumer<String> errors) {
        String label = cluster.software().release().label();
        try {
            aws.retry()
                    .callBriefly(
                            "describe EMR release " + label,
                            () -> aws.clients().emr().describeReleaseLabel(request -> request.releaseLabel(label)));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.INVALID_REQUEST)) {
                errors.accept("ReleaseLabel: EMR release '" + label + "' does not exist in this region. "
                        + fault.awsMessage());
                return false;
            }
            throw fault;
        }
    }

    /**
     * Checks existing security groups against EMR's block public access: EMR rejects clusters with public ingress unless the account allows
     * it. Security groups created by this program have no public ingress.
     */
    boolean checkPublicAccess(Consumer<String> errors) {
        if (cluster.network().securityGroups() == null) {
            return true;
        }
        BlockPublicAccessConfiguration configuration = aws.retry()
                .callBriefly(
                        "get EMR's block public access configuration",
                        () -> aws.clients().emr().getBlockPublicAccessConfiguration(request -> {}))
                .blockPublicAccessConfiguration();
        return Boolean.TRUE.equals(configuration.blockPublicSecurityGroupRules())
                ? new SecurityGroupIngressCheck(aws, cluster, configuration).checkNoPublicIngress(errors)
                : true;
    }

    boolean checkGivenRoles(Consumer<String> errors) {
        boolean service = exists(
                "ServiceRole",
                cluster.iam().serviceRole(),
                errors,
                name -> aws.clients().iam().getRole(request -> request.roleName(name)));
        boolean profile = exists(
                "JobFlowRole",
                cluster.iam().instanceProfile(),
                errors,
                name -> aws.clients().iam().getInstanceProfile(request -> request.instanceProfileName(name)));
        return service && profile;
    }

    private boolean exists(String key, @Nullable String nameOrArn, Consumer<String> errors, Consumer<String> call) {
        if (nameOrArn == null) {
            return true;
        }
        String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
        try {
            aws.retry().callBriefly("get " + key + " " + name, () -> {
                call.accept(name);
                return Boolean.TRUE;
            });
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.NOT_FOUND)) {
                errors.accept(
                        key + ": '" + name + "' does not exist in this account. Give an existing one, or remove the"
                                + " key to create one.");
                return false;
            }
            throw fault;
        }
    }

    boolean checkGivenBucket(Consumer<String> errors) {
        String bucket = cluster.storage().bucket();
        if (bucket == null) {
            return true;
        }
        try {
            aws.retry()
                    .callBriefly(
                            "get bucket " + bucket,
                            () -> aws.clients().s3().headBucket(request -> request.bucket(bucket)));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.NOT_FOUND)) {
                errors.accept("bucket: bucket '" + bucket
                        + "' does not exist. Create it, or remove the key to let Emrelay create one.");
                return false;
            }
            throw fault;
        }
    }
}
