package org.emrelay.runner.profile;

/** The distribution of a value over a stage's tasks. The median and the 95th percentile are accurate to 2 %; the maximum is exact. */
public record Spread(long median, long percentile95, long max) {
    public static final Spread NONE = new Spread(0, 0, 0);
}
