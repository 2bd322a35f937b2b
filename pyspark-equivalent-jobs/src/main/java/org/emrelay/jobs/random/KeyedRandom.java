package org.emrelay.jobs.random;

/**
 * Pseudo-random numbers determined by seed, stream and index (SplitMix64).
 *
 * <p>A generated row is identical on every machine, Java release and partition. The JDK guarantees this for none of
 * its fast generators.
 */
public final class KeyedRandom {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public KeyedRandom(long seed, long stream, long index) {
        state = mix(mix(mix(seed + GAMMA) + stream + GAMMA) + index + GAMMA);
    }

    /** SplitMix64's finalizer, a bijection: different inputs have different outputs. */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** Uniform in [0, bound). The modulo bias is negligible for the bounds used here. */
    public long nextBelow(long bound) {
        return (nextLong() >>> 1) % bound;
    }

    public int nextBelow(int bound) {
        return (int) nextBelow((long) bound);
    }

    /** True with a probability of {@code percent} %. */
    public boolean nextBoolean(int percent) {
        return nextBelow(100) < percent;
    }

    /** Uniform in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Standard normal distribution (Box–Muller transform). */
    public double nextGaussian() {
        // Results of Math may differ in the last digit between machines; StrictMath's do not.
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
    }

    /**
     * A rank that follows Zipf's law: the position of its highest bit is uniform from {@code first} to {@code last}.
     */
    public long nextZipfRank(int first, int last) {
        long min = 1L << (first + nextBelow(last - first + 1));
        return min + nextBelow(min);
    }
}
