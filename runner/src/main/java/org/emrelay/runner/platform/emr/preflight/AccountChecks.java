package org.emrelay.runner.platform.emr.preflight;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.emr.cluster.SecurityConfigurations;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the account has what the cluster file names, and that the names of the resources to create are free or used
 * by an earlier creation of the same cluster.
 */
record AccountChecks(AwsContext aws, Cluster cluster, ResourceNames names, Consumer<String> errors) {
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
            if (!new SecurityConfigurations(aws).exists(name)) {
                errors.accept("SecurityConfiguration: '" + name + "' does not exist in this region. Give an existing"
                        + " one, or remove the key to create one.");
            }
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

    void checkServiceRoleName() {
        if (cluster.iam().serviceRole() == null) {
            checkOwner("role", names.serviceRole(), new Roles(aws).findTags(names.serviceRole()));
        }
    }

    void checkNodeRoleName() {
        if (cluster.iam().instanceProfile() == null) {
            checkOwner("role", names.nodeRole(), new Roles(aws).findTags(names.nodeRole()));
        }
    }

    void checkInstanceProfileName() {
        if (cluster.iam().instanceProfile() == null) {
            checkOwner(
                    "instance profile",
                    names.nodeRole(),
                    new InstanceProfiles(aws).find(names.nodeRole()).map(InstanceProfiles.Profile::tags));
        }
    }

    /** Returns whether the bucket exists from an earlier cluster of this name. A creation that crashed early leaves it untagged. */
    boolean checkBucketName() {
        Buckets buckets = new Buckets(aws);
        Optional<String> existing = buckets.list(ResourceNames.PREFIX).stream()
                .filter(name -> name.matches(ResourceNames.PREFIX + "\\d+" + Pattern.quote(names.bucketSuffix())))
                .findFirst();
        existing.ifPresent(
                name -> checkOwner("bucket", name, buckets.findTags(name).filter(tags -> !tags.isEmpty())));
        return existing.isPresent();
    }

    private void checkOwner(String kind, String name, Optional<Map<String, String>> tags) {
        if (tags.isPresent() && !names.ownerTags().matches(tags.get())) {
            errors.accept("The " + kind + " " + name + " already exists, and its tags do not match this"
                    + " cluster. Choose another cluster name with -c.");
        }
    }
}
