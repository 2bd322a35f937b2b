package org.emrelay.runner.platform.aws.iam;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceNames;

/**
 * Gives the nodes' role, where it is ours, a policy for each bucket that steps need beside the workspace's. Each is named for its bucket and for what is
 * allowed, so that giving it again changes nothing, and reading takes no right to write away. The role takes them with it when it is removed.
 */
public final class BucketAccessGrants {
    /** IAM tells everybody within seconds, and nobody when it has: a step that starts sooner may be refused. */
    private static final Duration UNTIL_KNOWN_EVERYWHERE = Duration.ofSeconds(10);

    private final AwsContext aws;
    private final Consumer<String> say;

    public BucketAccessGrants(AwsContext aws, Consumer<String> say) {
        this.aws = Objects.requireNonNull(aws, "aws");
        this.say = Objects.requireNonNull(say, "say");
    }

    /** Lets the role do what is needed, and waits until it may; a role that was given is left as it is, and what it may lack is said. */
    public void give(ResourceNames names, OwnerTags ownership, List<BucketAccess> uses) {
        if (uses.isEmpty()) {
            return;
        }
        Roles roles = new Roles(aws);
        Optional<Map<String, String>> tags = roles.find(names.nodeRole());
        if (tags.isEmpty() || !ownership.isIn(tags.get())) {
            uses.forEach(use ->
                    say.accept("The nodes' role was given and is left as it is. Unless it has it already, it needs this"
                            + " statement for s3://" + use.bucket() + ": " + JsonWriter.line(policy(use))));
            return;
        }
        List<String> there = roles.ownPolicies(names.nodeRole());
        boolean news = false;
        for (BucketAccess use : uses) {
            String name = BucketPolicy.name(use.bucket(), use.written());
            if (!there.contains(name)) {
                roles.putPolicy(names.nodeRole(), name, policy(use));
                say.accept("The role " + names.nodeRole() + " may now " + (use.written() ? "read and write" : "read")
                        + " s3://" + use.bucket());
                news = true;
            }
        }
        if (news) {
            say.accept("Waiting " + UNTIL_KNOWN_EVERYWHERE.toSeconds() + " s until IAM has told that everywhere");
            aws.patience().sleep(UNTIL_KNOWN_EVERYWHERE);
        }
    }

    private Map<String, Object> policy(BucketAccess use) {
        return BucketPolicy.of(aws.clients().partition(), use.bucket(), use.written());
    }
}
