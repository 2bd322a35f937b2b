package org.emrelay.jobs.wordclouds.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkCacheTest {
    private static final int MAX_BYTES = 100_000;
    private static final long MAX_OVERSHOOT_BYTES = 2_000;

    private final ChunkCache cache = new ChunkCache(MAX_BYTES);

    @Test
    void returnsTheWordsOfACachedChunk() {
        cache.put("Wings-and", List.of("wing", "and"));

        assertThat(cache.get("Wings-and")).containsExactly("wing", "and");
        assertThat(cache.get("wings-and")).isNull();
    }

    @Test
    void staysWithinItsSizeLimit() {
        for (int chunk = 0; chunk < 10_000; chunk++) {
            cache.put("garbage" + chunk, List.of("garbage", "x".repeat(chunk % 200)));
            assertThat(cache.bytes()).isLessThan(MAX_BYTES + MAX_OVERSHOOT_BYTES);
        }

        assertThat(cache.get("garbage0")).isNull();
        assertThat(cache.get("garbage9999")).isNotNull();
    }

    @Test
    void doesNotCacheLongChunks() {
        cache.put("x".repeat(257), List.of("x"));

        assertThat(cache.get("x".repeat(257))).isNull();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void keepsFrequentlyReadEntries() {
        cache.put("the", List.of());
        for (int chunk = 0; chunk < 10_000; chunk++) {
            cache.put("rare" + chunk, List.of("rare"));
            assertThat(cache.get("the")).isNotNull();
        }
    }

    @Test
    void isThreadSafe() {
        IntStream.range(0, 200_000).parallel().forEach(step -> {
            String chunk = "chunk" + step % 3_000;
            List<String> words = cache.get(chunk);
            assertThat(words == null || words.equals(List.of(chunk, "word"))).isTrue();
            cache.put(chunk, List.of(chunk, "word"));
        });

        assertThat(cache.bytes()).isLessThan(MAX_BYTES + MAX_OVERSHOOT_BYTES);
    }
}
