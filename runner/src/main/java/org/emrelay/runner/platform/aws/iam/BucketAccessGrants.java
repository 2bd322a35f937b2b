package org.emrelay.runner.platform.aws.iam;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.resource.ResourceNames;

/**
 * Grants the node role the access that steps need beyond the workspace's outputs, if the role is ours.
 *
 * <p>Each bucket gets an inline policy named after the bucket and the access, so granting is idempotent, and a read
 * grant does not replace a write grant. The policies are deleted with the role.
 */
public record BucketAccessGrants(AwsContext aws, Notices notices) {
    /**
     * IAM propagates policies within seconds but does not report when. A step that starts earlier may be denied
     * access.
     */
    private static final Duration IAM_PROPAGATION = Duration.ofSeconds(10);

    public BucketAccessGrants {
        Objects.requireNonNull(aws, "aws");
        Objects.requireNonNull(notices, "notices");
    }

    /**
     * Grants the access and waits for IAM to propagate it. For a role that is not ours, only reports the policy it
     * needs.
     */
    public void grant(ResourceNames names, List<BucketAccess> accesses) {
        if (accesses.isEmpty()) {
            return;
        }
        Roles roles = new Roles(aws);
        Optional<Map<String, String>> tags = roles.findTags(names.nodeRole());
        if (tags.isEmpty() || !names.ownerTags().matches(tags.get())) {
            accesses.forEach(access -> notices.notice(
                    "The node role is not managed by Emrelay and was not changed. Unless it already has it, add this"
                            + " policy for " + access.uri() + ": " + JsonWriter.line(policy(access))));
            return;
        }
        List<String> existing = roles.inlinePolicies(names.nodeRole());
        boolean changed = false;
        for (BucketAccess access : accesses) {
            String name = access.policyName();
            if (!existing.contains(name)) {
                roles.putInlinePolicy(names.nodeRole(), name, policy(access));
                notices.notice("Granted the role " + names.nodeRole() + (access.writes() ? " read and write" : " read")
                        + " access to " + access.uri());
                changed = true;
            }
        }
        if (changed) {
            notices.notice("Waiting " + IAM_PROPAGATION.toSeconds() + " s for IAM to propagate the policy");
            aws.retry().sleep(IAM_PROPAGATION);
        }
    }

    private Map<String, Object> policy(BucketAccess access) {
        return access.policy(aws.clients().partition(), key(access));
    }

    private Optional<KmsKey> key(BucketAccess access) {
        BucketKeys keys = new BucketKeys(aws, aws::accountId);
        try {
            Optional<KmsKey> key = keys.find(access.bucket());
            key.flatMap(known -> keys.crossAccountWarning(known, access.bucket(), access.writes()))
                    .ifPresent(this::warn);
            return key;
        } catch (AwsException fault) {
            warn("Not checked: " + BucketKeys.unknown(access.bucket()) + ". " + fault.message());
            return Optional.empty();
        }
    }

    private void warn(String message) {
        notices.notice("warning: " + message);
    }
}
