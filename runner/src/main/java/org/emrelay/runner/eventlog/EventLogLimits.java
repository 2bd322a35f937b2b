package org.emrelay.runner.eventlog;

/**
 * The limits for reading an event log.
 *
 * @param bytes the maximum size of the decompressed log
 * @param lineBytes the maximum length of a line; longer lines are skipped
 */
public record EventLogLimits(long bytes, int lineBytes) {
    /** The defaults. Plans of SQL queries are the longest events, with a few megabytes. */
    public static final EventLogLimits DEFAULT = new EventLogLimits(16L << 30, 16 << 20);
}
