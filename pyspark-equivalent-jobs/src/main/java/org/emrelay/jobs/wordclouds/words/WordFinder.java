package org.emrelay.jobs.wordclouds.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the words of titles in the least time. Titles repeat their chunks, what stands between spaces, far more than
 * themselves, and a chunk's words are always the same: each new one is shown to the annotators, many in one call.
 */
final class WordFinder {
    private static final int CHUNKS_A_CALL = 2_048;
    private static final int TITLES_A_CALL = 256;

    private final Annotators annotators;
    private final ChunkCache cache;
    private final boolean byChunks;

    WordFinder(Annotators annotators, ChunkCache cache) {
        this.annotators = Objects.requireNonNull(annotators, "annotators");
        this.cache = Objects.requireNonNull(cache, "cache");
        this.byChunks = annotators.takeChunksByThemselves();
    }

    /** The words of each title, in their order. */
    List<List<String>> words(List<String> titles) {
        return byChunks ? wordsOfChunks(titles) : annotated(titles, TITLES_A_CALL);
    }

    private List<List<String>> wordsOfChunks(List<String> titles) {
        Map<String, List<String>> news = new LinkedHashMap<>();
        List<List<List<String>>> parts = new ArrayList<>(titles.size());
        for (String title : titles) {
            List<List<String>> ofTitle = new ArrayList<>();
            Chunks.forEach(title, chunk -> {
                List<String> known = cache.get(chunk);
                // A list to be filled below stands for what is not known yet.
                ofTitle.add(known != null ? known : news.computeIfAbsent(chunk, fresh -> new ArrayList<>()));
            });
            parts.add(ofTitle);
        }
        learn(news);
        return parts.stream().map(WordFinder::joined).toList();
    }

    private void learn(Map<String, List<String>> news) {
        List<String> chunks = List.copyOf(news.keySet());
        List<List<String>> words = annotated(chunks, CHUNKS_A_CALL);
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
            String text = chunks.get(chunk);
            Objects.requireNonNull(news.get(text)).addAll(words.get(chunk));
            cache.put(text, List.copyOf(words.get(chunk)));
        }
    }

    private List<List<String>> annotated(List<String> texts, int textsACall) {
        List<List<String>> words = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += textsACall) {
            words.addAll(annotators.words(texts.subList(from, Math.min(texts.size(), from + textsACall))));
        }
        return words;
    }

    private static List<String> joined(List<List<String>> parts) {
        List<String> words = new ArrayList<>();
        for (List<String> part : parts) {
            for (String word : part) {
                words.add(word);
            }
        }
        return words;
    }
}
