package org.sparkpipelines.jobs.wordclouds.titles;

/**
 * Random numbers fixed for all time by a few keys (SplitMix64), so that a row is the same on any machine, Java release
 * and partition; the JDK promises that of none of its fast generators.
 */
final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed, long stream, long index) {
        state = mix(mix(mix(seed + GAMMA) + stream + GAMMA) + index + GAMMA);
    }

    /** Two different inputs never give the same output. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    long next() {
        state += GAMMA;
        return mix(state);
    }

    /** From 0 up to but without the bound; the bias of the remainder is far below what a title could show. */
    long below(long bound) {
        return (next() >>> 1) % bound;
    }

    int below(int bound) {
        return (int) below((long) bound);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    /** From 0 up to but without 1. */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Numbers whose highest bit is one of those from first to last, all as likely: Zipf's law by ranks. */
    long rank(int first, int last) {
        long least = 1L << (first + below(last - first + 1));
        return least + below(least);
    }
}
