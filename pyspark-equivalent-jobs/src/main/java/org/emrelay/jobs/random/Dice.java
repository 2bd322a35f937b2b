package org.emrelay.jobs.random;

/**
 * Random numbers fixed for all time by a few keys (SplitMix64), so that a row is the same on any machine, Java release
 * and partition; the JDK promises that of none of its fast generators.
 */
public final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public Dice(long seed, long stream, long index) {
        state = mix(mix(mix(seed + GAMMA) + stream + GAMMA) + index + GAMMA);
    }

    /** Two different inputs never give the same output. */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    public long next() {
        state += GAMMA;
        return mix(state);
    }

    /** From 0 up to but without the bound; the bias of the remainder is far below what a title could show. */
    public long below(long bound) {
        return (next() >>> 1) % bound;
    }

    public int below(int bound) {
        return (int) below((long) bound);
    }

    public boolean percent(int chance) {
        return below(100) < chance;
    }

    /** From 0 up to but without 1. */
    public double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** From the normal distribution around 0 with a deviation of 1 (Box and Muller's way). */
    public double normal() {
        // StrictMath, for Math may give another last digit on another machine.
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    /** Numbers whose highest bit is one of those from first to last, all as likely: Zipf's law by ranks. */
    public long rank(int first, int last) {
        long least = 1L << (first + below(last - first + 1));
        return least + below(least);
    }
}
