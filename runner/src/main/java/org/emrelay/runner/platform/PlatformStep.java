package org.emrelay.runner.platform;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt is on its platform.
 *
 * @param stepId the platform's own id of it, such as {@code s-1ABC2DEF} on EMR; null if it has none or none yet
 * @param log the URI or local path of its log, whether or not it exists yet; empty if there is none
 */
public record PlatformStep(@Nullable String stepId, String log) {
    public static final PlatformStep UNKNOWN = new PlatformStep(null, "");

    public PlatformStep {
        Objects.requireNonNull(log, "log");
    }
}
