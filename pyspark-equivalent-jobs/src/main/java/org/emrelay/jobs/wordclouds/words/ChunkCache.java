package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A size-bounded cache of the words of recent chunks, shared by all tasks of a JVM.
 *
 * <p>It has two generations. When the young one is full, it becomes the old one and the previous old one is dropped;
 * an entry read from the old generation moves to the young one.
 */
final class ChunkCache {
    // Rough upper bounds: a string is two objects, an entry also has a map node, a table slot and a list.
    private static final long BYTES_PER_ENTRY = 120;
    private static final long BYTES_PER_WORD = 56;
    private static final long MAX_CHUNK_LENGTH = 256;

    private final long generationBytes;
    private volatile Generation young = new Generation();
    private volatile Generation old = new Generation();

    ChunkCache(long maxBytes) {
        this.generationBytes = maxBytes / 2;
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

    /** Caches the words of a chunk. Long chunks are not cached, because they rarely repeat. */
    void put(String chunk, List<String> words) {
        if (chunk.length() > MAX_CHUNK_LENGTH) {
            return;
        }
        Generation generation = young;
        if (generation.entries.putIfAbsent(chunk, words) == null
                && generation.bytes.addAndGet(bytes(chunk, words)) > generationBytes) {
            dropOldGeneration(generation);
        }
    }

    long bytes() {
        return young.bytes.get() + old.bytes.get();
    }

    private synchronized void dropOldGeneration(Generation full) {
        if (young == full) {
            old = full;
            young = new Generation();
        }
    }

    private static long bytes(String chunk, List<String> words) {
        long bytes = BYTES_PER_ENTRY + 2L * chunk.length();
        for (String word : words) {
            bytes += BYTES_PER_WORD + 2L * word.length();
        }
        return bytes;
    }

    private static final class Generation {
        private final Map<String, List<String>> entries = new ConcurrentHashMap<>();
        private final AtomicLong bytes = new AtomicLong();
    }
}
