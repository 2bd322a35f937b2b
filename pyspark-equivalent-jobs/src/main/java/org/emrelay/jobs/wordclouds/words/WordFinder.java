package org.emrelay.jobs.wordclouds.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the words of titles, annotating each distinct chunk only once.
 *
 * <p>Titles share whitespace-separated chunks far more often than they repeat as a whole, and a chunk always has the
 * same words. New chunks go to the annotators in batches.
 */
final class WordFinder {
    private static final int CHUNKS_PER_CALL = 2_048;
    private static final int TITLES_PER_CALL = 256;

    private final AnnotatorChain annotators;
    private final ChunkCache cache;
    private final boolean isChunkwise;

    WordFinder(AnnotatorChain annotators, ChunkCache cache) {
        this.annotators = Objects.requireNonNull(annotators, "annotators");
        this.cache = Objects.requireNonNull(cache, "cache");
        this.isChunkwise = annotators.isChunkwise();
    }

    /** Returns the words of each title, in order. */
    List<List<String>> words(List<String> titles) {
        return isChunkwise ? wordsByChunk(titles) : annotate(titles, TITLES_PER_CALL);
    }

    private List<List<String>> wordsByChunk(List<String> titles) {
        Map<String, List<String>> newChunks = new LinkedHashMap<>();
        List<List<List<String>>> parts = new ArrayList<>(titles.size());
        for (String title : titles) {
            List<List<String>> wordsOfTitle = new ArrayList<>();
            Chunks.forEach(title, chunk -> {
                List<String> cached = cache.get(chunk);
                // Unknown chunks get an empty list now; annotateNewChunks fills it.
                wordsOfTitle.add(
                        cached != null ? cached : newChunks.computeIfAbsent(chunk, unused -> new ArrayList<>()));
            });
            parts.add(wordsOfTitle);
        }
        annotateNewChunks(newChunks);
        return parts.stream().map(WordFinder::join).toList();
    }

    private void annotateNewChunks(Map<String, List<String>> newChunks) {
        List<String> chunks = List.copyOf(newChunks.keySet());
        List<List<String>> words = annotate(chunks, CHUNKS_PER_CALL);
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
            String text = chunks.get(chunk);
            Objects.requireNonNull(newChunks.get(text)).addAll(words.get(chunk));
            cache.put(text, List.copyOf(words.get(chunk)));
        }
    }

    private List<List<String>> annotate(List<String> texts, int textsPerCall) {
        List<List<String>> words = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += textsPerCall) {
            words.addAll(annotators.words(texts.subList(from, Math.min(texts.size(), from + textsPerCall))));
        }
        return words;
    }

    private static List<String> join(List<List<String>> parts) {
        List<String> words = new ArrayList<>();
        for (List<String> part : parts) {
            for (String word : part) {
                words.add(word);
            }
        }
        return words;
    }
}
