package org.emrelay.runner.profile;

/** How the values of a stage's tasks spread. The median and the 95th percentile are within 2 %; the largest value is exact. */
public record Spread(long median, long percentile95, long max) {
    public static final Spread NONE = new Spread(0, 0, 0);
}
