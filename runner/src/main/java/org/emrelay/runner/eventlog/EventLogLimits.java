package org.emrelay.runner.eventlog;

/**
 * How much of an event log is read.
 *
 * @param bytes of the decompressed log
 * @param lineBytes of a line; longer ones are skipped
 */
public record EventLogLimits(long bytes, int lineBytes) {
    /** Plans of SQL queries are the longest events: a few megabytes. */
    public static final EventLogLimits DEFAULT = new EventLogLimits(16L << 30, 16 << 20);
}
