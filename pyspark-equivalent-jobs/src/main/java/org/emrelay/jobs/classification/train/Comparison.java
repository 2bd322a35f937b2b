package org.emrelay.jobs.classification.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.learning.ModelParameters;

/** How the points of one kind's grid did on all folds, and which of them did best. */
record Comparison(List<Point> points, Metric metric) {

    Comparison {
        points = List.copyOf(points);
        Objects.requireNonNull(metric, "metric");
    }

    /**
     * One choice of parameters.
     *
     * @param margins fold by fold, of the rows that the fold's model had not seen
     */
    record Point(ModelParameters parameters, List<Margins> margins, List<Double> figures) {
        Point {
            Objects.requireNonNull(parameters, "parameters");
            margins = List.copyOf(margins);
            figures = List.copyOf(figures);
        }

        static Point of(ModelParameters parameters, List<Margins> margins, Metric metric) {
            List<Double> figures = new ArrayList<>();
            for (int fold = 0; fold < margins.size(); fold++) {
                figures.add(metric.of(margins.get(fold), Margins.without(margins, fold)));
            }
            return new Point(parameters, margins, figures);
        }

        double mean() {
            return figures.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }

        /** Between the folds, reckoned as that of a sample. */
        double deviation() {
            double mean = mean();
            double squares = figures.stream()
                    .mapToDouble(figure -> (figure - mean) * (figure - mean))
                    .sum();
            return Math.sqrt(squares / (figures.size() - 1));
        }
    }

    /** The first of the best, so that the same wins again. */
    Point best() {
        // max gives the last of equals, min the first.
        return points.stream()
                .min(Comparator.comparingDouble(point -> -point.mean()))
                .orElseThrow();
    }
}
