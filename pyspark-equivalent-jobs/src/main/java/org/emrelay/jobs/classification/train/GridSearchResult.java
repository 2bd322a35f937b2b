package org.emrelay.jobs.classification.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.learning.ModelParameters;

/** The cross-validation scores of one model kind's parameter grid. */
record GridSearchResult(List<Candidate> candidates, Metric metric) {

    GridSearchResult {
        candidates = List.copyOf(candidates);
        Objects.requireNonNull(metric, "metric");
    }

    /**
     * One parameter combination.
     *
     * @param margins the margins of the validation rows, by fold
     * @param scores the metric by fold
     */
    record Candidate(ModelParameters parameters, List<Margins> margins, List<Double> scores) {
        Candidate {
            Objects.requireNonNull(parameters, "parameters");
            margins = List.copyOf(margins);
            scores = List.copyOf(scores);
        }

        static Candidate of(ModelParameters parameters, List<Margins> margins, Metric metric) {
            List<Double> scores = new ArrayList<>();
            for (int fold = 0; fold < margins.size(); fold++) {
                scores.add(metric.score(margins.get(fold), Margins.concatWithout(margins, fold)));
            }
            return new Candidate(parameters, margins, scores);
        }

        double mean() {
            return scores.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }

        /** The sample standard deviation of the scores. */
        double standardDeviation() {
            double mean = mean();
            double squares = scores.stream()
                    .mapToDouble(score -> (score - mean) * (score - mean))
                    .sum();
            return Math.sqrt(squares / (scores.size() - 1));
        }
    }

    /** The candidate with the highest mean score; of several, the first, so that the result is deterministic. */
    Candidate best() {
        // Of equal elements, Stream.max returns the last and Stream.min the first.
        return candidates.stream()
                .min(Comparator.comparingDouble(candidate -> -candidate.mean()))
                .orElseThrow();
    }
}
