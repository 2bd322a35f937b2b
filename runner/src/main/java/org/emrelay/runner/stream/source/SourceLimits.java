package org.emrelay.runner.stream.source;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The timeouts and size limits of a source; tests use smaller ones.
 *
 * @param request how long a server may take to answer
 * @param idle the time without a byte after which a connection may be dead
 * @param message the maximum size of a message in bytes; larger ones are dropped
 * @param ticker nanoseconds, for {@code idle}
 */
record SourceLimits(Duration request, Duration idle, int message, LongSupplier ticker) {
    /** Bluesky's records have at most 1 MB. X sends an empty line every 20 seconds. */
    static final SourceLimits DEFAULT =
            new SourceLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 16 << 20, System::nanoTime);
}
