package org.emrelay.runner.platform.aws.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.jspecify.annotations.Nullable;

/**
 * The existing AWS resources of a stream, by name and tag.
 *
 * @param deliveryStream null if there is none
 * @param role its policies; null if there is no role
 * @param bucket whether the stream's own bucket exists
 * @param notOwned resources with the stream's names but without its tags, such as {@code Role x}
 */
record ExistingStream(
        StreamNames names,
        @Nullable StreamDescription deliveryStream,
        @Nullable RolePolicies role,
        boolean logGroup,
        boolean bucket,
        List<String> notOwned) {
    ExistingStream {
        notOwned = List.copyOf(notOwned);
    }

    /** The policies of a role, which must be deleted or detached first. */
    record RolePolicies(List<String> inline, List<String> attached) {
        RolePolicies {
            inline = List.copyOf(inline);
            attached = List.copyOf(attached);
        }
    }

    Optional<StreamDescription> delivery() {
        return Optional.ofNullable(deliveryStream);
    }

    /** Whether there is nothing to delete, not counting the bucket. */
    boolean hasNothingToDelete() {
        return deliveryStream == null && role == null && !logGroup;
    }

    /** The resources to delete, for a confirmation. */
    String summary() {
        List<String> items = new ArrayList<>();
        delivery()
                .ifPresent(
                        found -> items.add("delivery stream " + found.deliveryStream() + " (" + found.state() + ")"));
        if (role != null) {
            items.add("role " + names.role());
        }
        if (logGroup) {
            items.add("log group " + names.logGroup());
        }
        return items.isEmpty() ? "nothing" : String.join(", ", items);
    }
}
