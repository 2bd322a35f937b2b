package org.emrelay.jobs.wordclouds.clouds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words whose share grew or shrank most between the first and last third of all titles.
 *
 * <p>The change is divided by its standard error, so a word with three titles does not win because it had one
 * before.
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
        double oneThird = years.stream().mapToDouble(YearWords::total).sum() / 3;
        int last = years.size() - 1;
        for (double covered = years.get(last).total(); covered < oneThird && last > 1; last--) {
            covered += years.get(last - 1).total();
        }
        int first = 1;
        for (double covered = years.get(0).total(); covered < oneThird && first < last; first++) {
            covered += years.get(first).total();
        }
        Map<String, double[]> weights = new HashMap<>();
        double[] totals = {
            addWeights(years.subList(0, first), 0, weights), addWeights(years.subList(last, years.size()), 1, weights)
        };
        return ranked(changes(weights, totals), most);
    }

    private static double addWeights(List<YearWords> years, int period, Map<String, double[]> weights) {
        for (YearWords year : years) {
            for (WeightedWord word : year.words()) {
                weights.computeIfAbsent(word.text(), unused -> new double[2])[period] += word.count();
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
            double pooledShare = (weight[0] + weight[1]) / (totals[0] + totals[1]);
            // The z-test for two proportions, up to a factor; one added title per period keeps the rarest words
            // from winning.
            double standardError =
                    Math.sqrt((pooledShare + 1 / (totals[0] + totals[1])) * (1 / totals[0] + 1 / totals[1]));
            changes.add(new Change(word, (last - first) / standardError));
        });
        return changes;
    }

    private record Change(String word, double size) {}
}
