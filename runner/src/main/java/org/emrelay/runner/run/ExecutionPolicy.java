package org.emrelay.runner.run;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an execution stops before its steps have ended.
 *
 * @param onInterrupt {@link InterruptPolicy#DETACH} only on a platform that outlives the runner
 * @param maxCost what the cluster may cost, in US dollars; null for no limit
 */
public record ExecutionPolicy(
        InterruptPolicy onInterrupt, @Nullable BigDecimal maxCost) {
    public ExecutionPolicy {
        Objects.requireNonNull(onInterrupt, "onInterrupt");
    }

    public static ExecutionPolicy of(InterruptPolicy onInterrupt) {
        return new ExecutionPolicy(onInterrupt, null);
    }
}
