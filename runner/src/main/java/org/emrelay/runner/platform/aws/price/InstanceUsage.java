package org.emrelay.runner.platform.aws.price;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a cluster and its lifetime.
 *
 * @param until null while it is running
 */
public record InstanceUsage(
        String type, boolean spot, Instant since, @Nullable Instant until) {
    public InstanceUsage {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(since, "since");
    }
}
