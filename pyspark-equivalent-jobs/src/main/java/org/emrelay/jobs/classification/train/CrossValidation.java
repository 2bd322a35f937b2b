package org.emrelay.jobs.classification.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.spark.ml.PipelineModel;
import org.emrelay.jobs.classification.models.Fitting;

/** Fits every point of a kind's grid once a fold, to all other folds, and judges it by the fold that it has not seen. */
final class CrossValidation {
    private final List<FoldVectors> folds;
    private final Metric metric;
    private final Fits fits;

    CrossValidation(List<FoldVectors> folds, Metric metric, Fits fits) {
        this.folds = List.copyOf(folds);
        this.metric = Objects.requireNonNull(metric, "metric");
        this.fits = Objects.requireNonNull(fits, "fits");
    }

    /** Fits under way: they are started for all kinds before any is waited for. */
    final class Running {
        private final List<Fitting> points;
        private final List<List<Future<Judged>>> judged = new ArrayList<>();

        private Running(List<Fitting> points) {
            this.points = List.copyOf(points);
            for (Fitting point : points) {
                judged.add(folds.stream()
                        .map(fold -> fits.start(() -> judge(point, fold)))
                        .toList());
            }
        }

        Comparison comparison() {
            List<Comparison.Point> compared = new ArrayList<>();
            for (int point = 0; point < points.size(); point++) {
                List<Margins> margins = judged.get(point).stream()
                        .map(fit -> Fits.result(fit).margins())
                        .toList();
                compared.add(Comparison.Point.of(points.get(point).parameters(), margins, metric));
            }
            return new Comparison(compared, metric);
        }

        /** What all these fits took, side by side or not. */
        Duration time() {
            return judged.stream()
                    .flatMap(List::stream)
                    .map(fit -> Fits.result(fit).time())
                    .reduce(Duration.ZERO, Duration::plus);
        }

        int count() {
            return points.size() * folds.size();
        }
    }

    private record Judged(Margins margins, Duration time) {}

    Running start(List<Fitting> points) {
        return new Running(points);
    }

    private Judged judge(Fitting point, FoldVectors fold) {
        long start = System.nanoTime();
        PipelineModel model = point.fitVectors(fold.training(), fold.counts());
        Margins margins = new Margins(point.margins(model, fold.held()), fold.positive());
        return new Judged(margins, Duration.ofNanos(System.nanoTime() - start));
    }
}
