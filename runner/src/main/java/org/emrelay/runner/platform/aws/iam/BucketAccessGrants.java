package org.emrelay.runner.platform.aws.iam;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.ResourceNames;

/**
 * Grants the node role the access that steps need beyond the workspace, if the role is ours.
 *
 * <p>All runs of a cluster share one inline policy, {@link StepAccessPolicy}. The KMS key of a bucket has a policy of its own. They are
 * deleted with the role.
 */
public record BucketAccessGrants(AwsContext aws, Notices notices) {
    /**
     * IAM propagates policies within seconds but does not report when. A step that starts earlier may be denied
     * access.
     */
    private static final Duration IAM_PROPAGATION = Duration.ofSeconds(10);

    /** Another runner that adds steps may replace the policy at the same time. */
    private static final int MAX_ATTEMPTS = 5;

    public BucketAccessGrants {
        Objects.requireNonNull(aws, "aws");
        Objects.requireNonNull(notices, "notices");
    }

    /**
     * Grants the access and waits for IAM to propagate it. For a role that is not ours, only reports the policy it
     * needs.
     */
    public void grant(ResourceNames names, Set<BucketAccess> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Roles roles = new Roles(aws);
        String role = names.nodeRole();
        Optional<Map<String, String>> tags = roles.findTags(role);
        if (tags.isEmpty() || !names.ownerTags().matches(tags.get())) {
            recommend(wanted);
            return;
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            List<String> policies = roles.inlinePolicies(role);
            StepAccessPolicy granted =
                    policies.contains(StepAccessPolicy.NAME) ? read(role, roles) : StepAccessPolicy.NONE;
            List<BucketAccess> missing =
                    wanted.stream().filter(each -> !granted.covers(each)).toList();
            if (missing.isEmpty()) {
                return;
            }
            put(role, granted.plus(wanted), roles);
            missing.forEach(each -> notices.notice("Granted the role " + role + " access to S3: " + each.text()));
            grantKeys(role, missing, policies, roles);
            notices.notice("Waiting " + IAM_PROPAGATION.toSeconds() + " s for IAM to propagate the policy");
            aws.retry().sleep(IAM_PROPAGATION);
        }
        throw new RefusedException("Other runners keep replacing the policy " + StepAccessPolicy.NAME + " of the role "
                + role + ". Add the steps again when they have finished.");
    }

    private void recommend(Set<BucketAccess> wanted) {
        notices.notice(
                "The node role is not managed by Emrelay and was not changed. Unless it already has it, add this policy: "
                        + JsonWriter.line(StepAccessPolicy.NONE
                                .plus(wanted)
                                .document(aws.clients().partition())));
        keys(wanted)
                .forEach((bucket, writes) -> key(bucket, writes)
                        .ifPresent(
                                key -> notices.warn("The bucket " + bucket + " is encrypted. The node role also needs: "
                                        + JsonWriter.line(keyPolicy(key, writes)))));
    }

    private static StepAccessPolicy read(String role, Roles roles) {
        try {
            return StepAccessPolicy.parse(roles.inlinePolicy(role, StepAccessPolicy.NAME));
        } catch (MalformedJsonException exception) {
            throw new RefusedException("The policy " + StepAccessPolicy.NAME + " of the role " + role
                    + " was changed by someone else (" + exception.getMessage()
                    + "). Delete it and add the steps again.");
        }
    }

    /** Widens a policy that exceeds IAM's limit. */
    private void put(String role, StepAccessPolicy policy, Roles roles) {
        try {
            roles.putInlinePolicy(
                    role, StepAccessPolicy.NAME, policy.document(aws.clients().partition()));
        } catch (AwsException fault) {
            StepAccessPolicy wider = policy.wider().orElse(null);
            if (!fault.is(Kind.LIMIT_EXCEEDED) || wider == null) {
                throw fault;
            }
            warn("The steps use more locations in S3 than the policies of a role can list (10,240 characters)."
                    + " The nodes get access to all of " + wider.wholeBuckets());
            put(role, wider, roles);
        }
    }

    private void grantKeys(String role, List<BucketAccess> accesses, List<String> policies, Roles roles) {
        keys(accesses).forEach((bucket, writes) -> {
            String name = (writes ? "write-key-" : "read-key-") + bucket;
            if (!policies.contains(name)) {
                key(bucket, writes).ifPresent(key -> roles.putInlinePolicy(role, name, keyPolicy(key, writes)));
            }
        });
    }

    /** Whether the accesses write, by bucket. */
    private static Map<String, Boolean> keys(Iterable<BucketAccess> accesses) {
        Map<String, Boolean> writes = new LinkedHashMap<>();
        accesses.forEach(access -> writes.merge(access.bucket(), access.writes(), Boolean::logicalOr));
        return writes;
    }

    private static Map<String, Object> keyPolicy(KmsKey key, boolean writes) {
        return PolicyDocument.of(List.of(KmsKeyPolicy.forBucket("UseTheKey", key.arn(), writes)));
    }

    private Optional<KmsKey> key(String bucket, boolean writes) {
        BucketKeys keys = new BucketKeys(aws, aws::accountId);
        try {
            Optional<KmsKey> key = keys.find(bucket);
            key.flatMap(known -> keys.crossAccountWarning(known, bucket, writes))
                    .ifPresent(this::warn);
            return key;
        } catch (AwsException fault) {
            warn("Not checked: " + BucketKeys.unknown(bucket) + ". " + fault.message());
            return Optional.empty();
        }
    }

    private void warn(String message) {
        notices.warn(message);
    }
}
