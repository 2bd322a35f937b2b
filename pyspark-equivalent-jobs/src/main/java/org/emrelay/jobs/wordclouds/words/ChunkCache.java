package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The words of chunks that were met lately, shared by all tasks of a JVM. What it holds is bounded in bytes: when the
 * younger half is full, the older one is forgotten, and what is still asked for moves to the young.
 */
final class ChunkCache {
    // Two objects in a string, a node and its place in a table, a list; generous rather than exact.
    private static final long BYTES_OF_AN_ENTRY = 120;
    private static final long BYTES_OF_A_WORD = 56;
    private static final long LONGEST_CHUNK = 256;

    private final long bytesOfAHalf;
    private volatile Half young = new Half();
    private volatile Half old = new Half();

    ChunkCache(long bytes) {
        this.bytesOfAHalf = bytes / 2;
    }

    @Nullable
    List<String> get(String chunk) {
        List<String> words = young.entries.get(chunk);
        if (words == null) {
            words = old.entries.get(chunk);
            if (words != null) {
                put(chunk, words);
            }
        }
        return words;
    }

    /** Remembers the words for a while; not those of long chunks, which hardly come again. */
    void put(String chunk, List<String> words) {
        if (chunk.length() > LONGEST_CHUNK) {
            return;
        }
        Half half = young;
        if (half.entries.putIfAbsent(chunk, words) == null
                && half.bytes.addAndGet(bytes(chunk, words)) > bytesOfAHalf) {
            forgetTheOld(half);
        }
    }

    long bytes() {
        return young.bytes.get() + old.bytes.get();
    }

    private synchronized void forgetTheOld(Half full) {
        if (young == full) {
            old = full;
            young = new Half();
        }
    }

    private static long bytes(String chunk, List<String> words) {
        long bytes = BYTES_OF_AN_ENTRY + 2L * chunk.length();
        for (String word : words) {
            bytes += BYTES_OF_A_WORD + 2L * word.length();
        }
        return bytes;
    }

    private static final class Half {
        private final Map<String, List<String>> entries = new ConcurrentHashMap<>();
        private final AtomicLong bytes = new AtomicLong();
    }
}
