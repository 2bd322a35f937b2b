package org.emrelay.jobs.wordclouds.clouds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words whose share of the titles grew or shrank most between the first and the last third of all titles. The change
 * is measured against how much such a share would vary by chance, so that a word of three titles does not win by having
 * had one.
 */
record TrendingWords(List<String> rose, List<String> fell) {
    TrendingWords {
        rose = List.copyOf(rose);
        fell = List.copyOf(fell);
    }

    static TrendingWords of(List<YearWords> years, int most) {
        if (years.size() < 2) {
            return new TrendingWords(List.of(), List.of());
        }
        double third = years.stream().mapToDouble(YearWords::total).sum() / 3;
        int last = years.size() - 1;
        for (double gathered = years.get(last).total(); gathered < third && last > 1; last--) {
            gathered += years.get(last - 1).total();
        }
        int first = 1;
        for (double gathered = years.get(0).total(); gathered < third && first < last; first++) {
            gathered += years.get(first).total();
        }
        Map<String, double[]> weights = new HashMap<>();
        double[] totals = {
            gather(years.subList(0, first), 0, weights), gather(years.subList(last, years.size()), 1, weights)
        };
        return ranked(changes(weights, totals), most);
    }

    private static double gather(List<YearWords> years, int end, Map<String, double[]> weights) {
        for (YearWords year : years) {
            for (WeightedWord word : year.words()) {
                weights.computeIfAbsent(word.text(), none -> new double[2])[end] += word.count();
            }
        }
        return years.stream().mapToDouble(YearWords::total).sum();
    }

    private static TrendingWords ranked(List<Change> changes, int most) {
        Comparator<Change> falling = Comparator.comparingDouble(Change::size).thenComparing(Change::word);
        Comparator<Change> rising =
                Comparator.comparingDouble(Change::size).reversed().thenComparing(Change::word);
        return new TrendingWords(
                changes.stream()
                        .filter(change -> change.size() > 0)
                        .sorted(rising)
                        .limit(most)
                        .map(Change::word)
                        .toList(),
                changes.stream()
                        .filter(change -> change.size() < 0)
                        .sorted(falling)
                        .limit(most)
                        .map(Change::word)
                        .toList());
    }

    private static List<Change> changes(Map<String, double[]> weights, double[] totals) {
        List<Change> changes = new ArrayList<>();
        weights.forEach((word, weight) -> {
            double first = weight[0] / totals[0];
            double last = weight[1] / totals[1];
            double common = (weight[0] + weight[1]) / (totals[0] + totals[1]);
            // The test of two proportions, but for a factor; one more title each keeps the rarest from winning.
            double chance = Math.sqrt((common + 1 / (totals[0] + totals[1])) * (1 / totals[0] + 1 / totals[1]));
            changes.add(new Change(word, (last - first) / chance));
        });
        return changes;
    }

    private record Change(String word, double size) {}
}
