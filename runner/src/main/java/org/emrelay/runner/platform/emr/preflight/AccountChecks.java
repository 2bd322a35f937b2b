package org.emrelay.runner.platform.emr.preflight;

import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.BlockPublicAccessConfiguration;

/** Looks at what the account has and allows; each look tells what is wrong and is true when it found nothing. */
final class AccountChecks {
    private final AwsContext aws;
    private final Cluster cluster;

    AccountChecks(AwsContext aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    boolean release(Consumer<String> error) {
        String label = cluster.software().release().label();
        try {
            aws.patience()
                    .askBriefly(
                            "look at the release " + label,
                            () -> aws.clients().emr().describeReleaseLabel(request -> request.releaseLabel(label)));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.INVALID)) {
                error.accept("ReleaseLabel: EMR has no release '" + label + "' in this region. " + fault.said());
                return false;
            }
            throw fault;
        }
    }

    /** Our groups let nobody in; groups that are given may, and then EMR refuses the cluster unless the account allows it. */
    boolean publicAccess(Consumer<String> error) {
        if (cluster.network().securityGroups() == null) {
            return true;
        }
        BlockPublicAccessConfiguration configuration = aws.patience()
                .askBriefly(
                        "look at whether EMR blocks public access",
                        () -> aws.clients().emr().getBlockPublicAccessConfiguration(request -> {}))
                .blockPublicAccessConfiguration();
        return Boolean.TRUE.equals(configuration.blockPublicSecurityGroupRules())
                ? new SecurityGroupIngressCheck(aws, cluster, configuration).letNobodyIn(error)
                : true;
    }

    boolean givenRoles(Consumer<String> error) {
        boolean service = given(
                "ServiceRole",
                cluster.access().serviceRole(),
                error,
                name -> aws.clients().iam().getRole(request -> request.roleName(name)));
        boolean profile = given(
                "JobFlowRole",
                cluster.access().instanceProfile(),
                error,
                name -> aws.clients().iam().getInstanceProfile(request -> request.instanceProfileName(name)));
        return service && profile;
    }

    private boolean given(String key, @Nullable String given, Consumer<String> error, Consumer<String> look) {
        if (given == null) {
            return true;
        }
        String name = given.substring(given.lastIndexOf('/') + 1);
        try {
            aws.patience().askBriefly("look at " + name, () -> {
                look.accept(name);
                return Boolean.TRUE;
            });
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ABSENT)) {
                error.accept(key + ": there is no '" + name + "' in this account. Name one that is there, or remove the"
                        + " key to have one made.");
                return false;
            }
            throw fault;
        }
    }

    boolean givenBucket(Consumer<String> error) {
        String bucket = cluster.storage().bucket();
        if (bucket == null) {
            return true;
        }
        try {
            aws.patience()
                    .askBriefly(
                            "look at the bucket " + bucket,
                            () -> aws.clients().s3().headBucket(request -> request.bucket(bucket)));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ABSENT)) {
                error.accept(
                        "bucket: there is no bucket '" + bucket + "'. Make it, or remove the key to have one made.");
                return false;
            }
            throw fault;
        }
    }
}
