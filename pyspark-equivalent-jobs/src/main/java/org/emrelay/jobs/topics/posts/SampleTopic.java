package org.emrelay.jobs.topics.posts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.random.KeyedRandom;

/** A topic with its words and phrases, most frequent first. */
final class SampleTopic {
    /** The exponent of the Zipf–Mandelbrot law that gives the frequency of a word by its rank. */
    private static final double STEEPNESS = 0.7;

    private static final int SHIFT = 8;

    private final String name;
    private final List<String> emoji;
    private final List<String> terms;
    private final double[] cumulativeWeights;

    SampleTopic(String name, List<String> emoji, List<String> terms) {
        this.name = Objects.requireNonNull(name, "name");
        this.emoji = List.copyOf(emoji);
        this.terms = List.copyOf(terms);
        this.cumulativeWeights = new double[terms.size()];
        double sum = 0;
        for (int rank = 0; rank < cumulativeWeights.length; rank++) {
            sum += StrictMath.pow(rank + SHIFT, -STEEPNESS);
            cumulativeWeights[rank] = sum;
        }
    }

    /** Returns all topics that are bundled in the jar. */
    static List<SampleTopic> all() {
        WordLists lists = WordLists.load("topics.txt");
        List<SampleTopic> topics = new ArrayList<>();
        for (String name : lists.names()) {
            topics.add(new SampleTopic(name, lists.emoji(name), lists.words(name)));
        }
        return topics;
    }

    String name() {
        return name;
    }

    List<String> terms() {
        return terms;
    }

    String term(KeyedRandom random) {
        double drawn = random.nextDouble() * cumulativeWeights[cumulativeWeights.length - 1];
        int found = Arrays.binarySearch(cumulativeWeights, drawn);
        return terms.get(Math.min(found < 0 ? -found - 1 : found + 1, terms.size() - 1));
    }

    String emoji(KeyedRandom random) {
        return emoji.get(random.nextBelow(emoji.size()));
    }
}
