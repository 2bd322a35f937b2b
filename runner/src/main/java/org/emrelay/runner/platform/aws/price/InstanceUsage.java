package org.emrelay.runner.platform.aws.price;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a cluster and the time for which it was there.
 *
 * @param until null while it is there
 */
public record InstanceUsage(
        String type, boolean spot, Instant since, @Nullable Instant until) {
    public InstanceUsage {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(since, "since");
    }
}
