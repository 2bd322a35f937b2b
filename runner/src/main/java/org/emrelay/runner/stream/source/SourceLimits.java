package org.emrelay.runner.stream.source;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a source waits for and accepts; tests make it small.
 *
 * @param request the time that a server has to answer
 * @param idle the time without a byte after which a connection is doubtful
 * @param message the bytes of a message; larger ones are dropped
 * @param ticker nanoseconds, for {@code idle}
 */
record SourceLimits(Duration request, Duration idle, int message, LongSupplier ticker) {
    /** Bluesky's records have at most 1 MB. X sends an empty line every 20 seconds. */
    static final SourceLimits DEFAULT =
            new SourceLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 16 << 20, System::nanoTime);
}
