package org.emrelay.jobs.topics.lda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Measures how similar the topics remain when only the seed changes. */
final class Stability {
    private record Pair(int one, int other, double overlap) {}

    private Stability() {}

    /** Returns the mean overlap of top terms over all pairs of models; 1 if all models have the same topics. */
    static double of(List<TopicModel> models, int terms) {
        List<List<Set<Integer>>> tops = models.stream()
                .map(model -> IntStream.range(0, model.topics())
                        .mapToObj(topic -> toSet(model.topTerms(topic, terms)))
                        .toList())
                .toList();
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < tops.size(); i++) {
            for (int j = i + 1; j < tops.size(); j++) {
                sum += overlap(tops.get(i), tops.get(j));
                pairs++;
            }
        }
        return pairs == 0 ? 1 : sum / pairs;
    }

    private static Set<Integer> toSet(int[] terms) {
        Set<Integer> set = new HashSet<>();
        for (int term : terms) {
            set.add(term);
        }
        return set;
    }

    /** Returns the mean overlap of matched topics. Matches the most similar topics of two models first. */
    private static double overlap(List<Set<Integer>> ones, List<Set<Integer>> others) {
        List<Pair> pairs = new ArrayList<>();
        for (int one = 0; one < ones.size(); one++) {
            for (int other = 0; other < others.size(); other++) {
                pairs.add(new Pair(one, other, jaccard(ones.get(one), others.get(other))));
            }
        }
        pairs.sort(Comparator.comparingDouble((Pair pair) -> -pair.overlap()));
        Set<Integer> matchedOnes = new HashSet<>();
        Set<Integer> matchedOthers = new HashSet<>();
        double sum = 0;
        for (Pair pair : pairs) {
            if (!matchedOnes.contains(pair.one()) && !matchedOthers.contains(pair.other())) {
                matchedOnes.add(pair.one());
                matchedOthers.add(pair.other());
                sum += pair.overlap();
            }
        }
        return sum / Math.max(1, ones.size());
    }

    private static double jaccard(Set<Integer> one, Set<Integer> other) {
        Set<Integer> common = new HashSet<>(one);
        common.retainAll(other);
        int union = one.size() + other.size() - common.size();
        return union == 0 ? 1 : (double) common.size() / union;
    }
}
